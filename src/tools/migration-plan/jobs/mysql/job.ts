import type { Batches } from '../../sql/statement.ts'

/** Running queries from which a job waits: the server has enough to do. */
export const busyThreads = 25
/** Seconds after which a batch was too large: the next one has half the rows. */
export const slowBatchSeconds = 1
/** What makes a batch worth another try: no lock in time, a deadlock. */
export const retryCodes = [1205, 1213] as const

/** Where jobs note how far they got. */
export const progressTable = 'CREATE TABLE IF NOT EXISTS migration_progress (job varchar(190) PRIMARY KEY, last_key varchar(512), rows_done bigint NOT NULL DEFAULT 0, changed_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP)'
export const noteProgress = (job: string, key: string, count: string): string =>
  `INSERT INTO migration_progress (job, last_key, rows_done) VALUES (${job}, ${key}, ${count}) ON DUPLICATE KEY UPDATE last_key = VALUES(last_key), rows_done = rows_done + VALUES(rows_done)`
/** Short waits for locks, and no locks on the gaps between rows. */
export const sessionSettings = 'SET SESSION innodb_lock_wait_timeout = 1, transaction_isolation = \'READ-COMMITTED\''
export const sessionSettingsOnMariaDb = "SET SESSION innodb_lock_wait_timeout = 1, tx_isolation = 'READ-COMMITTED'"

/** First and last key and number of rows of the next batch, up to the number that is its limit. */
export const nextBatch = ({ table, key }: Batches, after: string | undefined, last: string): string =>
  `SELECT CAST(min(b.k) AS CHAR), CAST(max(b.k) AS CHAR), count(*) FROM (SELECT t.${key} AS k FROM ${table} AS t WHERE ${after === undefined ? '' : `t.${key} > ${after} AND `}t.${key} <= ${last} ORDER BY t.${key} LIMIT `
export const endOfBatch = ') AS b'
export const lastKey = ({ table, key }: Batches): string => `SELECT CAST(max(t.${key}) AS CHAR) FROM ${table} AS t`
/** Names of locks end at 64 characters. */
export const jobLock = (name: string): string => `SHA1(CONCAT(DATABASE(), ' ${name}'))`
export const migrationLock = "SHA1(CONCAT('migrations of ', DATABASE()))"
