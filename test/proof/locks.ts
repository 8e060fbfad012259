import type { Client } from 'pg'
import { pause } from './traffic.ts'

/** Lock modes that make reads or writes of a table wait; nobody writes a materialized view, so there only the last does. */
export const blockingModes = "('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')"

const held = `
SELECT l.pid || ' ' || c.relname || ' ' || l.mode AS key, l.mode FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
WHERE l.locktype = 'relation' AND l.granted AND l.mode IN ${blockingModes} AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND c.relnamespace = 'public'::regnamespace AND (c.relkind = 'r' OR c.relkind = 'm' AND l.mode = 'AccessExclusiveLock')`

/** Rows read or written, by the transaction that asks, in those of the tables `$1` on which it holds a lock that makes others wait: nobody waits for a table that it made itself. Ask for `freshCounts` before it begins. */
export const rowsUnderLock = `
SELECT coalesce(sum(seq_tup_read + n_tup_ins + n_tup_upd), 0)::int AS n FROM pg_stat_xact_user_tables
WHERE relid = ANY($1::oid[]) AND EXISTS (SELECT 1 FROM pg_locks JOIN pg_class c ON c.oid = relation WHERE pid = pg_backend_pid() AND relation = relid AND granted AND mode IN ${blockingModes} AND (c.relkind = 'r' OR mode = 'AccessExclusiveLock'))`

/** Hands over what earlier transactions of the connection counted, as the server does once a second, and gives the tables that are there. */
export const freshCounts = 'SELECT (SELECT array_agg(relid) FROM pg_stat_user_tables) AS tables, pg_stat_force_next_flush()'

/** The blocking lock that was seen longest. */
export interface Held { readonly mode: string, readonly ms: number }

/** Samples the locks on tables every few milliseconds until asked for the longest. */
export function watchLocks(client: Client): () => Promise<Held> {
  let [running, longest]: [boolean, Held] = [true, { mode: 'none', ms: 0 }]
  const since = new Map<string, number>()
  const work = (async () => {
    while (running) {
      const { rows } = await client.query<{ key: string, mode: string }>(held)
      const now = performance.now()
      const seen = new Set(rows.map(({ key }) => key))
      for (const key of since.keys()) if (!seen.has(key)) since.delete(key)
      for (const { key, mode } of rows) {
        since.set(key, since.get(key) ?? now)
        const ms = now - (since.get(key) as number)
        if (ms > longest.ms || longest.mode === 'none') longest = { mode: mode.replace(/Lock$/, ''), ms }
      }
      await pause(10)
    }
    await client.end()
  })()
  return async () => { running = false; await work; return longest }
}
