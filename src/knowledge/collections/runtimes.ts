import * as z from 'zod'
import { isIsoDate } from '../../core/dates.ts'
import { fact } from '../sheet.ts'

const Cycle = z.strictObject({
  /** Version as people write it: `20`, `3.12`. */
  cycle: z.string(),
  /** Last day with security fixes, YYYY-MM-DD; null when none is announced. */
  until: z.string().refine(isIsoDate).nullable(),
  longTerm: z.boolean(),
})

/** Versions of languages, frameworks and databases and the day their support ends: read by every tool that names a version. */
export const runtimeFacts = {
  kind: fact(z.enum(['language', 'framework', 'database', 'cache', 'queue'])),
  /** Stack ids it runs; empty when only its own names mean it. */
  technologies: fact(z.array(z.string())),
  /** Lower-case words that mean this runtime when a version follows. */
  names: fact(z.array(z.string())),
  /** Newest first. */
  cycles: fact(z.array(Cycle)),
  /** Cycle to start with today. */
  advised: fact(z.string()),
  /** Container image for local work, without a tag; null when there is none to run. */
  image: fact(z.string()),
  /** Container with the tools of the language for pipeline jobs, without a tag; null where a pipeline needs none. */
  ciImage: fact(z.string()),
  /** Its tag with the system named, so that only patches move: `{cycle}` stands for the cycle. */
  ciTag: fact(z.string().includes('{cycle}')),
  port: fact(z.number().int()),
  /** Folder inside the image that keeps the data. */
  dataPath: fact(z.string()),
  /** Command that succeeds once it takes connections. */
  healthCommand: fact(z.array(z.string())),
}
