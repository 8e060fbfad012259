import { quoteText, type SqlserverTarget } from './target.ts'

/** Questions to the server. Each is one query that returns one number, 0 when all is well. */

/** Rows for which `condition` holds; columns are reached as `t.`. */
export const rows = ({ table }: SqlserverTarget, condition: string): string => `SELECT count(*) AS n FROM ${table} AS t WHERE ${condition}`

/** Indexes and defaults of the column: they would stop its removal. */
export const columnUse = ({ table }: SqlserverTarget, name: string): string => [
  `SELECT (SELECT count(*) FROM sys.index_columns AS i JOIN sys.columns AS c ON c.object_id = i.object_id AND c.column_id = i.column_id WHERE c.object_id = OBJECT_ID(${quoteText(table)}) AND c.name = ${quoteText(name)})`,
  `+ (SELECT count(*) FROM sys.columns AS c WHERE c.object_id = OBJECT_ID(${quoteText(table)}) AND c.name = ${quoteText(name)} AND c.default_object_id <> 0) AS n`,
].join(' ')

/** Views, procedures, functions and triggers that use the table and have the name in their text: nothing changes it there. */
export const namedInCode = ({ table }: SqlserverTarget, name: string): string =>
  `SELECT count(DISTINCT m.object_id) AS n FROM sys.sql_expression_dependencies AS d JOIN sys.sql_modules AS m ON m.object_id = d.referencing_id WHERE d.referenced_id = OBJECT_ID(${quoteText(table)}) AND CHARINDEX(${quoteText(name)}, m.definition) > 0`

export const renamed = (from: string, to: string, kind?: string): string => `EXEC sp_rename ${quoteText(from)}, ${quoteText(to)}${kind === undefined ? '' : `, '${kind}'`}`
