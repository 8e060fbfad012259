import * as z from 'zod'
import { fact } from '../sheet.ts'

/** Facts about programs that apply database migrations; read by migration plans and pipelines. */
export const migrationToolFacts = {
  /** `schema-on-read` and `test-double` are named as migration tools by some, and are none. */
  kind: fact(z.enum(['migration-runner', 'schema-on-read', 'test-double'])),
  /** Other names people write, lower case. */
  aliases: fact(z.array(z.string())),
  databases: fact(z.array(z.enum(['postgresql', 'mysql', 'mariadb', 'sqlite', 'sqlserver', 'mongodb']))),
  /** Stack ids it belongs to: languages, frameworks, ORMs. */
  stacks: fact(z.array(z.string())),
  /** How it keeps a second runner out; `optional` must be switched on. */
  runnerLock: fact(z.enum(['advisory-lock', 'lock-row', 'database-lock', 'optional', 'none'])),
  /** What happened when two runners started at once. */
  twoRunners: fact(z.enum(['second-fails', 'second-waits', 'second-rolls-back', 'both-run'])),
  /** How a statement that refuses a transaction (CREATE INDEX CONCURRENTLY) is run. */
  nonTransactionalStep: fact(z.enum(['per-file', 'per-statement', 'one-statement-file', 'impossible', 'not-needed'])),
  /** Whether it has down migrations at all. */
  down: fact(z.boolean()),
  /** Folder of its migrations, relative to the project, by its own default. */
  folder: fact(z.string()),
  fileNaming: fact(z.string()),
  applyCommand: fact(z.string()),
  /** Variables that hold the database address when it runs, the main one first; in a pipeline all get the direct address. */
  addressVariables: fact(z.array(z.string()).min(1)),
  /** How an existing database is taken over without running what is already there. */
  baseline: fact(z.string()),
}
