import type { Conflict } from '../../core/result.ts'
import type { ConflictId, FoundConflict } from './conflicts.ts'

const words: Readonly<Record<ConflictId, { readonly problem: string, readonly resolution: string }>> = {
  'same-release-drop': { problem: 'While a deploy runs, the version before still uses what would be removed.', resolution: 'Remove it one release later, as here, or in a window.' },
  'instant-rollback-destructive': { problem: 'No rollback brings back what the contract step removed.', resolution: 'Rollback is instant up to that step: wait with it as long as you may want to go back.' },
  'down-for-drop': { problem: 'A down migration brings back the column or table, not what was in it.', resolution: 'Archive the data before the contract step, and write down that the way back is a restore.' },
  'recreate-is-downtime': { problem: 'A recreate deploy stops the application, and no downtime is accepted.', resolution: 'Deploy rolling or blue-green, or accept the seconds of the deploy.' },
  'transaction-pooler': { problem: 'Behind a transaction pooler session locks and settings are shared with other clients: a second runner got the same lock.', resolution: 'Give the migration job the direct database URL (DIRECT_DATABASE_URL); the application keeps the pooler.' },
  'no-concurrent-index': { problem: 'The tool runs all files in one transaction, and an index built without blocking writes refuses a transaction.', resolution: 'Run that one statement with psql before the release, then record it with an empty migration.' },
  'database-end-of-life': { problem: 'This version of the database gets no security fixes any more.', resolution: 'Plan the upgrade first; rehearse this change on the version you will run.' },
  'key-nearly-full': { problem: 'An integer key ends at 2,147,483,647, and then every insert fails.', resolution: 'Put pk-int-to-bigint before this change, with the columns that refer to the key.' },
  'duplicates-with-unique': { problem: 'A unique index cannot be built over duplicates, and refuses new ones while it is being built.', resolution: 'Settle the duplicates first and deploy code that handles the conflict; the first query of the plan counts them.' },
  'no-shell-for-migrations': { problem: 'Shared web hosting starts no command, so the tool cannot run there.', resolution: 'Back up, close the site, then apply the files from a page that only you can open, or run their SQL in the panel and record it as applied. A plan with SSH ends this.' },
  'needless-rewrite': { problem: 'PostgreSQL makes this change without touching a row, so the long way is not needed.', resolution: 'Use type-widen-metadata-only.' },
  'may-lose-values': { problem: 'Some values may not fit the new type, and a write of the old version that does not fit then fails.', resolution: 'Count the rows that do not fit before the expand step; mend them, or keep the type with a check.' },
  'referenced-table': { problem: 'Other tables refer to this one; their foreign keys would be lost or stop the change.', resolution: 'Move or drop each foreign key first, one in a migration.' },
  'referring-keys': { problem: 'Columns that refer to the key are integers too: they refuse the first key beyond 2,147,483,647.', resolution: 'type-change-rewrite on each of them before the keys get there; the foreign keys themselves are moved by this plan.' },
  'policies-after-security': { problem: 'Row security without a policy hides every row from everybody but the owner, at once.', resolution: 'Policies first, row security after them, in one transaction, as add-tenant-id does.' },
  'hypertable': { problem: 'A hypertable of TimescaleDB takes no concurrent index, is partitioned already, and its unique keys must contain the partition column.', resolution: 'For an ordinary table the plan holds. For a hypertable build an index with CREATE INDEX … WITH (timescaledb.transaction_per_chunk), outside a transaction, and rehearse the rest on a copy.' },
  'no-transactional-ddl': { problem: 'MySQL and MariaDB commit after every schema statement; a migration that fails half-way stays half done.', resolution: 'One statement for each migration, each safe to run again.' },
  'production-rows-in-staging': { problem: 'Production rows in staging carry the duties of production: access, logging, erasure, contracts.', resolution: 'Use made-up data of a realistic size; masked rows are still personal data.' },
  'synchronize-on': { problem: 'Letting the ORM change the schema at start drops columns without asking and cannot be reviewed.', resolution: 'Switch it off everywhere but on a laptop; only migrations change the schema.' },
  'tool-unfit': { problem: 'The pinned tool cannot do this job: it is dead, is no migration tool, is forbidden, or does not reach this database.', resolution: 'It stays because you pinned it. Change decisions.migrationTool to one of the alternatives.' },
}

/** Conflicts in words, in the order found. */
export const renderConflicts = (found: readonly FoundConflict[]): Conflict[] => found.map(({ id, inputs }) => ({ id, inputs, ...words[id] }))
