/** What a schema is, without what migration tools and backfills note in it. The order of columns may differ after a way back. */
const own = "NOT LIKE ALL (ARRAY['pgmigrations%', 'knex_migrations%', 'migrations', 'migrations_%', 'PK\_________________%', 'schema_migrations%', 'alembic_version%', 'migration_progress%', 'django_migrations%', 'ar_internal_metadata%', '\_prisma_migrations%'])"
export const fingerprint = `
  SELECT 'c', c.relname, c.relkind, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum WHERE c.relnamespace = 'public'::regnamespace AND c.relname ${own} ORDER BY 2, 4;
  SELECT 'k', conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conname ${own} ORDER BY 2;
  SELECT 'i', pg_get_indexdef(indexrelid), indisvalid FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE c.relnamespace = 'public'::regnamespace AND c.relname ${own} ORDER BY 2;
  SELECT 't', tgname, tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal ORDER BY 2; SELECT 'f', proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 2;
  SELECT 'e', enumlabel FROM pg_enum ORDER BY enumtypid, enumsortorder;`
