import { isUtf8 } from 'node:buffer'
import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { reason } from './inside.ts'

/** What reading a file of the user's project gave; `problem` is a clause for a sentence. */
export type TextFile = { readonly kind: 'text', readonly text: string } | { readonly kind: 'missing' } | { readonly kind: 'unusable', readonly problem: string }

/** Reads a UTF-8 text file of at most `maxBytes`. Never throws; folders, pipes, large and binary files are unusable, and with `onlyUtf8` what could not be written again byte for byte. The byte order mark is kept. */
export function readText(path: string, maxBytes: number, { onlyUtf8 = false }: { readonly onlyUtf8?: boolean } = {}): TextFile {
  let handle: number
  try {
    // O_NONBLOCK (absent on Windows), so that a named pipe in the project cannot hold us.
    handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? { kind: 'missing' } : { kind: 'unusable', problem: reason(error) }
  }
  try {
    const stat = fstatSync(handle)
    if (!stat.isFile()) return { kind: 'unusable', problem: stat.isDirectory() ? 'it is a folder' : 'it is no regular file' }
    if (stat.size > maxBytes) return { kind: 'unusable', problem: `it holds ${stat.size} bytes and at most ${maxBytes} are read` }
    const bytes = readFileSync(handle)
    if (bytes.includes(0)) return { kind: 'unusable', problem: 'it is binary or UTF-16, expected UTF-8 text' }
    if (onlyUtf8 && !isUtf8(bytes)) return { kind: 'unusable', problem: 'it holds bytes that are no UTF-8 text, as an older encoding leaves them' }
    return { kind: 'text', text: bytes.toString('utf8') }
  } catch (error) {
    return { kind: 'unusable', problem: reason(error) }
  } finally {
    closeSync(handle)
  }
}

/** The first `bytes` of a regular file, however long it is; undefined when it cannot be read. */
export function readStart(path: string, bytes: number): string | undefined {
  let handle: number
  try {
    handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch {
    return undefined
  }
  try {
    const into = Buffer.alloc(bytes)
    return fstatSync(handle).isFile() ? into.toString('utf8', 0, readSync(handle, into, 0, bytes, 0)) : undefined
  } catch {
    return undefined
  } finally {
    closeSync(handle)
  }
}
