import { join } from 'node:path'
import { sha256 } from '../core/file.ts'
import { fileMeaning } from './file-meaning.ts'
import { pathFault } from './inside.ts'
import { readText } from './read-text.ts'
import type { FileToWrite } from './write.ts'

/** File in the output folder where a run notes what it generated. A later run replaces what nobody changed since, and nothing else. */
export const ledgerName = '.operational-patterns.json'

/** Hashes of the texts that were generated for a path, the newest first. */
export type Ledger = ReadonlyMap<string, readonly string[]>

const maxBytes = 8 * 1024 * 1024
/** The text of this run and the one that is on disk: a run may be killed before it replaces that, and the next one too. */
const kept = 2
const entry = /^[ \t]*"([^"\\]+)": "([0-9a-f]{16}(?: [0-9a-f]{16})*)",?[ \t]*\r?$/gm

/** First 16 hex digits of the SHA-256 of what a file says: layout does not count, as editors format on save. */
const hashOf = (path: string, text: string): string => sha256(fileMeaning(path, text)).slice(0, 16)

/** What earlier runs generated in `folder`; empty where nothing tells. Read line by line, so that two branches merged badly still count. */
export function readLedger(folder: string): Ledger {
  const read = readText(join(folder, ledgerName), maxBytes)
  const found = new Map<string, readonly string[]>()
  if (read.kind !== 'text') return found
  for (const [, path = '', hashes = ''] of read.text.matchAll(entry)) {
    if (pathFault(path) === undefined) found.set(path, [...new Set([...(found.get(path) ?? []), ...hashes.split(' ')])])
  }
  return found
}

/** The text of a file as a run left it; undefined when somebody changed it, or when nothing tells that a run wrote it. */
export function untouchedText(folder: string, path: string, ledger: Ledger): string | undefined {
  const hashes = ledger.get(path)
  const read = hashes === undefined ? undefined : readText(join(folder, path), maxBytes)
  return read?.kind === 'text' && hashes?.includes(hashOf(path, read.text)) === true ? read.text : undefined
}

/** The ledger after a run that generates `files` and takes `removed` away. Paths that this run says nothing about stay. */
export function ledgerFile(folder: string, ledger: Ledger, files: readonly FileToWrite[], removed: readonly string[]): FileToWrite {
  const after = new Map(ledger)
  for (const path of removed) after.delete(path)
  for (const { path, body, from } of files) after.set(path, [...new Set([hashOf(path, body), ...(typeof from === 'string' ? [hashOf(path, from)] : []), ...(ledger.get(path) ?? [])])].slice(0, kept))
  const lines = [...after].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, hashes]) => `  ${JSON.stringify(path)}: "${hashes.join(' ')}"`)
  const before = readText(join(folder, ledgerName), maxBytes)
  return { path: ledgerName, body: `{\n${lines.join(',\n')}\n}\n`, merged: true, first: true, ...(before.kind === 'text' ? { from: before.text } : before.kind === 'missing' ? { from: null } : {}) }
}
