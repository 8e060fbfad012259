import type { Target } from '../target.ts'
import { quoteText } from './identifiers.ts'

/** Questions to the database. Each is one query that returns one number, 0 when all is well. */

/** 0 when the column exists. */
export const columnMissing = (target: Target, name: string): string =>
  `SELECT (count(*) = 0)::int AS n FROM pg_attribute WHERE attrelid = ${target.asRegclass} AND attname = ${quoteText(name)} AND NOT attisdropped`

/** 0 when the index `quotedIndex` exists and is valid. */
export const indexUnusable = (quotedIndex: string): string =>
  `SELECT (count(*) = 0)::int AS n FROM pg_index WHERE indexrelid = to_regclass(${quoteText(quotedIndex)}) AND indisvalid`

/** 0 when nothing depends on the column that a copy of it would lack: indexes, checks, keys, and where asked a default or NOT NULL. */
export const copiedAlone = (target: Target, name: string, known: { readonly hasDefault: boolean, readonly required: boolean }): string => [
  'SELECT (SELECT count(*) FROM pg_index i WHERE i.indrelid = a.attrelid AND a.attnum = ANY (i.indkey))',
  "+ (SELECT count(*) FROM pg_constraint c WHERE c.contype IN ('c', 'f') AND (c.conrelid = a.attrelid AND a.attnum = ANY (c.conkey) OR c.confrelid = a.attrelid AND a.attnum = ANY (c.confkey)))",
  known.hasDefault ? '' : '+ a.atthasdef::int',
  known.required ? '' : '+ a.attnotnull::int',
  `AS n FROM pg_attribute a WHERE a.attrelid = ${target.asRegclass} AND a.attname = ${quoteText(name)}`,
].filter((part) => part !== '').join(' ')

/** Rows for which `condition` holds; columns are reached as `t.`. */
export const rowsWhere = (target: Target, condition: string): string => `SELECT count(*) AS n FROM ${target.table} AS t WHERE ${condition}`
