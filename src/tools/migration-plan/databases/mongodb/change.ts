import type { Reach } from '../../changes/change.ts'
import type { Phase } from '../../sql/statement.ts'
import type { MongoTarget } from './target.ts'

/** One kind of change of documents. There is one way for it: readers have to cope with old documents whatever their number. */
export interface MongoChange {
  readonly reach: Reach
  readonly plan: (target: MongoTarget) => readonly Phase[]
}
