import * as z from 'zod'
import { fact } from '../sheet.ts'

/** Facts about one kind of schema change, for planning it on a live system. */
export const schemaChangeFacts = {
  databases: fact(z.array(z.enum(['postgresql', 'mysql', 'mariadb', 'mongodb']))),
  /** Locks of the phased form, in the words of the database. */
  lock: fact(z.string()),
  /** Whether the obvious single statement writes the whole table again. */
  naiveRewritesTable: fact(z.boolean()),
  /** Milliseconds the single statement blocks for each million narrow rows; the slower of two servers. A 2-core machine. */
  naiveMsPerMillionRows: fact(z.number().min(0)),
  /** Milliseconds of the longest statement of the phased form for each million narrow rows: an index build, a validation, a backfill in batches. It blocks nothing. */
  stepMsPerMillionRows: fact(z.number().min(0)).optional(),
  /** Ceremony on a live system: L1 one statement, L2 scan or index, L3 shape change seen by code. */
  level: fact(z.enum(['L1', 'L2', 'L3'])),
  /** Application deploys the phased form needs. */
  deploys: fact(z.number().int().min(0)),
  /** `identical`: undoing before contract gives the same schema again. `roll-forward`: there is no undo. */
  rollback: fact(z.enum(['identical', 'roll-forward'])),
  /** PostgreSQL versions it was executed on. */
  executedOn: fact(z.array(z.string())),
  /** Statements of old and new application versions written between the phases in that run. */
  mixedWrites: fact(z.number().int().min(0)),
}
