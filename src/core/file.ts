import { createHash } from 'node:crypto'
import type { GeneratedFile } from './result.ts'

/** Lower-case hex SHA-256 of the UTF-8 text. */
export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/** A generated file with its size and hash. The body ends with exactly one line break. */
export function generatedFile(path: string, purpose: string, verifyWith: string, text: string): GeneratedFile & { readonly body: string } {
  const body = `${text.trimEnd()}\n`
  return { path, purpose, verifyWith, bytes: Buffer.byteLength(body), sha256: sha256(body), body }
}
