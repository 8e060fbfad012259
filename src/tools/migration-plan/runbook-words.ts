import type { Duration } from './durations.ts'
import type { Phase } from './sql/statement.ts'

/** What a person has to know of one change before it is too late, besides its steps. `{table}` is the table. */
const notes: Readonly<Record<string, readonly string[]>> = {
  'add-check': ['A check takes a row whose value is NULL: add set-not-null where that is wrong.'],
  'add-foreign-key': ['Deletes on the other table look for rows here from now on. Delete children first, in code too.'],
  'add-tenant-id': ['Whoever does not set app.tenant_id gets an error once row security is on: jobs, reports, consoles. Try them on a copy.', 'pg_dump stops at a table with row security: give the role of the backup BYPASSRLS before the last step.'],
  'backfill-only': ['The values before are not kept. Copy key and column into a table of their own first if somebody may ask for them.'],
  'drop-column': ['Indexes and constraints of several columns go with any of them: the first query counts those.', 'The values stay on disk until the rows are written again, and in backups until those expire.'],
  'drop-foreign-key': ['Both tables are locked for a moment, the other one too.'],
  'drop-index': ['The counters begin at the last reset: they have to be older than your rarest job. Ask each replica too, they count for themselves. `SELECT stats_reset FROM pg_stat_database WHERE datname = current_database()`'],
  'drop-table': ['Its own foreign keys go first: otherwise deletes elsewhere would stop at rows that no code looks after any more. Their definitions are kept for the way back.', 'Take a dump of it before the last step: `pg_dump -t`.'],
  'encrypt-column': ['The plain text stays on disk until the rows are written again (VACUUM FULL locks the table, pg_repack does not), and in backups and archived WAL until those expire.'],
  'enum-remove-value': ['Which rows had the value is not kept. Copy their keys first if somebody may ask.'],
  'partition-existing-table': ['Make the next partitions before they are needed: rows that find none land in the default one, and that one has to be scanned when theirs is made.', 'Settings of autovacuum and fillfactor do not come along.'],
  'pk-int-to-bigint': ['Columns elsewhere that hold this key stay integer, foreign keys or not. Widen them too (type-change-rewrite) before the key passes 2,147,483,647.'],
  'purge-rows': ['Rows are gone for good: copy them into a table of their own first if somebody may ask.', 'The space is free for new rows of this table, not for the disk.'],
  'rename-table': ['The view takes no TRUNCATE and no COPY FROM. Sequences and indexes keep their old names. A subscriber of a published table needs the new name first.'],
  'serial-to-identity': ['The sequence is a new one with the same name, numbers and rights. Code that asks it with nextval goes on.'],
  'soft-delete': ['Foreign keys do not see that a row is deleted, and reports count it until they filter.'],
  'type-narrow': ['The type stays as it is: a check holds the limit, so no value is cut.'],
  'view-or-matview-change': ['Indexes of the old materialized view beside the one on its key, comments and rules do not come along. Let the job that refreshes it know nothing of the old one.'],
}
export const notesOf = (change: string): readonly string[] => notes[change] ?? []

const minutes = (ms: number): string => (ms < 1000 ? 'under a second' : ms < 90_000 ? `about ${Math.round(ms / 1000)} s` : ms < 5_400_000 ? `about ${Math.round(ms / 60_000)} min` : `about ${Math.round(ms / 3_600_000)} h`)

/** How long, and where that comes from. */
export function durationWords(duration: Duration, rows: number | null): string {
  if (duration.kind === 'catalogue') return 'milliseconds once it has its lock, however many rows there are'
  if (duration.kind === 'unknown') return 'unknown, it grows with the rows: time it on a copy'
  const basis = `${duration.rate.toLocaleString('en-US')} ms for a million narrow rows, measured on 2 cores`
  const pauses = duration.pauseSeconds === 0 || rows === null ? '' : `; ${minutes((rows / 1_000_000) * duration.pauseSeconds * 1000)} of pauses alone at this pace`
  return rows === null ? `${basis}; multiply by yours, then time it on a copy` : `${minutes((rows / 1_000_000) * Math.max(duration.rate, duration.pauseSeconds * 1000))} (${rows.toLocaleString('en-US')} rows, ${basis}${pauses}); time it on a copy`
}

const has = (phase: Phase, shape: RegExp): boolean => phase.statements.some(({ sql }) => shape.test(sql))

/** When to stop, besides what the phase says of its failure. */
export const stopsOf = (phase: Phase): readonly string[] => [
  ...(has(phase, /NOT VALID$/) ? ['From here new rows that break the rule are refused (23502, 23503, 23514 in the log). Undo at the first one that running code caused.'] : []),
  ...(has(phase, /CREATE TRIGGER/) ? ['Undo when the log names the function of the trigger, or writes become noticeably slower.'] : []),
  ...(phase.phase === 'backfill' ? ['Stop it when replicas fall behind, the disk fills or queries slow down; start it again later.'] : []),
  ...(has(phase, /DROP (COLUMN|TABLE|VIEW|MATERIALIZED)|RENAME (TO|COLUMN)/) ? ['Code that still names it fails at once (42703, 42P01 in the log).'] : []),
]
