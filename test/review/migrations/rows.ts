import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import * as z from 'zod'
import { parseStrict } from '../../../src/core/parse.ts'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'

const Words = z.array(z.string()).min(1)
const Input = z.record(z.string(), z.unknown())
const who = { project: z.string().optional(), id: z.string().optional(), because: z.string().min(3) }

/** One project or stack and the tools a senior person would accept for it, with the rules that may lead there. */
export const ToolRow = z.strictObject({ ...who, profile: Input.optional(), tool: Words, why: Words, assumes: z.string().optional(), skips: z.string().optional() })
/** One change and what a plan for it must look like; lists hold every answer that is fine. `open` says what is still missing: the row is skipped. */
export const ChangeRow = z.strictObject({
  ...who, in: Input.optional(), open: z.string().optional(), refused: z.string().optional(),
  level: z.array(z.enum(['none', 'L0', 'L1', 'L2', 'L3', 'L4'])).optional(), deploys: z.array(z.number()).optional(),
  phases: Words.optional(), notPhases: Words.optional(), sql: Words.optional(), notSql: Words.optional(),
  asks: Words.optional(), asksAny: Words.optional(), noAsk: Words.optional(), assumes: Words.optional(),
  conflict: z.string().optional(), noConflict: z.string().optional(), orConflict: z.string().optional(),
  flip: z.union([z.literal('none'), z.record(z.string(), z.array(z.union([z.string(), z.number()])))]).optional(),
})
/** What somebody wrote as `database` or `change`, and the ids that may be meant: refused, or answered without a plan (strategy). */
export const NameRow = z.strictObject({ database: z.string().optional(), change: z.string().optional(), on: z.string().optional(), is: z.union([Words, z.enum(['refused', 'refused-near', 'strategy'])]), near: z.string().optional() })
export type ChangeRow = z.infer<typeof ChangeRow>

const read = (name: string): unknown => parse(readFileSync(fileURLToPath(new URL(`./${name}.yaml`, import.meta.url)), 'utf8'))

export const toolRows = parseStrict(z.strictObject({ rows: z.array(ToolRow) }), read('tools'), 'tools.yaml').rows
export const nameRows = parseStrict(z.strictObject({ rows: z.array(NameRow) }), read('names'), 'names.yaml').rows
const changes = parseStrict(z.strictObject({ defaults: Input, rows: z.array(ChangeRow) }), read('changes'), 'changes.yaml')
export const changeRows = changes.rows
export const defaults = changes.defaults as MigrationInput
