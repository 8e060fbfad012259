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
  "SELECT (SELECT count(*) FROM pg_depend d LEFT JOIN pg_constraint c ON d.classid = 'pg_constraint'::regclass AND c.oid = d.objid",
  // PostgreSQL 18 lists NOT NULL as a constraint of its own.
  "WHERE d.refobjid = a.attrelid AND d.refobjsubid = a.attnum AND c.contype IS DISTINCT FROM 'n'",
  known.hasDefault ? "AND d.classid <> 'pg_attrdef'::regclass)" : ')',
  known.required ? '' : '+ a.attnotnull::int',
  `AS n FROM pg_attribute a WHERE a.attrelid = ${target.asRegclass} AND a.attname = ${quoteText(name)}`,
].filter((part) => part !== '').join(' ').replace(" )", ')')

/** Rows for which `condition` holds; columns are reached as `t.`. */
export const rowsWhere = (target: Target, condition: string): string => `SELECT count(*) AS n FROM ${target.table} AS t WHERE ${condition}`
