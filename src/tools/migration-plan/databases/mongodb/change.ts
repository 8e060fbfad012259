import type { Reach } from '../../changes/change.ts'
import type { Phase } from '../../sql/statement.ts'
import type { MongoTarget } from './target.ts'

/** One kind of change of documents: readers have to cope with old documents whatever their number, unless the application stands still. */
export interface MongoChange {
  readonly reach: Reach
  readonly plan: (target: MongoTarget) => readonly Phase[]
  /** The short way while no version of the application runs. */
  readonly still?: (target: MongoTarget) => readonly Phase[]
}
