import type { Batches } from '../sql/statement.ts'

/** A backfill as a program of its own: can be stopped at any moment and goes on after the last batch it committed. */
export interface Job {
  /** Name under which it notes how far it got: letters, digits, underscores. */
  readonly name: string
  readonly batches: Batches
}

/** Seconds of lag of a replica from which a job waits; seconds between two lines of progress; seconds one batch may take. */
export const maxLagSeconds = 5
export const reportSeconds = 5
export const batchSeconds = 60

/** Where jobs note how far they got: in the schema that comes first for whoever runs them. */
export const progressTable = 'CREATE TABLE IF NOT EXISTS migration_progress (job text PRIMARY KEY, last_key text, rows_done bigint NOT NULL DEFAULT 0, changed_at timestamptz NOT NULL DEFAULT now())'
export const noteProgress = (values: string): string =>
  `INSERT INTO migration_progress AS p (job, last_key, rows_done) VALUES (${values}) ON CONFLICT (job) DO UPDATE SET last_key = excluded.last_key, rows_done = p.rows_done + excluded.rows_done, changed_at = now()`

/** First and last key and number of rows of the next batch, which it locks in the order of the keys. `after` is the parameter for the key before it, `last` the one for the end. */
export const nextBatch = ({ table, key }: Batches, size: string, after: string | undefined, last: string): string =>
  `SELECT (array_agg(b.k::text ORDER BY b.k))[1], (array_agg(b.k::text ORDER BY b.k DESC))[1], count(*)::int FROM (SELECT t.${key} AS k FROM ${table} t WHERE ${after === undefined ? '' : `t.${key} > ${after} AND `}t.${key} <= ${last} ORDER BY 1 LIMIT ${size} FOR NO KEY UPDATE) b`
export const lastKey = ({ table, key }: Batches): string => `SELECT t.${key}::text FROM ${table} t ORDER BY t.${key} DESC LIMIT 1`
export const estimatedRows = (table: string): string => `SELECT greatest(reltuples, 0)::float8 FROM pg_class WHERE oid = ${table}::regclass`
export const replicaLag = 'SELECT coalesce(max(extract(epoch FROM replay_lag)), 0)::float8 FROM pg_stat_replication'
/** Replicas whose lag is not shown to this role: without a right to see it the lag reads as none. */
export const unseenReplicas = 'SELECT count(*) FILTER (WHERE state IS NULL)::int FROM pg_stat_replication'
/** How many times longer a job pauses that cannot see how far replicas are. */
export const blindPauses = 10
export const blindWarning = 'replicas hide their lag from this role, so the job cannot wait for them and pauses ten times as long. Watch them yourself, or stop it, GRANT pg_monitor to the role and start it again.'
export const jobLock = (name: string): string => `hashtextextended('${name}', 0)`
