import { readFileSync } from 'node:fs'
import { KnowledgeError } from '../core/errors.ts'
import { table } from '../core/table.ts'
import type { Knowledge } from './collections.ts'

/** The bundled form: a line of JSON `[collection, sheets]` for each collection, so that a call parses only those it reads. */
export const bundleSheets = (knowledge: Knowledge): string => Object.entries(knowledge).map((entry) => `${JSON.stringify(entry)}\n`).join('')

/** Reads the sheets from the file made when the bundle was built. They were validated then. Each collection is parsed when it is first read. */
export function loadBundled(file: string): Knowledge {
  let lines: string[]
  try {
    lines = readFileSync(file, 'utf8').trim().split('\n')
  } catch (error) {
    throw new KnowledgeError(`Cannot read ${file}: ${(error as Error).message}. Install the plugin again.`)
  }
  const knowledge = {}
  for (const line of lines) {
    const name = /^\["([a-z-]+)",/.exec(line)?.[1]
    if (name === undefined) throw new KnowledgeError(`Unexpected text in ${file}, expected a collection a line. Install the plugin again.`)
    let sheets: object | undefined
    Object.defineProperty(knowledge, name, { enumerable: true, get: () => (sheets ??= table((JSON.parse(line) as [string, object])[1])) })
  }
  return knowledge as Knowledge
}
