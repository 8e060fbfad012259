import { levelOf } from '../../level.ts'
import { nothingToUndo, phase, precheck, restoreOnly, rollForward, switchOver, undo, type Phase } from '../../sql/statement.ts'
import { derivedName } from '../../sql/identifiers.ts'
import { need, needColumns, needOldName, needReference } from '../given.ts'
import { releasesOf, type DatabasePlanner } from '../planner.ts'
import { levelFor, type SimpleChange } from '../simple-change.ts'
import { renameBeside, retypeBeside } from './beside.ts'
import { checkOf, rebuildWith } from './rebuild.ts'
import { backfill, indexed, rows, step } from './statements.ts'
import { makeSqliteTarget, quoteName, type SqliteTarget } from './target.ts'

/** `online` is the way while two versions run, where there is one. */
interface Change extends SimpleChange<SqliteTarget> { readonly online?: (target: SqliteTarget) => readonly Phase[] }
const expand = (statements: readonly string[], back: readonly string[] | undefined): readonly Phase[] => [phase('expand', 1, statements.map(step), back === undefined ? rollForward : undo(...back), 'retry-lock')]
const duplicates = (target: SqliteTarget): string => `SELECT count(*) AS n FROM (SELECT 1 FROM ${target.table} WHERE ${needColumns(target.input).map((name) => `${quoteName(name)} IS NOT NULL`).join(' AND ')} GROUP BY ${target.columns} HAVING count(*) > 1)`
const rebuilt = (target: SqliteTarget, constraint: string, broken: string): readonly Phase[] => [precheck(broken), phase('expand', 1, [rebuildWith(target, constraint)], restoreOnly, 'fix-rows', broken)]
const index = (target: SqliteTarget, suffix: string): string => target.named(...needColumns(target.input), suffix)

const changes: Readonly<Record<string, Change>> = {
  'add-nullable-column': { reach: 'catalogue', plan: ({ table, column, type }) => expand([`ALTER TABLE ${table} ADD COLUMN ${column} ${type}`], [`ALTER TABLE ${table} DROP COLUMN ${column}`]) },
  'add-column-not-null-constant-default': { reach: 'catalogue', plan: ({ table, column, type, constant }) => expand([`ALTER TABLE ${table} ADD COLUMN ${column} ${type} NOT NULL DEFAULT ${constant}`], [`ALTER TABLE ${table} DROP COLUMN ${column}`]) },
  'add-index': { reach: 'scan', plan: (target) => expand([`CREATE INDEX ${index(target, 'idx')} ON ${target.table} (${target.columns})`], [`DROP INDEX ${index(target, 'idx')}`]) },
  'add-unique': { reach: 'scan', plan: (target) => [precheck(duplicates(target)), ...expand([`CREATE UNIQUE INDEX ${index(target, 'key')} ON ${target.table} (${target.columns})`], [`DROP INDEX ${index(target, 'key')}`])] },
  'drop-index': { reach: 'catalogue', plan: ({ input }) => [phase('contract', 1, [step(`DROP INDEX ${quoteName(need(input, 'from'), 'from')}`)], rollForward, 'retry-lock')] },
  'drop-column': {
    reach: 'shape',
    online: (target) => [precheck(indexed(target, need(target.input, 'column'))), switchOver(1, 'stop-using'), phase('contract', 2, [step(`ALTER TABLE ${target.table} DROP COLUMN ${target.column}`)], restoreOnly, 'forward-only')],
    plan: (target) => [precheck(indexed(target, need(target.input, 'column'))), phase('contract', 1, [step(`ALTER TABLE ${target.table} DROP COLUMN ${target.column}`)], restoreOnly, 'forward-only')],
  },
  'rename-column': {
    reach: 'shape',
    online: renameBeside,
    plan: ({ input, table }) => {
      const [old, fresh] = [quoteName(needOldName(input), 'from'), quoteName(need(input, 'to'), 'to')]
      return expand([`ALTER TABLE ${table} RENAME COLUMN ${old} TO ${fresh}`], [`ALTER TABLE ${table} RENAME COLUMN ${fresh} TO ${old}`])
    },
  },
  'rename-table': {
    reach: 'shape',
    plan: ({ input, table }) => expand([`ALTER TABLE ${table} RENAME TO ${quoteName(need(input, 'to'), 'table')}`], [`ALTER TABLE ${quoteName(need(input, 'to'), 'table')} RENAME TO ${table}`]),
  },
  'drop-table': { reach: 'shape', online: ({ table }) => [switchOver(1, 'stop-using'), phase('contract', 2, [step(`DROP TABLE ${table}`)], restoreOnly, 'forward-only')], plan: ({ table }) => [phase('contract', 1, [step(`DROP TABLE ${table}`)], restoreOnly, 'forward-only')] },
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
    online: retypeBeside,
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
      return [phase('backfill', 1, [backfill(target, target.column, target.value('t.'), target.value(''), differs)], nothingToUndo, 'resume-backfill', rows(target, differs))]
    },
  },
}

/** Changes on SQLite: one file, one writer, often one process. Where two versions run, names and types change in steps. */
export const sqliteChanges = changes
export const sqlite: DatabasePlanner = {
  changes: Object.keys(changes).sort(),
  plan: ({ input, change: id, sheet, asOf }) => {
    const change = changes[id] as Change
    const target = makeSqliteTarget(input, asOf.replaceAll('-', ''))
    // What PostgreSQL took says nothing here.
    const { level, form } = levelOf(input, change.reach, { ...sheet, facts: { ...sheet.facts, naiveMsPerMillionRows: { ...sheet.facts.naiveMsPerMillionRows, value: null } } })
    const online = form === 'online' ? change.online : undefined
    const phases = (online ?? change.plan)(target)
    return { level: online === undefined ? levelFor(change.reach, false) : level, deploysNeeded: releasesOf(phases), naiveBlockMs: null, phases }
  },
}
