import { circumstances } from '../../level.ts'
import { smallTableRows } from '../../rules.ts'
import { nothingToUndo, phase, precheck, restoreOnly, rollForward, undo, type Phase, type Statement } from '../../sql/statement.ts'
import { derivedName } from '../../sql/identifiers.ts'
import { need, needColumns, needOldName, needReference } from '../given.ts'
import { releasesOf, type DatabasePlanner } from '../planner.ts'
import { inTransaction, levelFor, type SimpleChange } from '../simple-change.ts'
import { checkOf, rebuildWith } from './rebuild.ts'
import { makeSqliteTarget, quoteName, quoteText, type SqliteTarget } from './target.ts'

type Change = SimpleChange<SqliteTarget>
const step = (sql: string): Statement => inTransaction(sql, 'writes')
const expand = (statements: readonly string[], back: readonly string[] | undefined): readonly Phase[] => [phase('expand', 1, statements.map(step), back === undefined ? rollForward : undo(...back), 'retry-lock')]
const rows = ({ table }: SqliteTarget, condition: string): string => `SELECT count(*) AS n FROM ${table} AS t WHERE ${condition}`
/** Indexes that use the column: SQLite refuses to drop it then. */
const indexed = ({ tableName }: SqliteTarget, column: string): string => `SELECT count(*) AS n FROM pragma_index_list(${quoteText(tableName)}) AS i, pragma_index_info(i.name) AS c WHERE c.name = ${quoteText(column)}`
const duplicates = (target: SqliteTarget): string => `SELECT count(*) AS n FROM (SELECT 1 FROM ${target.table} WHERE ${needColumns(target.input).map((name) => `${quoteName(name)} IS NOT NULL`).join(' AND ')} GROUP BY ${target.columns} HAVING count(*) > 1)`
const rebuilt = (target: SqliteTarget, constraint: string, broken: string): readonly Phase[] => [precheck(broken), phase('expand', 1, [rebuildWith(target, constraint)], restoreOnly, 'fix-rows', broken)]
const index = (target: SqliteTarget, suffix: string): string => target.named(...needColumns(target.input), suffix)

/** Batches, each a transaction of its own, so that other writers get their turn. */
const inBatches = (target: SqliteTarget, set: string, differs: string): Statement => ({
  sql: [
    'while :; do', `  changed=$(sqlite3 -cmd ".timeout 5000" "$DATABASE_FILE" <<'SQL'`,
    `UPDATE ${target.table} SET ${set} WHERE rowid IN (SELECT t.rowid FROM ${target.table} AS t WHERE ${differs} LIMIT 5000); SELECT changes();`, 'SQL', '  )', '  [ "$changed" -gt 0 ] || break', '  sleep 0.1', 'done',
  ].join('\n'),
  lock: 'metadata', blocks: 'rows', rewritesTable: false, transaction: 'none', language: 'shell',
})

