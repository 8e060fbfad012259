import { table } from '../../../core/table.ts'
import { mongodb } from './mongodb/planner.ts'
import { sqlite } from './sqlite/planner.ts'
import { sqlserver } from './sqlserver/planner.ts'
import { mariadb, mysql } from './mysql/planner.ts'
import type { DatabasePlanner } from './planner.ts'

/** The databases beside PostgreSQL for which changes can be planned, by id. */
export const planners: Readonly<Record<string, DatabasePlanner | undefined>> = table({ mariadb, mongodb, mysql, sqlite, sqlserver })
