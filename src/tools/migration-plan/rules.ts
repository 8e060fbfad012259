/** How much ceremony a change needs on this system, from one short migration (L0) to a throttled background job (L4). */
export type Level = 'L0' | 'L1' | 'L2' | 'L3' | 'L4'

/** Rows up to which a scan or an index build is over before anybody notices, where nobody measured how long it takes. */
export const smallTableRows = 100_000
/** A statement that took less than this for a million rows reads none of them: it takes as long for a billion. */
export const catalogueMs = 20
/** Writes a second from which a table counts as hot whatever its size. */
export const hotWritesPerSecond = 50
/** Rows and writes a second from which work on rows becomes a throttled background job. */
export const hugeTableRows = 100_000_000
export const hugeWritesPerSecond = 1000
/** Rows assumed when nobody gave a number, up to the stage named; later an unknown table is taken as large. */
export const assumedRows = { mvp: 10_000, early: 100_000 } as const

/** Seconds for which queries may be kept waiting, by the word a team uses; a tenth of one is not felt. */
export const toleratedSeconds = { none: 0.1, seconds: 5, minutes: 120, window: 1800 } as const

/**
 * Milliseconds a statement may wait for its lock before it gives up and is tried again. Well below the second after which PostgreSQL looks for
 * deadlocks: a migration that needs two tables then gives way before a query of the application is ended for it.
 */
export const lockTimeoutMs = 500
/** The same for MySQL and MariaDB, whose shortest is a second. */
export const lockWaitSeconds = 1
/** Tries before the step fails for good, with a pause of one to two seconds between them. */
export const lockRetries = 30
/** Rows in one batch of a backfill, and the pause after it in seconds; smaller and longer for a huge or hot table. */
export const batch = { rows: 5000, pauseSeconds: 0.05 } as const
export const gentleBatch = { rows: 1000, pauseSeconds: 0.2 } as const
/** Most rows in one batch that works on two tables: a row takes more than twice as long there, and whoever writes it waits for its batch. */
export const twoTableRows = 2000

/** Highest value of an integer key. */
export const maxInteger = 2_147_483_647
/** Share of the range above which a key counts as running out. */
export const keyNearlyFull = 0.7

/** What a phase does when it goes wrong; words in render-plan.ts. */
export type FailureId = 'retry-lock' | 'drop-invalid-index' | 'fix-rows' | 'resume-backfill' | 'wait-for-old-version' | 'forward-only' | 'stop-and-ask' | 'before-the-bound'

/** What the application has to do when it is deployed with a phase; words in render-plan.ts. */
export type ApplicationId =
  | 'use-new-column' | 'cast-to-new-type' | 'read-as-new-type' | 'use-new-name' | 'stop-using' | 'handle-refusal' | 'accept-null' | 'accept-new-value' | 'send-the-value' | 'accept-bigint' | 'stop-writing-value' | 'forget-value' | 'write-within-limit'
  | 'write-both' | 'read-new-only' | 'filter-deleted' | 'send-tenant' | 'use-new-table' | 'use-join-table' | 'use-column' | 'use-new-key' | 'sort-by-collation' | 'mark-deleted' | 'encrypt-old-rows' | 'write-both-fields' | 'read-new-field' | 'accept-new-type' | 'expect-expiry'

/** Why a tool was chosen; words in render.ts. */
export type ToolReason = 'pinned' | 'in-use' | 'in-stack' | 'house-rule' | 'default-for-stack' | 'replaces-unfit' | 'no-database'
