import * as z from 'zod'
import { fact } from '../sheet.ts'

/** A command-line tool that a pipeline starts and that the project itself may not lock. */
export const ciToolFacts = {
  registry: fact(z.enum(['npm', 'pypi', 'github', 'go', 'container'])),
  package: fact(z.string()),
  /** Pinned in generated files; null when no version was confirmed: the project then has to lock it. */
  version: fact(z.string().regex(/^\d+\.\d+/)),
  /** Of the file, for a tool that is downloaded as one. */
  sha256: fact(z.string().regex(/^[0-9a-f]{64}$/)).optional(),
}
