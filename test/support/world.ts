import { fileURLToPath } from 'node:url'
import type { World } from '../../src/engine/engine.ts'
import { asOf, knowledge } from './knowledge.ts'

/** The folder of the example projects. */
export const examples = fileURLToPath(new URL('../../examples', import.meta.url))

/** A world with the real sheets and a fixed day. */
export const worldAt = (root: string | null): World => ({ root, cwd: root ?? '/', today: () => asOf, knowledge, progress: () => undefined })
