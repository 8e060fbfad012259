import { InputError } from '../../../../core/errors.ts'
import { levelOf } from '../../level.ts'
import { nothingToUndo, phase, precheck, restoreOnly, rollForward, switchOver, undo, type Phase } from '../../sql/statement.ts'
import { need, needColumns, needOldName, needReference } from '../given.ts'
import { releasesOf, type DatabasePlanner } from '../planner.ts'
import { alone, inTransaction, levelFor, type SimpleChange } from '../simple-change.ts'
import { columnUse, namedInCode, renamed, rows } from './asks.ts'
import { renameBeside, retypeBeside } from './beside.ts'
import { makeSqlserverTarget, quoteName, quoteText, type SqlserverTarget } from './target.ts'

// Every statement here was read in the documentation and parsed; none was run.
interface Change extends SimpleChange<SqlserverTarget> {
  readonly online: boolean
  /** The way while two versions run, where `plan` is one short statement. */
  readonly beside?: (target: SqlserverTarget) => readonly Phase[]
}

const short = (sql: string) => alone(sql, 'reads-and-writes')
/** Without the edition that knows ONLINE the server refuses; it never falls back to a blocking build by itself. */
const onlineIndex = ({ waitsAtLowPriority }: SqlserverTarget): string => `WITH (ONLINE = ON${waitsAtLowPriority ? ' (WAIT_AT_LOW_PRIORITY (MAX_DURATION = 1 MINUTES, ABORT_AFTER_WAIT = SELF))' : ''})`
const index = (target: SqlserverTarget, suffix: string): string => target.named(...needColumns(target.input), suffix)
const duplicates = (target: SqlserverTarget): string => `SELECT count(*) AS n FROM (SELECT ${target.columns} FROM ${target.table} GROUP BY ${target.columns} HAVING count(*) > 1) AS d`

/** A constraint for new rows first, then the old ones are checked: the server trusts it only after that. */
const notTrusted = (target: SqlserverTarget, name: string): string => `SELECT count(*) AS n FROM (SELECT name, parent_object_id, is_not_trusted FROM sys.check_constraints UNION ALL SELECT name, parent_object_id, is_not_trusted FROM sys.foreign_keys) AS c WHERE c.parent_object_id = OBJECT_ID(${quoteText(target.table)}) AND c.name = ${quoteText(name)} AND c.is_not_trusted = 1`
const plainOf = (quoted: string): string => quoted.slice(1, -1).replaceAll(']]', ']')
const constraint = (target: SqlserverTarget, quoted: string, definition: string, broken: string): readonly Phase[] => [
  precheck(broken),
  phase('expand', 1, [short(`ALTER TABLE ${target.table} WITH NOCHECK ADD CONSTRAINT ${quoted} ${definition}`)], undo(`ALTER TABLE ${target.table} DROP CONSTRAINT ${quoted}`), 'retry-lock'),
  phase('verify', 1, [short(`ALTER TABLE ${target.table} WITH CHECK CHECK CONSTRAINT ${quoted}`)], nothingToUndo, 'fix-rows', notTrusted(target, plainOf(quoted))),
]

