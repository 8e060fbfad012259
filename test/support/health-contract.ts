import type { ChildProcess } from 'node:child_process'
import { expect } from 'vitest'

const pass = '{"status":"pass"}'
const fail = '{"status":"fail"}'

/**
 * What health endpoints answer in every language, asked of a running server: public answers, details on the internal port only, a dependency
 * that works, fails (in each way of `failures`) and stalls, and the end of the process. The server takes `/set/<what>`, counts checks at
 * `/asked`, prints `slow` and answers `/slow` late; its other dependency fails with `error`.
 */
export async function holdsHealthContract(ports: { readonly open: string | undefined, readonly internal: string | undefined }, child: ChildProcess, says: { readonly error: string, readonly failures: readonly string[], readonly late: string }): Promise<void> {
  const get = async (port: string | undefined, path: string, method = 'GET') => {
    const start = performance.now()
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers: { connection: 'close' } })
    return { status: answer.status, text: await answer.text(), ms: performance.now() - start }
  }
  const ask = async (path: string, method?: string) => await get(ports.open, path, method)
  const inside = async (path: string) => await get(ports.internal, path)
  const settled = async (status: number) => await expect.poll(async () => (await ask('/readyz')).status, { timeout: 4000, interval: 50 }).toBe(status)

  expect(await ask('/readyz')).toMatchObject({ status: 200, text: pass })
  expect((await ask('/internal/health')).status).toBe(404)
  expect((await ask('/livez', 'HEAD')).status).toBe(200)
  expect((await ask('/livez', 'POST')).status).toBe(404)
  const details = await inside('/internal/health')
  expect(details.status).toBe(200)
  expect(JSON.parse(details.text)).toMatchObject({ status: 'warn', state: 'ready', version: '1.4.2', checks: [{ name: 'cache', status: 'pass' }, { name: 'database', status: 'fail', error: says.error }] })
  expect(await inside('/livez')).toMatchObject({ status: 200 })
  expect((await inside('/other')).status).toBe(404)

  for (const how of says.failures) {
    await ask(`/set/${how}`)
    await settled(503)
    expect(await ask('/readyz')).toMatchObject({ status: 503, text: fail })
    expect(await ask('/livez')).toMatchObject({ status: 200, text: pass })
    expect((await inside('/internal/health')).text).not.toContain('S3CRET')
    await ask('/set/ok')
    await settled(200)
  }

  await ask('/set/stall')
  let slowest = 0
  await expect.poll(async () => {
    const [ready, live] = await Promise.all([ask('/readyz'), ask('/livez')])
    expect(live).toMatchObject({ status: 200, text: pass })
    slowest = Math.max(slowest, ready.ms)
    return ready.status
  }, { timeout: 4000, interval: 20 }).toBe(503)
  // The time-out of a check is 200 ms: the answer waits for it, and not much longer on a busy machine.
  expect(slowest).toBeGreaterThan(150)
  expect(slowest).toBeLessThan(1500)
  const many = await Promise.all(Array.from({ length: 30 }, async () => await ask('/readyz')))
  expect(many.every(({ status }) => status === 503)).toBe(true)
  expect(Number((await ask('/asked')).text)).toBe(1)
  expect(JSON.parse((await inside('/internal/health')).text)).toMatchObject({ status: 'fail', checks: [{ error: 'timeout' }, {}] })
  await ask('/set/ok')
  await settled(200)

  const slow = ask('/slow')
  await new Promise<void>((resolve) => child.stdout?.on('data', (chunk: Buffer) => { if (String(chunk).includes('slow')) resolve() }))
  child.kill('SIGTERM')
  await expect.poll(async () => (await ask('/readyz')).status, { timeout: 900, interval: 10 }).toBe(503)
  expect(await ask('/livez')).toMatchObject({ status: 200, text: pass })
  expect(await slow).toMatchObject({ status: 200, text: says.late })
}
