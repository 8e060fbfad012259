import * as z from 'zod'
import { line, type Profile } from '../../core/profile.ts'

const name = line(128)
const count = z.number().int().min(0).max(1e13)

/** What a migration plan asks beside the profile. Names are taken exactly as written and always quoted. */
export const own = z.object({
  database: line(40).describe('postgresql 17, mysql, mongodb'),
  databaseVersion: line(20),
  tool: line(60),
  change: line(60).describe('add-index, rename-column, drop-table …; none: strategy'),
  schema: name,
  table: name,
  column: name,
  columns: z.array(name).min(1).max(32).describe('index or key'),
  from: name.describe('old name or type, index to drop'),
  to: name.describe('new name or enum value'),
  type: line(128).describe('new column type'),
  references: line(300).describe('table(column)'),
  expression: line(500).describe('value, constant default or check'),
  nullable: z.boolean(),
  keyColumn: name.describe('default id'),
  rows: count,
  writesPerSecond: count,
  downtimeTolerance: z.enum(['none', 'seconds', 'minutes', 'window']),
  deployStyle: z.enum(['rolling', 'blue-green', 'recreate']),
  pooler: z.enum(['none', 'session', 'transaction']),
  replicas: count,
  inboundForeignKeys: count,
  maxId: count,
  constraints: z.array(line(200)).max(20).describe('in words: instant rollback'),
}).partial().shape

export type Own = z.infer<z.ZodObject<typeof own>>
export type MigrationInput = Profile & Own
