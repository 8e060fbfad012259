import { lstatSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { InputError } from '../core/errors.ts'
import { pathFault, reason } from './inside.ts'
import type { Part } from './managed.ts'
import { merge, type Merged, type MergeOptions } from './managed-merge.ts'
import { readText } from './read-text.ts'

export type { PartChange } from './managed-merge.ts'

/** Largest document that is merged or checked. */
export const maxDocumentBytes = 2 * 1024 * 1024

const isLink = (path: string): boolean => {
  try {
    return lstatSync(path).isSymbolicLink()
  } catch {
    return false
  }
}

/** Text of a deliverable in `folder`, or undefined when there is none. Throws InputError when it cannot be read as text. */
export function readDeliverable(folder: string, file: string): string | undefined {
  const fault = pathFault(file)
  if (fault !== undefined) throw new InputError(`Unexpected file ${JSON.stringify(file)}, ${fault}.`)
  const shown = `${basename(folder)}/${file}`
  if (isLink(join(folder, file))) throw new InputError(`Cannot read ${shown}: it is a symbolic link, and links are not followed. Replace it with a file.`)
  // Bytes that are no UTF-8 would be lost when the document is written again.
  const read = readText(join(folder, file), maxDocumentBytes, { onlyUtf8: true })
  if (read.kind === 'unusable') throw new InputError(`Cannot read ${shown}: ${read.problem}. Move it away, or put text in UTF-8 of at most ${maxDocumentBytes / 1024 / 1024} MB in its place.`)
  return read.kind === 'text' ? read.text : undefined
}

/** Names in the folder `below` of `folder`, sorted; none where it does not exist. Throws InputError when it cannot be listed. */
export function documentsIn(folder: string, below: string): string[] {
  try {
    return readdirSync(join(folder, below)).sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw new InputError(`Cannot read ${below}: ${reason(error)}. Move it away, or choose another folder.`)
  }
}

/** Merges fresh parts into a document, or makes a new one that starts with `heading` and a line break. See `merge`. */
export const mergeManaged = (existing: string | undefined, heading: string, parts: readonly Part[], where: string, options: MergeOptions = {}): Merged =>
  merge(existing === undefined || existing.trim() === '' ? `${heading}\n` : existing, parts, where, options)
