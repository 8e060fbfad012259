import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import matter from 'gray-matter'
import { commandLine } from './command-line.ts'
import { installPlugin, pluginRepository } from './plugin-repo.ts'
import { createSandbox, type Sandbox } from './sandbox.ts'
import type { Script } from './scripted-model.ts'
import { talk, type Session } from './session.ts'

/** A small project with a profile; every conversation starts from a fresh copy. */
export const shop = join(import.meta.dirname, '../fixtures/shop')

/** The day all calls are for. */
export const asOf = '2026-11-22'

/** A client with the plugin installed from git. */
export interface Installed {
  readonly sandbox: Sandbox
  /** One conversation about a fresh copy of the shop, after `prepare` did something to that copy. */
  talk(prompt: string, script: Script, prepare?: (project: string) => void): Promise<Session>
  /** Lines of a Markdown file of the plugin that hold no placeholder: what the model must see word for word. */
  plainLines(path: string): readonly string[]
  /** Runs the same plugin from a shell in `folder`. */
  shell(folder: string, ...args: readonly string[]): string
  remove(): Promise<void>
}

export async function installed(version: string): Promise<Installed> {
  const repository = pluginRepository()
  const sandbox = await createSandbox(version)
  await installPlugin(sandbox, repository)
  return {
    sandbox,
    talk(prompt, script, prepare) {
      rmSync(sandbox.project, { recursive: true, force: true })
      mkdirSync(sandbox.project)
      cpSync(shop, sandbox.project, { recursive: true })
      prepare?.(sandbox.project)
      return talk(sandbox, prompt, script)
    },
    plainLines: (path) => matter(readFileSync(join(repository, path), 'utf8')).content.split('\n').filter((line) => line.trim() !== '' && !line.includes('$')),
    shell: (folder, ...args) => commandLine(repository, folder, args),
    async remove() {
      await sandbox.remove()
      rmSync(repository, { recursive: true, force: true })
    },
  }
}
