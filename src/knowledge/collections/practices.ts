import * as z from 'zod'
import { fact } from '../sheet.ts'

/** Facts about a way of working: a short list that a tool prints, and the numbers it computes with. */
export const practiceFacts = {
  /** What the list belongs to, kebab-case: `logging`, `health`, `slo`, … */
  topic: fact(z.string()),
  /** The list, in the order it is shown. Plain text. */
  items: fact(z.array(z.string())),
  /** Numbers by name; the name carries the unit. */
  numbers: fact(z.record(z.string(), z.number())),
  /** The older rule this sheet replaces or keeps; null when it is new. */
  seedRow: fact(z.string()),
  /** Why it changed; null when it did not. */
  correction: fact(z.string()),
}
