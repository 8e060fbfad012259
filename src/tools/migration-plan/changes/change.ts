import type { Phase } from '../sql/statement.ts'
import type { Target } from '../target.ts'

/**
 * What decides the ceremony: `catalogue` touches no row, `scan` reads them or builds an index, `rows` writes them,
 * `shape` is a change that running code can see.
 */
export type Reach = 'catalogue' | 'scan' | 'rows' | 'shape'

/** One kind of schema change for PostgreSQL. Every file in this folder has these members in this order. */
export interface Change {
  /** Id of its sheet. */
  readonly id: string
  readonly reach: Reach
  /** True when data or a name that code may use is gone at the end. */
  readonly destructive: boolean
  /** Phases for a live system. Releases count up to the sheet's deploys, at least 1. */
  readonly online: (target: Target) => readonly Phase[]
  /** One short migration, for a small table or with the application stopped. */
  readonly plain: (target: Target) => readonly Phase[]
}
