import { InputError } from '../../../../core/errors.ts'
import type { Statement } from '../../sql/statement.ts'
import { quoteName, quoteText, type SqliteTarget } from './target.ts'

/**
 * Builds the table again with one more constraint. SQLite cannot add one, and the definition of the table is known to the file only: a
 * query writes the steps from it, and the shell runs them in one transaction that stops at the first error.
 */
export function rebuildWith(target: SqliteTarget, constraint: string): Statement {
  const { table, tableName } = target
  if (tableName.includes('(')) throw new InputError(`Unexpected table ${JSON.stringify(tableName)}, expected a name without parentheses.`)
  const fresh = target.named('rebuilt')
  const name = quoteText(tableName)
  const lines = [
    ...['PRAGMA foreign_keys = OFF;', 'PRAGMA legacy_alter_table = ON;', 'BEGIN IMMEDIATE;'].map((line) => `SELECT ${quoteText(line)};`),
    // No row for a table with options behind its last parenthesis: the script then stops at the next line.
    `SELECT ${quoteText(`CREATE TABLE ${fresh} `)} || substr(sql, instr(sql, '('), length(sql) - instr(sql, '(')) || ${quoteText(`, ${constraint});`)} FROM sqlite_schema WHERE type = 'table' AND name = ${name} AND sql LIKE '%)';`,
    `SELECT ${quoteText(`INSERT INTO ${fresh} (`)} || c || ') SELECT ' || c || ${quoteText(` FROM ${table};`)} FROM (SELECT group_concat('"' || replace(name, '"', '""') || '"', ', ') AS c FROM pragma_table_info(${name}));`,
    `SELECT ${quoteText(`DROP TABLE ${table};`)};`,
    `SELECT ${quoteText(`ALTER TABLE ${fresh} RENAME TO ${table};`)};`,
    `SELECT sql || ';' FROM sqlite_schema WHERE tbl_name = ${name} AND type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY type, name;`,
    ...['CREATE TEMP TABLE ops_broken_keys (n CHECK (n = 0));', 'INSERT INTO ops_broken_keys SELECT count(*) FROM pragma_foreign_key_check;', 'COMMIT;'].map((line) => `SELECT ${quoteText(line)};`),
  ]
  return {
    sql: [`sqlite3 "$DATABASE_FILE" > rebuild.sql <<'SQL'`, ...lines, 'SQL', 'sqlite3 -bail -cmd ".timeout 5000" "$DATABASE_FILE" < rebuild.sql'].join('\n'),
    lock: 'metadata', blocks: 'writes', rewritesTable: true, transaction: 'none', language: 'shell',
  }
}
export const checkOf = (name: string, condition: string): string => `CONSTRAINT ${quoteName(name)} CHECK (${condition})`
