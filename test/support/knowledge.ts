import { fileURLToPath } from 'node:url'
import type { Knowledge } from '../../src/knowledge/collections.ts'
import { loadSheets } from '../../src/knowledge/load-sheets.ts'

/** The folder of the real sheets. */
export const references = fileURLToPath(new URL('../../skills/operational-patterns/references', import.meta.url))

let loaded: Knowledge | undefined
/** The real sheets, read once a test file. */
export const knowledge = (): Knowledge => (loaded ??= loadSheets(references))

/** The day tests pretend it is. */
export const asOf = '2026-11-22'
