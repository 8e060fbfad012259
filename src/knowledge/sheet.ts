import * as z from 'zod'
import { isIsoDate } from '../core/dates.ts'
import { Price } from '../core/price.ts'

const Day = z.string().refine(isIsoDate, 'expected a day written YYYY-MM-DD')

/**
 * A page somebody read. `confidence`: `primary` is the vendor's or standard's own page, `transcribed` a dated word-for-word
 * copy of it, `secondary` someone else's account, `unconfirmed` general knowledge. Figures from the last two are never printed.
 */
export const Source = z.strictObject({
  title: z.string().min(3),
  url: z.url({ protocol: /^https$/ }),
  checked: Day,
  confidence: z.enum(['primary', 'transcribed', 'secondary', 'unconfirmed', 'measured']),
})
export type Source = z.infer<typeof Source>

/** One cited value. `null` means that the source named here does not say. */
export const fact = <T extends z.ZodType>(value: T) =>
  z.strictObject({ value: value.nullable(), source: z.string(), note: z.string().optional() })
export interface Fact<T> { value: T | null, source: string, note?: string }

const Lifecycle = z.strictObject({
  status: z.enum(['active', 'deprecated', 'end-of-life', 'unsafe']),
  /** Last day of support, where one is announced. */
  until: Day.optional(),
  /** Id of the sheet to use instead. */
  replacedBy: z.string().optional(),
  reason: z.string().optional(),
  source: z.string(),
})

/** The front matter every sheet shares, with the strict facts of its collection. */
export const sheetSchema = <Shape extends z.ZodRawShape>(facts: Shape) =>
  z.strictObject({
    id: z.string().regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/),
    name: z.string().min(1),
    summary: z.string().min(10).max(300),
    lifecycle: Lifecycle,
    sources: z.record(z.string(), Source),
    facts: z.strictObject(facts),
    price: Price.nullable().default(null),
  })

/** Front matter plus the prose under it. */
export interface Sheet<Facts> {
  id: string
  name: string
  summary: string
  lifecycle: z.infer<typeof Lifecycle>
  sources: Record<string, Source>
  facts: Facts
  price: Price | null
  body: string
}

/** True when figures from this source may be printed as facts. */
export const isPrintable = (source: Source): boolean => source.confidence !== 'secondary' && source.confidence !== 'unconfirmed'
