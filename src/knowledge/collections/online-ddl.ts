import * as z from 'zod'
import { fact } from '../sheet.ts'

const Operation = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  algorithm: z.enum(['INSTANT', 'NOCOPY', 'INPLACE', 'COPY']),
  lock: z.enum(['NONE', 'SHARED', 'EXCLUSIVE']),
  /** Whether every row is written again. */
  rebuilds: z.boolean(),
  /** Milliseconds for each million narrow rows on a 2-core machine; null where nobody measured. */
  msPerMillionRows: z.number().min(0).nullable(),
  /** First version that takes this algorithm. Before it the server made the change INPLACE beside running writes, with `rebuilds` as said here. Left out where every supported version has it. */
  since: z.strictObject({ version: z.string().regex(/^\d+(\.\d+){1,2}$/), rebuilds: z.boolean() }).optional(),
})
export type OnlineDdlOperation = z.infer<typeof Operation>

/** What a server does for each kind of ALTER TABLE. One sheet a server; the sheet id is the database id. */
export const onlineDdlFacts = {
  /** The cheapest ALGORITHM and LOCK that the server accepts; null where it has no such clauses. */
  operations: fact(z.array(Operation)),
  /** First version whose ALGORITHM=COPY accepts LOCK=NONE; null when none does. */
  copyWithoutLockFrom: fact(z.string()),
}