const changes: Readonly<Record<string, Change>> = {
  'add-nullable-column': { reach: 'catalogue', online: true, plan: ({ table, column, type }) => [phase('expand', 1, [short(`ALTER TABLE ${table} ADD ${column} ${type} NULL`)], undo(`ALTER TABLE ${table} DROP COLUMN ${column}`), 'retry-lock')] },
  'add-column-not-null-constant-default': {
    reach: 'catalogue', online: true,
    plan: (target) => {
      if (target.columnsRead.length > 0) throw new InputError(`Unexpected expression ${JSON.stringify(target.input.expression)}, expected a constant: only then is the value kept in the catalogue.`)
      const name = target.named(need(target.input, 'column'), 'df')
      return [phase('expand', 1, [short(`ALTER TABLE ${target.table} ADD ${target.column} ${target.type} NOT NULL CONSTRAINT ${name} DEFAULT ${target.value('')}`)], undo(`ALTER TABLE ${target.table} DROP CONSTRAINT ${name}`, `ALTER TABLE ${target.table} DROP COLUMN ${target.column}`), 'retry-lock')]
    },
  },
  'add-index': { reach: 'scan', online: true, plan: (target) => [phase('expand', 1, [alone(`CREATE INDEX ${index(target, 'idx')} ON ${target.table} (${target.columns}) ${onlineIndex(target)}`, 'nothing')], undo(`DROP INDEX ${index(target, 'idx')} ON ${target.table}`), 'retry-lock')] },
  // SQL Server takes two NULL for the same value, unlike the others.
  'add-unique': {
    reach: 'scan', online: true,
    plan: (target) => [precheck(duplicates(target)), switchOver(1, 'handle-refusal'), phase('expand', 2, [alone(`CREATE UNIQUE INDEX ${index(target, 'key')} ON ${target.table} (${target.columns}) ${onlineIndex(target)}`, 'nothing')], undo(`DROP INDEX ${index(target, 'key')} ON ${target.table}`), 'fix-rows')],
  },
  'drop-index': { reach: 'catalogue', online: true, plan: ({ input, table }) => [phase('contract', 1, [short(`DROP INDEX ${quoteName(need(input, 'from'), 'from')} ON ${table}`)], rollForward, 'retry-lock')] },
  'add-check': { reach: 'scan', online: true, plan: (target) => constraint(target, target.named(...target.columnsRead.slice(0, 2), 'check'), `CHECK (${target.value('')})`, rows(target, `NOT (${target.value('t.')})`)) },
  'add-foreign-key': {
    reach: 'scan', online: true,
    plan: (target) => {
      const { table, column } = needReference(target.input)
      const [parent, key] = [target.beside(table), quoteName(column, 'references')]
      return constraint(target, target.named(need(target.input, 'column'), 'fk'), `FOREIGN KEY (${target.column}) REFERENCES ${parent} (${key})`, rows(target, `t.${target.column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${parent} AS p WHERE p.${key} = t.${target.column})`))
    },
  },
  'drop-foreign-key': { reach: 'catalogue', online: true, plan: ({ input, table }) => [phase('contract', 1, [short(`ALTER TABLE ${table} DROP CONSTRAINT ${quoteName(need(input, 'from'), 'from')}`)], rollForward, 'retry-lock')] },
  'set-not-null': {
    reach: 'scan', online: true,
    plan: (target) => {
      const name = target.named(need(target.input, 'column'), 'nn')
      const nulls = rows(target, `t.${target.column} IS NULL`)
      return [
        ...constraint(target, name, `CHECK (${target.column} IS NOT NULL)`, nulls),
        // The check already holds; this one reads the table under a lock that keeps everybody out, so it can wait for a quiet hour.
        phase('contract', 1, [short(`ALTER TABLE ${target.table} ALTER COLUMN ${target.column} ${target.type} NOT NULL`), short(`ALTER TABLE ${target.table} DROP CONSTRAINT ${name}`)], undo(`ALTER TABLE ${target.table} WITH NOCHECK ADD CONSTRAINT ${name} CHECK (${target.column} IS NOT NULL)`, `ALTER TABLE ${target.table} ALTER COLUMN ${target.column} ${target.type} NULL`), 'fix-rows', nulls),
      ]
    },
  },
  'drop-not-null': { reach: 'catalogue', online: true, plan: (target) => [switchOver(1, 'accept-null'), phase('contract', 2, [short(`ALTER TABLE ${target.table} ALTER COLUMN ${target.column} ${target.type} NULL`)], rollForward, 'retry-lock')] },
  'drop-column': { reach: 'shape', online: true, plan: (target) => [precheck(columnUse(target, need(target.input, 'column'))), precheck(namedInCode(target, need(target.input, 'column'))), switchOver(1, 'stop-using'), phase('contract', 2, [short(`ALTER TABLE ${target.table} DROP COLUMN ${target.column}`)], restoreOnly, 'forward-only')] },
  'rename-column': {
    reach: 'shape', online: false, beside: renameBeside,
    plan: ({ input, table }) => {
      const [old, fresh] = [needOldName(input), need(input, 'to')]
      return [phase('expand', 1, [short(renamed(`${table}.${quoteName(old, 'from')}`, fresh, 'COLUMN'))], undo(renamed(`${table}.${quoteName(fresh, 'to')}`, old, 'COLUMN')), 'retry-lock')]
    },
  },
  // The new name leads to the old table first; then both names change in one transaction.
  'rename-table': {
    reach: 'shape', online: true,
    plan: (target) => {
      const fresh = need(target.input, 'to')
      return [
        phase('expand', 1, [short(`CREATE SYNONYM ${target.beside(fresh)} FOR ${target.table}`)], undo(`DROP SYNONYM ${target.beside(fresh)}`), 'retry-lock'),
        switchOver(2, 'use-new-name'),
        phase('contract', 3, [inTransaction(`DROP SYNONYM ${target.beside(fresh)}`, 'reads-and-writes'), inTransaction(renamed(target.table, fresh), 'reads-and-writes')], rollForward, 'retry-lock'),
      ]
    },
  },
  'type-change-rewrite': {
    reach: 'shape', online: false, beside: retypeBeside,
    // Every row is written again under a lock that keeps everybody out.
    plan: (target) => [
      precheck(columnUse(target, need(target.input, 'column'))), precheck(rows(target, `t.${target.column} IS NOT NULL AND TRY_CAST(t.${target.column} AS ${target.type}) IS NULL`)),
      phase('contract', 1, [alone(`ALTER TABLE ${target.table} ALTER COLUMN ${target.column} ${target.type} ${target.input.nullable === false ? 'NOT NULL' : 'NULL'}`, 'reads-and-writes', true)], restoreOnly, 'forward-only'),
    ],
  },
  'drop-table': {
    reach: 'shape', online: true,
    plan: (target) => {
      const parked = `${target.tableName}_dropped_${target.day}`
      return [
        precheck(`SELECT count(*) AS n FROM sys.foreign_keys WHERE referenced_object_id = OBJECT_ID(${quoteText(target.table)}) AND parent_object_id <> referenced_object_id`),
        switchOver(1, 'stop-using'),
        phase('expand', 1, [short(renamed(target.table, parked))], undo(renamed(target.beside(parked), target.tableName)), 'retry-lock'),
        phase('contract', 2, [short(`DROP TABLE ${target.beside(parked)}`)], restoreOnly, 'forward-only'),
      ]
    },
  },
}

export const sqlserverChanges = changes
export const sqlserver: DatabasePlanner = {
  changes: Object.keys(changes).sort(),
  plan: ({ input, change: id, database, sheet, asOf }) => {
    const change = changes[id] as Change
    const target = makeSqlserverTarget(input, database.version, asOf.replaceAll('-', ''))
    // What PostgreSQL took says nothing here.
    const { level, form } = levelOf(input, change.reach, { ...sheet, facts: { ...sheet.facts, naiveMsPerMillionRows: { ...sheet.facts.naiveMsPerMillionRows, value: null } } })
    const beside = form === 'online' ? change.beside : undefined
    const phases = (beside ?? change.plan)(target)
    return { level: beside === undefined ? levelFor(change.reach, change.online) : level, deploysNeeded: releasesOf(phases), naiveBlockMs: null, phases }
  },
}