const changes: Readonly<Record<string, Change>> = {
  'add-nullable-column': { reach: 'catalogue', plan: ({ table, column, type }) => expand([`ALTER TABLE ${table} ADD COLUMN ${column} ${type}`], [`ALTER TABLE ${table} DROP COLUMN ${column}`]) },
  'add-column-not-null-constant-default': { reach: 'catalogue', plan: ({ table, column, type, constant }) => expand([`ALTER TABLE ${table} ADD COLUMN ${column} ${type} NOT NULL DEFAULT ${constant}`], [`ALTER TABLE ${table} DROP COLUMN ${column}`]) },
  'add-index': { reach: 'scan', plan: (target) => expand([`CREATE INDEX ${index(target, 'idx')} ON ${target.table} (${target.columns})`], [`DROP INDEX ${index(target, 'idx')}`]) },
  'add-unique': { reach: 'scan', plan: (target) => [precheck(duplicates(target)), ...expand([`CREATE UNIQUE INDEX ${index(target, 'key')} ON ${target.table} (${target.columns})`], [`DROP INDEX ${index(target, 'key')}`])] },
  'drop-index': { reach: 'catalogue', plan: ({ input }) => [phase('contract', 1, [step(`DROP INDEX ${quoteName(need(input, 'from'), 'from')}`)], rollForward, 'retry-lock')] },
  'drop-column': {
    reach: 'shape',
    plan: (target) => [precheck(indexed(target, need(target.input, 'column'))), phase('contract', 1, [step(`ALTER TABLE ${target.table} DROP COLUMN ${target.column}`)], restoreOnly, 'forward-only')],
  },
  'rename-column': {
    reach: 'shape',
    plan: ({ input, table }) => {
      const [old, fresh] = [quoteName(needOldName(input), 'from'), quoteName(need(input, 'to'), 'to')]
      return expand([`ALTER TABLE ${table} RENAME COLUMN ${old} TO ${fresh}`], [`ALTER TABLE ${table} RENAME COLUMN ${fresh} TO ${old}`])
    },
  },
  'rename-table': {
    reach: 'shape',
    plan: ({ input, table }) => expand([`ALTER TABLE ${table} RENAME TO ${quoteName(need(input, 'to'), 'table')}`], [`ALTER TABLE ${quoteName(need(input, 'to'), 'table')} RENAME TO ${table}`]),
  },
  'drop-table': { reach: 'shape', plan: ({ table }) => [phase('contract', 1, [step(`DROP TABLE ${table}`)], restoreOnly, 'forward-only')] },
  'set-not-null': {
    reach: 'scan',
    plan: (target) => rebuilt(target, checkOf(derivedName(target.tableName, need(target.input, 'column'), 'nn'), `${target.column} IS NOT NULL`), rows(target, `t.${target.column} IS NULL`)),
  },
  'add-check': { reach: 'scan', plan: (target) => rebuilt(target, checkOf(derivedName(target.tableName, 'check'), target.value('')), rows(target, `NOT (${target.value('t.')})`)) },
  'add-foreign-key': {
    reach: 'scan',
    plan: (target) => {
      const { table, column } = needReference(target.input)
      const [parent, key] = [quoteName(table, 'table'), quoteName(column, 'references')]
      return rebuilt(target, `FOREIGN KEY (${target.column}) REFERENCES ${parent} (${key})`, rows(target, `t.${target.column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${parent} AS p WHERE p.${key} = t.${target.column})`))
    },
  },
  // Types are advice in SQLite; the values are what changes.
  'type-change-rewrite': {
    reach: 'shape',
    plan: (target) => {
      const fresh = quoteName(derivedName(need(target.input, 'column'), 'new'))
      const cast = `CAST(t.${target.column} AS ${target.type})`
      return [
        precheck(indexed(target, need(target.input, 'column'))),
        precheck(rows(target, `t.${target.column} IS NOT NULL AND CAST(${cast} AS TEXT) <> CAST(t.${target.column} AS TEXT)`)),
        phase('contract', 1, [
          step(`ALTER TABLE ${target.table} ADD COLUMN ${fresh} ${target.type}`), step(`UPDATE ${target.table} AS t SET ${fresh} = ${cast}`),
          step(`ALTER TABLE ${target.table} DROP COLUMN ${target.column}`), step(`ALTER TABLE ${target.table} RENAME COLUMN ${fresh} TO ${target.column}`),
        ], restoreOnly, 'forward-only'),
      ]
    },
  },
  'backfill-only': {
    reach: 'rows',
    plan: (target) => {
      const differs = `t.${target.column} IS NOT ${target.value('t.')}`
      const small = (circumstances(target.input).rows ?? Infinity) <= smallTableRows
      return [phase('backfill', 1, [small ? step(`UPDATE ${target.table} AS t SET ${target.column} = ${target.value('t.')} WHERE ${differs}`) : inBatches(target, `${target.column} = ${target.value('')}`, differs)], nothingToUndo, 'resume-backfill', rows(target, differs))]
    },
  },
}

/** Changes on SQLite: one file, one writer, mostly one process, so code that sees a change stands still for it. */
export const sqliteChanges = changes
export const sqlite: DatabasePlanner = {
  changes: Object.keys(changes).sort(),
  plan: ({ input, change: id, asOf }) => {
    const change = changes[id] as Change
    const phases = change.plan(makeSqliteTarget(input, asOf.replaceAll('-', '')))
    return { level: levelFor(change.reach, false), deploysNeeded: releasesOf(phases), naiveBlockMs: null, phases }
  },
}
