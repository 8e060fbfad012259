import { valueFunction } from './values.ts'

/** Tables that migration tools keep for themselves. */
const bookkeeping = "'^(schema_migrations|ar_internal_metadata|pgmigrations|knex_migrations(_lock)?|migrations|alembic_version|django_migrations|flyway_schema_history|__EFMigrationsHistory|_prisma_migrations|migration_progress)$'"
/** Rows in a database from which it holds more than somebody could have seeded. */
const realRows = 100_000

/**
 * Functions for the session of a seed. `pg_temp.seed(rows, factories)` fills every table of the schema, parents first, and returns how many tables;
 * rows that are there are set back to what they should be.
 */
export const seedFunctions = [
  valueFunction,
  `CREATE OR REPLACE FUNCTION pg_temp.seed(rows_wanted int, factories jsonb) RETURNS int LANGUAGE plpgsql AS $seed$
DECLARE
  waiting regclass[] := ARRAY(SELECT c.oid::regclass FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname !~ ${bookkeeping}
    AND EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary) ORDER BY c.relname);
  ready regclass[] := '{}';
  tbl regclass;
  col record;
  names text[];
  vals text[];
  sets text[];
  expression text;
BEGIN
  IF current_database() ~* '(^|[^a-z])(prod|production|live)([^a-z]|$)' THEN RAISE EXCEPTION 'Refused: database % looks like production.', current_database(); END IF;
  IF (SELECT sum(greatest(reltuples, 0)) FROM pg_class WHERE oid = ANY (waiting)) > ${realRows} THEN RAISE EXCEPTION 'Refused: more rows than seeds would make.'; END IF;
  LOOP
    tbl := NULL;
    -- Next a table whose parents are there; when a circle is left, one whose keys to the others may be empty.
    SELECT w INTO tbl FROM unnest(waiting) WITH ORDINALITY AS x(w, place) WHERE NOT w = ANY (ready) ORDER BY
      EXISTS (SELECT 1 FROM pg_constraint c JOIN pg_attribute k ON k.attrelid = w AND k.attnum = ANY (c.conkey) WHERE c.conrelid = w AND c.contype = 'f' AND c.confrelid <> w AND NOT c.confrelid = ANY (ready) AND k.attnotnull),
      EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conrelid = w AND c.contype = 'f' AND c.confrelid <> w AND NOT c.confrelid = ANY (ready)), place LIMIT 1;
    EXIT WHEN tbl IS NULL;
    names := '{}'; vals := '{}'; sets := '{}';
    FOR col IN SELECT a.attname, a.attnum, a.attidentity, a.attnum = ANY (i.indkey) AS is_key FROM pg_attribute a JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary WHERE a.attrelid = tbl AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum LOOP
      expression := pg_temp.seed_value(tbl, col.attname, ready, rows_wanted, factories);
      CONTINUE WHEN expression IS NULL;
      names := names || format('%I', col.attname);
      vals := vals || format('(%s)::%s', expression, (SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = tbl AND attnum = col.attnum));
      IF NOT col.is_key AND col.attidentity <> 'a' THEN sets := sets || format('%I = excluded.%I', col.attname, col.attname); END IF;
    END LOOP;
    EXECUTE format('INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM generate_series(1, %s) AS n ON CONFLICT (%s) DO %s', tbl, array_to_string(names, ', '), array_to_string(vals, ', '), rows_wanted,
      (SELECT string_agg(format('%I', a.attname), ', ') FROM pg_index i JOIN pg_attribute a ON a.attrelid = tbl AND a.attnum = ANY (i.indkey) WHERE i.indrelid = tbl AND i.indisprimary),
      CASE WHEN sets = '{}' THEN 'NOTHING' ELSE 'UPDATE SET ' || array_to_string(sets, ', ') END);
    -- Numbers given out later come after those of the seeds.
    FOR col IN SELECT a.attname, pg_get_serial_sequence(tbl::text, a.attname) AS sequence FROM pg_attribute a WHERE a.attrelid = tbl AND a.attnum > 0 AND NOT a.attisdropped AND pg_get_serial_sequence(tbl::text, a.attname) IS NOT NULL LOOP
      EXECUTE format('SELECT setval(%L, greatest((SELECT max(%I) FROM %s), (SELECT last_value FROM %s)))', col.sequence, col.attname, tbl, col.sequence);
    END LOOP;
    ready := ready || tbl;
  END LOOP;
  RETURN coalesce(array_length(ready, 1), 0);
END $seed$`,
]
