import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const python = '/usr/bin/python3'

/** True when Python 3 can import all of these modules here. */
export const pythonHas = (...modules: readonly string[]): boolean => spawnSync(python, ['-c', `import ${modules.join(', ')}`]).status === 0

/** Runs `use` in a new folder with these files, and removes it. */
export async function withFolder<Result>(files: Record<string, string>, use: (cwd: string) => Promise<Result>): Promise<Result> {
  const cwd = mkdtempSync(join(tmpdir(), 'generated-python-'))
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text)
    return await use(cwd)
  } finally {
    rmSync(cwd, { recursive: true, force: true })
  }
}
