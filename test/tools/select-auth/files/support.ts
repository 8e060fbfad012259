import { transformSync } from 'esbuild'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { codeFile } from '../../../../src/tools/code-file.ts'
import { knowledge } from '../../../support/knowledge.ts'

type Given = Readonly<Record<string, string | boolean>>

/** The body of a filled template. */
export function bodyOf(id: string, given: Given, typed = true): string {
  const template = knowledge()['code-templates'][id]
  if (template === undefined) throw new Error(`no template ${id}`)
  return codeFile(template, given, typed).body
}

/** TypeScript or JavaScript without types, comments and layout, as Node runs it. */
export const stripped = (body: string): string =>
  transformSync(body, { loader: 'ts', target: 'node20', format: 'esm', minifyWhitespace: true, legalComments: 'none', tsconfigRaw: { compilerOptions: { useDefineForClassFields: false, verbatimModuleSyntax: true } } }).code

const cache = fileURLToPath(new URL('../../../../node_modules/.cache', import.meta.url))

/** A folder whose files find the packages of this repository. */
export function folderBesidePackages(): { readonly path: string, remove(): void } {
  mkdirSync(cache, { recursive: true })
  const path = mkdtempSync(join(cache, 'generated-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** Writes a filled TypeScript template as a module and loads it. */
export async function load<Module>(folder: string, id: string, given: Given): Promise<Module> {
  const file = join(folder, `${id}-${Object.values(given).join('-').replace(/[^\w-]/g, '')}.mjs`)
  writeFileSync(file, stripped(bodyOf(id, given)))
  return await import(pathToFileURL(file).href) as Module
}

/** Starts a server on a free port of loopback and gives its address. */
export function listen(server: Server): Promise<string> {
  return new Promise((resolve) => { server.listen(0, '127.0.0.1', () => { resolve(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`) }) })
}

export const close = (server: Server): Promise<void> => new Promise((resolve) => { server.closeAllConnections(); server.close(() => { resolve() }) })

export const hasProgram = (name: string, flag = '--version'): boolean => spawnSync(name, [flag]).status === 0

/** A port nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => { const { port } = probe.address() as AddressInfo; probe.close(() => { resolve(port) }) })
  })
}

/** Starts a program and resolves when a line of its output matches. */
export function start(command: string, args: readonly string[], ready: RegExp, { heard, ...options }: { cwd?: string, env?: NodeJS.ProcessEnv, heard?: (text: string) => void } = {}): Promise<ChildProcess> {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  return new Promise((resolve, reject) => {
    let said = ''
    const hear = (chunk: Buffer): void => { said += chunk.toString(); heard?.(chunk.toString()); if (ready.test(said)) resolve(child) }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('error', reject)
    child.once('exit', () => { reject(new Error(`${command} ended: ${said}`)) })
  })
}

export const stop = (child: ChildProcess | undefined): Promise<void> => new Promise((resolve) => {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return resolve()
  child.once('exit', () => { resolve() })
  child.kill('SIGKILL')
})
