import { readFileSync } from 'node:fs'
import { KnowledgeError } from '../core/errors.ts'
import { table } from '../core/table.ts'
import type { Knowledge } from './collections.ts'

/** The bundled form: a line of JSON `[collection, sheets]` for each collection, so that a call parses only those it reads; ASCII, which takes one byte a letter in memory. */
export const bundleSheets = (knowledge: Knowledge): string => Object.entries(knowledge).map((entry) => `${JSON.stringify(entry).replace(/[\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`).join('')

/** Reads the sheets from the file made when the bundle was built. They were validated then. Each collection is parsed when it is first read. */
export function loadBundled(file: string): Knowledge {
  let text: Buffer
  try {
    text = readFileSync(file)
  } catch (error) {
    throw new KnowledgeError(`Cannot read ${file}: ${(error as Error).message}. Install the plugin again.`)
  }
  const knowledge = {}
  // Bytes, not text, until a line is asked for: only what is parsed then takes room beside them.
  for (let start = 0; start < text.length;) {
    const next = text.indexOf(10, start)
    const end = next === -1 ? text.length : next
    const name = /^\["([a-z-]+)",/.exec(text.toString('latin1', start, Math.min(end, start + 64)))?.[1]
    if (name === undefined) throw new KnowledgeError(`Unexpected text in ${file}, expected a collection a line. Install the plugin again.`)
    const line = text.subarray(start, end)
    let sheets: object | undefined
    Object.defineProperty(knowledge, name, { enumerable: true, get: () => (sheets ??= table((JSON.parse(line.toString('latin1')) as [string, object])[1])) })
    start = end + 1
  }
  return knowledge as Knowledge
}
