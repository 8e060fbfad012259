import * as z from 'zod'
import { line, type Profile } from '../../core/profile.ts'

const name = (what: string) => line(128).describe(what)
const count = (what: string) => z.number().int().min(0).max(1e13).describe(what)

/** What a migration plan asks beside the profile. Names are taken exactly as written and always quoted. */
export const own = z.object({
  database: line(40).describe('postgresql 17, mysql, mongodb'),
  databaseVersion: line(20),
  tool: line(60).describe('migration tool in use'),
  change: line(60).describe('id like add-index, rename-column, drop-table; leave out for strategy only'),
  schema: name('database schema'),
  table: name('table'),
  column: name('column'),
  columns: z.array(name('column')).min(1).max(32).describe('index or key columns'),
  from: name('old name, old type, or index to drop'),
  to: name('new name or new enum value'),
  type: line(128).describe('column type after the change'),
  references: line(300).describe('table(column) a key refers to'),
  expression: line(500).describe('value, constant default or check'),
  nullable: z.boolean().describe('column allows NULL'),
  keyColumn: name('primary key; default id'),
  rows: count('rows in the table'),
  writesPerSecond: count('writes a second'),
  downtimeTolerance: z.enum(['none', 'seconds', 'minutes', 'window']),
  deployStyle: z.enum(['rolling', 'blue-green', 'recreate']),
  pooler: z.enum(['none', 'session', 'transaction']),
  replicas: count('read replicas'),
  inboundForeignKeys: count('foreign keys that refer to the table'),
  maxId: count('highest id in use'),
  constraints: z.array(line(200)).max(20).describe('wishes in words: instant rollback, single release'),
}).partial().shape

export type Own = z.infer<z.ZodObject<typeof own>>
export type MigrationInput = Profile & Own
