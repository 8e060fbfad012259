import { statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { InputError } from '../core/errors.ts'

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true

/**
 * What `--project` means: a folder, or the file that describes the project of its folder. `path` is absolute. A file beside a record of
 * the folder is refused with an InputError: which of the two holds would be a guess.
 */
export function projectPlace(path: string): { readonly folder: string, readonly records: readonly string[] } {
  if (!isFile(path)) return { folder: path, records: [] }
  const beside = dirname(path)
  const folder = basename(beside) === '.claude' ? dirname(beside) : beside
  const own = join(folder, '.claude/operational-patterns.md')
  if (path === own) return { folder, records: [] }
  if (isFile(own)) throw new InputError(`Unexpected file for --project: ${folder} has a record of its own, .claude/operational-patterns.md. Name the folder, and lay ${basename(path)} under its record with --records.`)
  return { folder, records: [path] }
}
