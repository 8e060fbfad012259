import type { Reach } from '../../changes/change.ts'
import type { Phase } from '../../sql/statement.ts'
import type { MysqlTarget } from './target.ts'

/** One kind of schema change for MySQL and MariaDB. Every one has these members in this order. */
export interface MysqlChange {
  readonly reach: Reach
  /** The operation of the server's sheet that the obvious single statement is. */
  readonly naive: string
  /** Phases for a live system. */
  readonly online: (target: MysqlTarget) => readonly Phase[]
  /** One short migration, for a small table or with the application stopped. */
  readonly plain: (target: MysqlTarget) => readonly Phase[]
}
