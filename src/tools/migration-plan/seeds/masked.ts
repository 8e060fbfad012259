/**
 * A part of production's rows in a schema of its own, with every row that they refer to and nothing readable but what was listed. It runs
 * where production's data may be, so that only the result leaves.
 */
export const maskedSubset = `-- A masked part of production for staging. Run it inside production's own boundary (its account and network), on a restored copy, never on
-- production itself; only the schema "masked" leaves:  pg_dump --schema=masked. Masked rows are still personal data where people can be told apart.
--   psql "$COPY_DATABASE_URL" -f db/seeds/masked-subset.sql
\\set ON_ERROR_STOP on
-- Rows of each table to begin with; what they refer to comes along.
\\set rows 1000
-- Columns that hold nothing about a person, as table.column. Everything else but keys, booleans and enums is masked.
\\set keep '{}'

BEGIN;
CREATE SCHEMA masked;
-- Thrown away at the end: nobody can work out a value from its mask.
CREATE TEMP TABLE salt ON COMMIT DROP AS SELECT gen_random_uuid()::text || gen_random_uuid()::text AS value;
CREATE TEMP TABLE picked (tbl oid, row_id tid, PRIMARY KEY (tbl, row_id)) ON COMMIT DROP;
CREATE FUNCTION pg_temp.tables() RETURNS SETOF oid LANGUAGE sql AS $mask$
  SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' ORDER BY relname
$mask$;
CREATE FUNCTION pg_temp.pick(rows_wanted int) RETURNS void LANGUAGE plpgsql AS $mask$
DECLARE
  t oid;
  fk record;
  found_rows bigint;
  added bigint;
BEGIN
  FOR t IN SELECT pg_temp.tables() LOOP
    EXECUTE format('INSERT INTO picked SELECT %s, ctid FROM %s ORDER BY md5(ctid::text) LIMIT %s', t, t::regclass, rows_wanted);
  END LOOP;
  LOOP
    added := 0;
    FOR fk IN SELECT conrelid, confrelid, (SELECT string_agg(format('c.%I = p.%I', ca.attname, pa.attname), ' AND ') FROM unnest(conkey, confkey) AS k(c, p) JOIN pg_attribute ca ON ca.attrelid = conrelid AND ca.attnum = k.c JOIN pg_attribute pa ON pa.attrelid = confrelid AND pa.attnum = k.p) AS same
      FROM pg_constraint WHERE contype = 'f' AND conrelid IN (SELECT pg_temp.tables()) AND confrelid IN (SELECT pg_temp.tables()) LOOP
      EXECUTE format('INSERT INTO picked SELECT DISTINCT %s, p.ctid FROM picked k JOIN %s c ON c.ctid = k.row_id JOIN %s p ON %s WHERE k.tbl = %s ON CONFLICT DO NOTHING', fk.confrelid, fk.conrelid::regclass, fk.confrelid::regclass, fk.same, fk.conrelid);
      GET DIAGNOSTICS found_rows = ROW_COUNT;
      added := added + found_rows;
    END LOOP;
    EXIT WHEN added = 0;
  END LOOP;
END $mask$;
CREATE FUNCTION pg_temp.mask(t oid, col name, keep text[]) RETURNS text LANGUAGE plpgsql AS $mask$
DECLARE
  a record;
  hash text := format('md5((SELECT value FROM salt) || %I::text)', col);
BEGIN
  SELECT att.attnotnull, att.atttypmod, ty.typname, ty.typtype, ty.typcategory,
    EXISTS (SELECT 1 FROM pg_constraint c WHERE (c.conrelid = t AND c.contype IN ('p', 'f') AND att.attnum = ANY (c.conkey)) OR (c.confrelid = t AND att.attnum = ANY (c.confkey))) AS is_key
    INTO a FROM pg_attribute att JOIN pg_type ty ON ty.oid = att.atttypid WHERE att.attrelid = t AND att.attname = col;
  IF t::regclass::text || '.' || col = ANY (keep) OR a.typtype = 'e' OR a.typname = 'bool' THEN RETURN format('%I', col); END IF;
  -- The same value gets the same mask everywhere, so keys still meet.
  IF a.typname = 'uuid' THEN RETURN hash || '::uuid'; END IF;
  IF a.typcategory = 'S' THEN
    RETURN format('CASE WHEN %I IS NOT NULL THEN left(%s%s, %s) END', col, hash, CASE WHEN col ~* 'e?mail' AND NOT a.is_key THEN ' || ''@example.com''' ELSE '' END, CASE WHEN a.atttypmod > 4 THEN a.atttypmod - 4 ELSE 64 END);
  END IF;
  IF a.is_key AND a.typcategory = 'N' THEN RETURN format('%I', col); END IF;
  RETURN CASE
    WHEN a.typcategory = 'N' THEN format('CASE WHEN %I IS NOT NULL THEN (%L || left(%s, 4))::bit(16)::int %% 100 END', col, 'x', hash)
    WHEN a.typcategory = 'D' AND a.typname NOT IN ('time', 'timetz') THEN format('date_trunc(%L, %I)', 'year', col)
    WHEN a.typname IN ('json', 'jsonb') THEN format('CASE WHEN %I IS NOT NULL THEN %L::%s END', col, '{}', a.typname)
    WHEN a.typname = 'bytea' THEN format('CASE WHEN %I IS NOT NULL THEN %L::bytea END', col, '')
    WHEN a.typname IN ('inet', 'cidr') THEN format('CASE WHEN %I IS NOT NULL THEN %L::inet END', col, '192.0.2.1')
    WHEN a.typcategory = 'A' THEN format('CASE WHEN %I IS NOT NULL THEN %L::%s END', col, '{}', a.typname)
    WHEN a.attnotnull THEN NULL ELSE 'NULL' END;
END $mask$;
CREATE FUNCTION pg_temp.copy(keep text[]) RETURNS void LANGUAGE plpgsql AS $mask$
DECLARE
  t oid;
  fk record;
  columns text;
  masks text;
  unknown text;
  orphans bigint;
BEGIN
  FOR t IN SELECT pg_temp.tables() LOOP
    SELECT string_agg(format('%I', attname), ', ' ORDER BY attnum), string_agg(pg_temp.mask(t, attname, keep), ', ' ORDER BY attnum), string_agg(attname, ', ') FILTER (WHERE pg_temp.mask(t, attname, keep) IS NULL) INTO columns, masks, unknown
      FROM pg_attribute WHERE attrelid = t AND attnum > 0 AND NOT attisdropped AND attgenerated = '';
    IF unknown IS NOT NULL THEN RAISE EXCEPTION 'No mask for the type of % in %: keep it, or drop it from the copy.', unknown, t::regclass; END IF;
    CONTINUE WHEN columns IS NULL;
    EXECUTE format('CREATE TABLE masked.%I (LIKE %s INCLUDING GENERATED INCLUDING INDEXES)', (SELECT relname FROM pg_class WHERE oid = t), t::regclass);
    EXECUTE format('INSERT INTO masked.%I (%s) SELECT %s FROM %s WHERE ctid IN (SELECT row_id FROM picked WHERE tbl = %s)', (SELECT relname FROM pg_class WHERE oid = t), columns, masks, t::regclass, t);
  END LOOP;
  FOR fk IN SELECT conname, (SELECT relname FROM pg_class WHERE oid = conrelid) AS child, (SELECT relname FROM pg_class WHERE oid = confrelid) AS parent,
    (SELECT string_agg(format('p.%I = c.%I', pa.attname, ca.attname), ' AND ') FROM unnest(conkey, confkey) AS k(c, p) JOIN pg_attribute ca ON ca.attrelid = conrelid AND ca.attnum = k.c JOIN pg_attribute pa ON pa.attrelid = confrelid AND pa.attnum = k.p) AS same,
    (SELECT string_agg(format('c.%I IS NOT NULL', ca.attname), ' AND ') FROM unnest(conkey) AS k(c) JOIN pg_attribute ca ON ca.attrelid = conrelid AND ca.attnum = k.c) AS given
    FROM pg_constraint WHERE contype = 'f' AND conrelid IN (SELECT pg_temp.tables()) AND confrelid IN (SELECT pg_temp.tables()) LOOP
    EXECUTE format('SELECT count(*) FROM masked.%I c WHERE %s AND NOT EXISTS (SELECT 1 FROM masked.%I p WHERE %s)', fk.child, fk.given, fk.parent, fk.same) INTO orphans;
    IF orphans > 0 THEN RAISE EXCEPTION '% rows of % refer to none of %.', orphans, fk.child, fk.parent; END IF;
  END LOOP;
END $mask$;
SELECT pg_temp.pick(:rows);
SELECT pg_temp.copy(:'keep');
COMMIT;`
