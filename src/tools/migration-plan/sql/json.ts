import type { Target } from '../target.ts'
import { quoteText } from './identifiers.ts'

/** 0 when the column exists and is jsonb: json has no way to set a key. */
export const isJsonb = (target: Target, name: string): string =>
  `SELECT (count(*) = 0)::int AS n FROM pg_attribute WHERE attrelid = ${target.asRegclass} AND attname = ${quoteText(name)} AND atttypid = 'jsonb'::regtype`

/** The document with the key set to a value of type jsonb, all given as SQL. */
export const put = (document: string, key: string, value: string): string => `(${document}) || jsonb_build_object(${key}::text, ${value})`
