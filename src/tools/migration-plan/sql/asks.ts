import type { Target } from '../target.ts'
import { quoteText } from './identifiers.ts'

/** Questions to the database. Each is one query that returns one number, 0 when all is well. */

/** 0 when the column exists. */
export const columnMissing = (target: Target, name: string): string =>
  `SELECT (count(*) = 0)::int AS n FROM pg_attribute WHERE attrelid = ${target.asRegclass} AND attname = ${quoteText(name)} AND NOT attisdropped`

/** 0 when the index `quotedIndex` exists and is valid. */
export const indexUnusable = (quotedIndex: string): string =>
  `SELECT (count(*) = 0)::int AS n FROM pg_index WHERE indexrelid = to_regclass(${quoteText(quotedIndex)}) AND indisvalid`

/** 0 when nothing depends on the column that a copy of it would lack or that would stop its removal: indexes, checks, keys, views, and where asked a default or NOT NULL. */
export const copiedAlone = (target: Target, name: string, known: { readonly hasDefault: boolean, readonly required: boolean }): string => [
  "SELECT (SELECT count(*) FROM pg_depend LEFT JOIN pg_constraint ON classid = 'pg_constraint'::regclass AND oid = objid",
  // PostgreSQL 18 lists NOT NULL as a constraint of its own.
  "WHERE refobjid = attrelid AND refobjsubid = attnum AND contype IS DISTINCT FROM 'n'",
  known.hasDefault ? "AND classid <> 'pg_attrdef'::regclass)" : ')',
  known.required ? '' : '+ attnotnull::int',
  `AS n FROM pg_attribute WHERE attrelid = ${target.asRegclass} AND attname = ${quoteText(name)}`,
].filter((part) => part !== '').join(' ').replace(" )", ')')

/** 0 when the columns are gone. */
export const columnsLeft = (target: Target, ...names: readonly string[]): string =>
  `SELECT count(*) AS n FROM pg_attribute WHERE attrelid = ${target.asRegclass} AND attname IN (${names.map(quoteText).join(', ')}) AND NOT attisdropped`

/** 0 when the column takes no NULL. */
export const columnOptional = (target: Target, name: string): string =>
  `SELECT (count(*) = 0)::int AS n FROM pg_attribute WHERE attrelid = ${target.asRegclass} AND attname = ${quoteText(name)} AND attnotnull`

/** 0 when the column has the type, whatever its length. */
export const columnUnlike = (target: Target, name: string, type: string): string =>
  `SELECT (count(*) = 0)::int AS n FROM pg_attribute WHERE attrelid = ${target.asRegclass} AND attname = ${quoteText(name)} AND atttypid = ${quoteText(type)}::regtype`

/** 0 when the constraints stand and hold for every row. Names are unquoted. */
export const constraintsUnproved = (target: Target, ...names: readonly string[]): string =>
  `SELECT ${names.length} - count(*) AS n FROM pg_constraint WHERE conrelid = ${target.asRegclass} AND conname IN (${names.map(quoteText).join(', ')}) AND convalidated`

/** 0 when a table, view or index of that name is gone, and the other way round. */
export const relationLeft = (quoted: string): string => `SELECT (to_regclass(${quoteText(quoted)}) IS NOT NULL)::int AS n`
export const relationMissing = (quoted: string): string => `SELECT (to_regclass(${quoteText(quoted)}) IS NULL)::int AS n`

/** Rows for which `condition` holds; columns are reached as `t.`. */
export const rowsWhere = (target: Target, condition: string): string => `SELECT count(*) AS n FROM ${target.table} AS t WHERE ${condition}`

/**
 * Counts what a copy of several columns would lack, or what hinders their removal; 0 when there is nothing, and a column that does not exist counts too.
 * With `leaving` their own indexes and foreign keys may go with them.
 */
export const copiedApart = (target: Target, names: readonly string[], { required, leaving = false }: { readonly required: boolean, readonly leaving?: boolean }): string => [
  `SELECT ${names.length} - count(*) + coalesce(sum((SELECT count(*) FROM pg_depend d LEFT JOIN pg_constraint c ON d.classid = 'pg_constraint'::regclass AND c.oid = d.objid`,
  `WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = attrelid AND d.refobjsubid = attnum AND c.contype IS DISTINCT FROM 'n'${leaving ? " AND c.contype IS DISTINCT FROM 'f' AND NOT EXISTS (SELECT 1 FROM pg_index i WHERE d.classid = 'pg_class'::regclass AND i.indexrelid = d.objid AND i.indnatts = 1)" : ''})${required ? '' : ' + attnotnull::int'}), 0)`,
  `AS n FROM pg_attribute WHERE attrelid = ${target.asRegclass} AND attname IN (${names.map(quoteText).join(', ')})`,
].join(' ')
