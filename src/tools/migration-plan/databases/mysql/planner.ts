import { InputError } from '../../../../core/errors.ts'
import { circumstances, isHuge, levelOf, naiveBlockMs } from '../../level.ts'
import { releasesOf, type DatabasePlan, type DatabasePlanner, type PlanRequest } from '../planner.ts'
import type { MysqlChange } from './change.ts'
import { columnChanges } from './changes/columns.ts'
import { constraintChanges } from './changes/constraints.ts'
import { indexChanges } from './changes/indexes.ts'
import { tableChanges } from './changes/tables.ts'
import { typeChanges } from './changes/types.ts'
import { makeMysqlTarget, type Engine } from './target.ts'
import { atLeast, onVersion } from './version.ts'

/** Every change that can be planned for MySQL and MariaDB, by id. */
export const mysqlChanges: Readonly<Record<string, MysqlChange>> = { ...columnChanges, ...constraintChanges, ...indexChanges, ...tableChanges, ...typeChanges }

function plan(engine: Engine, { input, change: id, database, sheet, knowledge, asOf }: PlanRequest): DatabasePlan {
  const change = mysqlChanges[id] as MysqlChange
  const server = knowledge['online-ddl'][engine]
  const operations = (server?.facts.operations.value ?? []).map((operation) => onVersion(operation, database.version))
  const naive = operations.find((operation) => operation.id === change.naive)
  // Only MariaDB was measured; the time of a copy is taken from there.
  const measuredElsewhere = knowledge['online-ddl'].mariadb?.facts.operations.value?.find((operation) => operation.id === change.naive)?.msPerMillionRows
  // The sheet of the change holds what PostgreSQL took.
  const measured = { ...sheet, facts: { ...sheet.facts, naiveMsPerMillionRows: { ...sheet.facts.naiveMsPerMillionRows, value: naive?.lock === 'NONE' ? 0 : naive?.msPerMillionRows ?? measuredElsewhere ?? null } } }
  const { level, form } = levelOf(input, change.reach, measured)
  const target = makeMysqlTarget(input, engine, operations, { copiesOnline: atLeast(database.version, server?.facts.copyWithoutLockFrom.value ?? null), gentle: isHuge(input), day: asOf.replaceAll('-', '') })
  const phases = form === 'online' ? change.online(target) : change.plain(target)
  if (phases.length === 0) throw new InputError(`Unexpected change ${JSON.stringify(id)}, expected one with steps for ${engine}.`)
  const copies = phases.some(({ statements }) => statements.some(({ language }) => language === 'shell'))
  return { level: copies ? 'L4' : level, deploysNeeded: releasesOf(phases), naiveBlockMs: naiveBlockMs(circumstances(input).rows, measured), phases }
}

const changes = Object.keys(mysqlChanges).sort()
export const mysql: DatabasePlanner = { changes, plan: (request) => plan('mysql', request) }
export const mariadb: DatabasePlanner = { changes, plan: (request) => plan('mariadb', request) }
