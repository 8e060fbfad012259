import type { Knowledge } from '../../knowledge/collections.ts'
import type { Statement } from './sql/statement.ts'

/** Milliseconds for each million narrow rows, as measured; null where nobody did. */
export interface Rates {
  /** The obvious single statement of the change. */
  readonly single: number | null
  readonly index: number | null
  readonly check: number | null
  readonly reference: number | null
  readonly backfill: number | null
}

/** The measured rates for one change. */
export function ratesOf(knowledge: Knowledge, change: string): Rates {
  const sheets = knowledge['schema-changes']
  const step = (id: string): number | null => sheets[id]?.facts.stepMsPerMillionRows?.value ?? null
  return { single: sheets[change]?.facts.naiveMsPerMillionRows.value ?? null, index: step('add-index'), check: step('add-check'), reference: step('add-foreign-key'), backfill: step('backfill-only') }
}

/**
 * How long a statement runs once it has its lock. `catalogue`: however many rows there are. `rows`: `rate` for each million of them; `pauseSeconds` is the
 * part of it that is waiting on purpose, for a million rows. `unknown`: it depends on the rows and nobody measured it.
 */
export type Duration = { readonly kind: 'catalogue' } | { readonly kind: 'unknown' } | { readonly kind: 'rows', readonly rate: number, readonly pauseSeconds: number }

const measured = (rate: number | null, pauseSeconds = 0): Duration => (rate === null ? { kind: 'unknown' } : { kind: 'rows', rate, pauseSeconds })
/** Statements that read or write rows under their lock. */
const perRow = /^(UPDATE|DELETE|INSERT|REFRESH|CREATE (UNIQUE )?INDEX|REINDEX)\b|\bSET NOT NULL$|\bADD CONSTRAINT (?!.*(NOT VALID|USING INDEX)$)/

/** `plain` is a change made in one short migration: then its scan has no check to trust. */
export function durationOf({ sql, batches, rewritesTable }: Statement, rates: Rates, plain: boolean): Duration {
  if (batches !== undefined) return measured(rates.backfill, (1_000_000 / batches.rows) * batches.pauseSeconds)
  if (rewritesTable) return measured(rates.single === 0 ? null : rates.single)
  if (/^(CREATE (UNIQUE )?|RE)INDEX .*CONCURRENTLY/.test(sql)) return measured(rates.index)
  if (/ VALIDATE CONSTRAINT /.test(sql)) return measured(/_fkey\b/.test(sql) ? rates.reference : rates.check)
  if (/^ALTER .* RENAME |^DROP |^COMMENT /.test(sql) || (!plain && /SET NOT NULL$/.test(sql))) return { kind: 'catalogue' }
  if (/^DO .*validate/.test(sql)) return { kind: 'unknown' }
  return perRow.test(sql) ? (plain ? measured(rates.single === 0 ? null : rates.single) : { kind: 'unknown' }) : { kind: 'catalogue' }
}
