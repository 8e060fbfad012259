/**
 * A function for the session of a seed: the SQL that gives the n-th row of a table its value. Rows depend on nothing but their number, so a second
 * run writes the same ones. `factories` has the expressions that people wrote, under `table.column`.
 */
export const valueFunction = `CREATE OR REPLACE FUNCTION pg_temp.seed_value(tbl regclass, col name, ready regclass[], rows_wanted int, factories jsonb) RETURNS text LANGUAGE plpgsql AS $seed$
DECLARE
  a record;
  fk record;
  own text;
  other text;
BEGIN
  own := factories ->> (tbl::text || '.' || col);
  IF own IS NOT NULL THEN RETURN '(' || own || ')'; END IF;
  SELECT att.attnum, att.attnotnull, att.atthasdef, att.atttypmod, base.oid AS base, base.typname, base.typtype, base.typcategory,
    EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = tbl AND i.indisunique AND att.attnum = ANY (i.indkey)) AS is_unique
    INTO a FROM pg_attribute att JOIN pg_type t ON t.oid = att.atttypid JOIN pg_type base ON base.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END WHERE att.attrelid = tbl AND att.attname = col;
  SELECT c.confrelid::regclass AS parent, p.attname AS name INTO fk FROM pg_constraint c JOIN pg_attribute p ON p.attrelid = c.confrelid AND p.attnum = c.confkey[array_position(c.conkey, a.attnum)]
    WHERE c.conrelid = tbl AND c.contype = 'f' AND a.attnum = ANY (c.conkey) ORDER BY array_length(c.conkey, 1) DESC, c.oid LIMIT 1;
  IF FOUND THEN
    IF NOT fk.parent = ANY (ready) THEN
      IF NOT a.attnotnull THEN RETURN 'NULL'; END IF;
      IF fk.parent <> tbl OR fk.name = col THEN RAISE EXCEPTION 'Row of % needs a row of % that is not there yet: give %.% a factory.', tbl, fk.parent, tbl, col; END IF;
    END IF;
    other := pg_temp.seed_value(fk.parent, fk.name, ready, rows_wanted, factories);
    -- One row each where the key must be unique, else spread over the parents.
    RETURN CASE WHEN a.is_unique OR fk.parent = tbl THEN other ELSE format('(SELECT %s FROM (SELECT 1 + (n * 7) %% %s AS n) AS spread)', other, rows_wanted) END;
  END IF;
  own := CASE
    WHEN a.typtype = 'e' THEN format('(enum_range(NULL::%s))[1 + n %% array_length(enum_range(NULL::%s), 1)]', a.base::regtype, a.base::regtype)
    WHEN a.typcategory = 'A' THEN quote_literal('{}')
    WHEN a.typname IN ('int4', 'int8') THEN 'n'
    WHEN a.typname = 'int2' THEN 'n % 32000'
    WHEN a.typname IN ('float4', 'float8', 'money') THEN '(n % 1000)::float8::numeric'
    WHEN a.typname = 'numeric' THEN CASE WHEN a.is_unique THEN 'n' ELSE 'n % 10' END
    WHEN a.typname = 'bool' THEN 'n % 2 = 0'
    WHEN a.typname = 'uuid' THEN format('md5(%L || n)::uuid', tbl::text || '.' || col || '.')
    WHEN a.typname IN ('timestamptz', 'timestamp', 'date') THEN format('timestamptz %L + n * interval %L', '2026-01-01 00:00:00+00', CASE a.typname WHEN 'date' THEN '1 day' ELSE '1 hour' END)
    WHEN a.typname IN ('time', 'timetz') THEN format('time %L + n * interval %L', '08:00', '1 minute')
    WHEN a.typname = 'interval' THEN format('n * interval %L', '1 minute')
    WHEN a.typname IN ('json', 'jsonb') THEN quote_literal('{}')
    WHEN a.typname = 'bytea' THEN format('decode(md5(n::text), %L)', 'hex')
    WHEN a.typname IN ('inet', 'cidr') THEN format('(%L || n %% 250)::inet', '192.0.2.')
    -- Addresses and numbers nobody has.
    WHEN a.typcategory = 'S' THEN CASE
      WHEN a.atttypmod BETWEEN 5 AND 23 THEN format('left(%L || md5(n::text), %s)', left(col, (a.atttypmod - 4) / 3), a.atttypmod - 4)
      WHEN col ~* 'e?mail' THEN format('%L || n || %L', 'user', '@example.com')
      WHEN col ~* 'phone|mobile' THEN format('%L || lpad(n::text, 7, %L)', '+1555', '0')
      WHEN col ~* 'url|link' THEN format('%L || n', 'https://example.com/')
      ELSE format('%L || n', replace(col, '_', ' ') || ' ') END
  END;
  IF own IS NULL AND a.attnotnull AND NOT a.atthasdef THEN RAISE EXCEPTION 'No value for %.%: give it a factory.', tbl, col; END IF;
  RETURN own;
END $seed$`
