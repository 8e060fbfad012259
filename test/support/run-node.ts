import { spawn } from 'node:child_process'
import { transformSync } from 'esbuild'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const cache = fileURLToPath(new URL('../../node_modules/.cache/generated-', import.meta.url))

/** A folder that finds the packages of this repository; files are by name, TypeScript is written as plain JavaScript under the name with `.mjs`. Remove it with `drop`. */
export function nodeFolder(files: Readonly<Record<string, string>>): { readonly path: string, readonly url: (name: string) => string, readonly drop: () => void } {
  mkdirSync(join(cache, '..'), { recursive: true })
  const path = mkdtempSync(cache)
  for (const [name, text] of Object.entries(files)) {
    const script = name.endsWith('.ts')
    writeFileSync(join(path, name.replace(/\.ts$/, '.mjs')), script ? transformSync(text, { loader: 'ts', target: 'node20' }).code : text)
  }
  return { path, url: (name) => pathToFileURL(join(path, name)).href, drop: () => rmSync(path, { recursive: true, force: true }) }
}

export interface Finished { readonly code: number | null, readonly out: string, readonly err: string }

/** Runs a program to its end, or until it has printed `until`; `then` may talk to it in between, and wait for what it prints. Always ends the process. */
export async function runProgram(program: string, args: readonly string[], { cwd, until, then, env = {} }: { cwd: string, until?: RegExp, then?: (found: RegExpExecArray, child: ReturnType<typeof spawn>, printed: (enough: (out: string) => boolean) => Promise<void>) => Promise<void>, env?: Record<string, string> }): Promise<Finished> {
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env } })
  let out = ''
  let err = ''
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const seen = new Promise<RegExpExecArray | undefined>((resolve) => {
    const look = () => { const found = until?.exec(out + err); if (found) resolve(found) }
    child.stdout.on('data', (chunk: Buffer) => { out += String(chunk); look() })
    child.stderr.on('data', (chunk: Buffer) => { err += String(chunk); look() })
    child.once('close', () => resolve(undefined))
  })
  try {
    if (until !== undefined) {
      const found = await seen
      if (found === undefined) throw new Error(`Ended before it printed ${until}: ${out}${err}`)
      const printed = (enough: (out: string) => boolean) => new Promise<void>((resolve) => {
        const look = () => { if (enough(out)) resolve() }
        child.stdout.on('data', look)
        child.once('close', () => resolve())
        look()
      })
      await then?.(found, child, printed)
    }
    return { code: await ended, out, err }
  } finally {
    child.kill('SIGKILL')
  }
}
