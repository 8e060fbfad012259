import * as z from 'zod'
import type { Boundaries } from '../core/boundaries.ts'
import { isIsoDate } from '../core/dates.ts'
import { generatedFile } from '../core/file.ts'
import { Profile, type ProfileField } from '../core/profile.ts'
import type { Cost, ToolResult } from '../core/result.ts'
import type { Knowledge } from '../knowledge/collections.ts'

/** Arguments every deciding tool takes beside profile fields and its own. */
export const Common = z.strictObject({
  asOf: z.string().refine(isIsoDate, 'expected a day written YYYY-MM-DD').describe('day the answer is for'),
  include: z.array(z.enum(['files'])).describe('files: return file bodies'),
  detail: z.enum(['brief', 'normal', 'full']),
}).partial()
export type Common = z.infer<typeof Common>
export type Detail = NonNullable<Common['detail']>

/** What a deciding tool may know besides its input: nothing else reaches it, so the same call gives the same answer. */
export interface Context {
  readonly knowledge: Knowledge
  /** Today, YYYY-MM-DD. */
  readonly asOf: string
  readonly detail: Detail
  /** The answer goes into a file, where the length of a tool result is no limit. */
  readonly inDocument?: boolean
}

/** One part of a deliverable. `id` is kebab-case and stable: it names the managed part in the document. `body` holds no heading of level 1 or 2. */
export interface Section { readonly id: string, readonly title: string, readonly body: string }

/** A generated file with its body; made by `generatedFile`. */
export type FileWithBody = ReturnType<typeof generatedFile>

/** What a tool works out; `answer` turns it into the result that leaves the product. */
export interface Draft<Decision> extends Omit<ToolResult<Decision>, 'files' | 'report'> {
  readonly files: readonly FileWithBody[]
  readonly sections: readonly Section[]
  /** Data of the trust-boundary drawing, where the tool makes one; it stays inside. */
  readonly boundaries?: Boundaries
}

/** A tool that decides and generates; pure and read-only. */
export interface DecidingTool<Own extends z.ZodRawShape = z.ZodRawShape, Decision = unknown> {
  readonly name: string
  readonly title: string
  /** When to call it, in words a user would type. At most 300 characters. */
  readonly description: string
  /** Profile fields the decision reads, in the order they are listed to the model. */
  readonly reads: readonly ProfileField[]
  /** Fields of its own; flat, all optional, no name of the profile. */
  readonly own: Own
  /** Fields that the engine fills from the repository and nobody passes: they are in no schema. */
  readonly told?: readonly string[]
  run(input: Profile & z.infer<z.ZodObject<Own>>, context: Context): Draft<Decision>
}

/** Keeps the types of `own` and the decision while the registry stores tools of every kind. */
export const defineTool = <Own extends z.ZodRawShape, Decision>(tool: DecidingTool<Own, Decision>): DecidingTool<Own, Decision> => tool

/** The total of cost lines; null as soon as one line is unknown. US dollars a month. */
export const totalCost = (lines: Cost['lines']): Cost => ({
  lines,
  usdPerMonth: lines.some((line) => line.usdPerMonth === null) ? null : Math.round(lines.reduce((sum, line) => sum + (line.usdPerMonth ?? 0), 0) * 100) / 100,
})
