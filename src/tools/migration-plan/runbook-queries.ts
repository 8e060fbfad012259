import { quoteText } from './sql/identifiers.ts'

/** Transactions, limits and replicas that hold a step up or break it off half-way. */
export const before: readonly (readonly [string, string])[] = [
  ['Open for more than a minute: short locks and index builds wait behind each of these. Wait, or end it with pg_terminate_backend(pid).',
    "SELECT pid, usename, application_name, state, now() - xact_start AS open_for, left(query, 60) AS query FROM pg_stat_activity WHERE xact_start < now() - interval '1 minute' AND pid <> pg_backend_pid() ORDER BY xact_start"],
  ['Prepared and forgotten: the same. No row is right.', 'SELECT gid, prepared, owner FROM pg_prepared_xacts'],
  ['Limits of the role that migrates, asked as that role. One that is set breaks off a long build: no row is right.',
    "SELECT name, setting, source FROM pg_settings WHERE name IN ('statement_timeout', 'lock_timeout', 'transaction_timeout') AND setting <> '0'"],
]

/** Vacuums of the table that run now. */
export const vacuuming = (table: string): string => `SELECT v.pid, v.phase, a.query FROM pg_stat_progress_vacuum v JOIN pg_stat_activity a USING (pid) WHERE v.relid = ${quoteText(table)}::regclass`

/** Makes an autovacuum give way after deadlock_timeout. The lock stops vacuums and changes of the schema, and no query. */
export const displace = (table: string): string => `BEGIN; SET LOCAL lock_timeout = '5s'; LOCK TABLE ${table} IN SHARE UPDATE EXCLUSIVE MODE; COMMIT`

/** Size of the table, for the disk and for the time that steps take. */
export const sizeOf = (table: string): string =>
  `SELECT reltuples::bigint AS rows, pg_size_pretty(pg_table_size(oid)) AS rows_take, pg_size_pretty(pg_indexes_size(oid)) AS indexes_take FROM pg_class WHERE oid = ${quoteText(table)}::regclass`
export const publishedIn = (table: string): string => `SELECT p.pubname FROM pg_publication p WHERE p.puballtables OR EXISTS (SELECT 1 FROM pg_publication_rel r WHERE r.prpubid = p.oid AND r.prrelid = ${quoteText(table)}::regclass)`

/** Who waits for whom while a step runs. */
export const waiting = 'SELECT pid, pg_blocking_pids(pid) AS waits_for, wait_event_type, now() - query_start AS for, left(query, 60) AS query FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0'
export const replicas = "SELECT application_name, state, replay_lag, pg_has_role('pg_monitor', 'USAGE') AS may_see_lag FROM pg_stat_replication"

/** Connections by age: one that is older than the end of the deploy may be the old version. */
export const connections =
  "SELECT application_name, usename, client_addr, count(*), min(backend_start) AS oldest FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' GROUP BY 1, 2, 3 ORDER BY oldest"
/** Queries that name a column; needs the extension. */
export const naming = (column: string): string => `SELECT calls, left(query, 80) AS query FROM pg_stat_statements WHERE query ILIKE ${quoteText(`%${column.replace(/([\\\\%_])/g, '\\$1')}%`)} ORDER BY calls DESC LIMIT 20`
/** Reads and writes of a table so far: asked twice, an hour apart. */
export const usage = (table: string): string =>
  `SELECT seq_scan + coalesce(idx_scan, 0) AS reads, n_tup_ins + n_tup_upd + n_tup_del AS writes, now() AS asked FROM pg_stat_user_tables WHERE relid = to_regclass(${quoteText(table)})`

/** Whatever hangs on the columns of a table, by name. */
const hanging = (table: string): string =>
  `SELECT a.attname AS column, pg_describe_object(d.classid, d.objid, d.objsubid) AS what FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = ${quoteText(table)}::regclass AND d.refobjsubid > 0 ORDER BY 1, 2`

/** What a query that must return 0 has counted, by name; undefined when there is nothing to list. */
export function listed(query: string, table: string | undefined): string | undefined {
  const rows = /^SELECT count\(\*\) AS n FROM (.* AS t\b.*)$/s.exec(query)
  if (rows !== null) return `SELECT t.* FROM ${rows[1]} LIMIT 20`
  const groups = /^SELECT count\(\*\) AS n FROM \(SELECT 1 FROM (.*) GROUP BY (.*) HAVING count\(\*\) > 1\) AS d$/s.exec(query)
  if (groups !== null) return `SELECT ${groups[2]}, count(*) FROM ${groups[1]} GROUP BY ${groups[2]} HAVING count(*) > 1 LIMIT 20`
  return table !== undefined && /pg_(depend|constraint|index)\b/.test(query) ? hanging(table) : undefined
}
