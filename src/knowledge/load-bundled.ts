import { readFileSync } from 'node:fs'
import { KnowledgeError } from '../core/errors.ts'
import type { Knowledge } from './collections.ts'

/** Reads the sheets from the JSON made when the bundle was built. They were validated then. */
export function loadBundled(file: string): Knowledge {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Knowledge
  } catch (error) {
    throw new KnowledgeError(`Cannot read ${file}: ${(error as Error).message}. Install the plugin again.`)
  }
}
