import type { MysqlTarget } from './target.ts'
import { quoteText } from './names.ts'

/** Questions to the server. Each is one query that returns one number, 0 when all is well. */

const here = ({ schema, tableName }: MysqlTarget): string => `TABLE_SCHEMA = ${schema} AND TABLE_NAME = ${quoteText(tableName)}`

/** Rows for which `condition` holds; columns are reached as `t.`. */
export const rowsWhere = ({ table }: MysqlTarget, condition: string): string => `SELECT count(*) AS n FROM ${table} AS t WHERE ${condition}`

/** 0 when the column is there and has nothing that MODIFY would drop without a word: a comment, a character set of its own, a default that is not repeated. */
export const plainColumn = (target: MysqlTarget, name: string, keeps: { readonly default: boolean, readonly extra?: string }): string => [
  `SELECT 1 - count(*) AS n FROM information_schema.COLUMNS JOIN information_schema.TABLES USING (TABLE_SCHEMA, TABLE_NAME) WHERE ${here(target)} AND COLUMN_NAME = ${quoteText(name)}`,
  `AND COLUMN_COMMENT = '' AND EXTRA IN ('', ${quoteText(keeps.extra ?? 'DEFAULT_GENERATED')}) AND COALESCE(COLLATION_NAME, TABLE_COLLATION) = TABLE_COLLATION`,
  ...(keeps.default ? [] : ["AND COALESCE(COLUMN_DEFAULT, 'NULL') = 'NULL'"]),
].join(' ')

/** 0 when no index and no foreign key uses the column: a copy of it would lack them, and they would go with it. */
export const unusedColumn = (target: MysqlTarget, name: string): string => [
  `SELECT (SELECT count(*) FROM information_schema.STATISTICS WHERE ${here(target)} AND COLUMN_NAME = ${quoteText(name)})`,
  `+ (SELECT count(*) FROM information_schema.KEY_COLUMN_USAGE WHERE REFERENCED_TABLE_SCHEMA = ${target.schema} AND REFERENCED_TABLE_NAME = ${quoteText(target.tableName)} AND REFERENCED_COLUMN_NAME = ${quoteText(name)}) AS n`,
].join(' ')

/** Foreign keys of other tables that refer to this one. */
export const inboundKeys = (target: MysqlTarget): string =>
  `SELECT count(*) AS n FROM information_schema.KEY_COLUMN_USAGE WHERE REFERENCED_TABLE_SCHEMA = ${target.schema} AND REFERENCED_TABLE_NAME = ${quoteText(target.tableName)} AND TABLE_NAME <> ${quoteText(target.tableName)}`

/**
 * 0 when a tool that copies the table may do so: a unique key to walk along, no trigger, nothing of an earlier attempt, and for a tool that
 * follows the log no foreign key on either side and whole rows in that log.
 */
export const copyable = (target: MysqlTarget, followsLog: boolean, working: readonly string[]): string => [
  `SELECT (SELECT count(DISTINCT INDEX_NAME) = 0 FROM information_schema.STATISTICS WHERE ${here(target)} AND NON_UNIQUE = 0)`,
  `+ (SELECT count(*) FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = ${target.schema} AND EVENT_OBJECT_TABLE = ${quoteText(target.tableName)})`,
  `+ (SELECT count(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${target.schema} AND TABLE_NAME IN (${working.map(quoteText).join(', ')}))`,
  ...(followsLog ? [
    `+ (SELECT count(*) FROM information_schema.KEY_COLUMN_USAGE WHERE REFERENCED_TABLE_NAME IS NOT NULL AND ((${here(target)}) OR (REFERENCED_TABLE_SCHEMA = ${target.schema} AND REFERENCED_TABLE_NAME = ${quoteText(target.tableName)})))`,
    "+ (@@binlog_format <> 'ROW') + (@@binlog_row_image <> 'FULL')",
  ] : []),
  'AS n',
].join(' ')

/** Rows of the table before the swap that the new one lacks. Asked at once: whatever the application deletes later is missing too. */
export const missingRows = ({ table, key }: MysqlTarget, before: string): string => `SELECT count(*) AS n FROM ${before} AS o LEFT JOIN ${table} AS t ON t.${key} = o.${key} WHERE t.${key} IS NULL`

/** Tables and views of these names. */
export const relationsLeft = ({ schema }: MysqlTarget, names: readonly string[]): string =>
  `SELECT count(*) AS n FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${schema} AND TABLE_NAME IN (${names.map(quoteText).join(', ')})`

/** 0 when the first name is a table and the second a view. */
export const tableAndView = ({ schema }: MysqlTarget, table: string, view: string): string =>
  `SELECT 2 - count(*) AS n FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${schema} AND (TABLE_NAME = ${quoteText(table)} AND TABLE_TYPE <> 'VIEW' OR TABLE_NAME = ${quoteText(view)} AND TABLE_TYPE = 'VIEW')`

/** Rights on the table by its name that are not there by the other one: they do not follow a rename. */
export const rightsMissing = ({ schema, tableName }: MysqlTarget, to: string): string =>
  `SELECT count(*) AS n FROM information_schema.TABLE_PRIVILEGES AS o WHERE o.TABLE_SCHEMA = ${schema} AND o.TABLE_NAME = ${quoteText(tableName)} AND NOT EXISTS (SELECT 1 FROM information_schema.TABLE_PRIVILEGES AS t WHERE t.TABLE_SCHEMA = o.TABLE_SCHEMA AND t.TABLE_NAME = ${quoteText(to)} AND t.GRANTEE = o.GRANTEE AND t.PRIVILEGE_TYPE = o.PRIVILEGE_TYPE)`

/** Groups of rows that a unique index would refuse. */
export const duplicates = (target: MysqlTarget): string =>
  `SELECT count(*) AS n FROM (SELECT 1 FROM ${target.table} AS t WHERE ${target.columns.map((name) => `t.${name} IS NOT NULL`).join(' AND ')} GROUP BY ${target.columns.map((name) => `t.${name}`).join(', ')} HAVING count(*) > 1) AS d`
