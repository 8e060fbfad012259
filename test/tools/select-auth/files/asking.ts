export const post = (url: string, body: string, headers: Record<string, string> = {}) => fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })

/** Runs with `console.error` silent: libraries say there what a test provokes. */
export async function quietly<Value>(run: () => Promise<Value>): Promise<Value> {
  const { error } = console
  console.error = () => undefined
  try { return await run() } finally { console.error = error }
}
