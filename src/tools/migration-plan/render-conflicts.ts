import { grouped } from '../../core/meters.ts'
import type { Conflict } from '../../core/result.ts'
import type { Detail } from '../tool.ts'
import type { ConflictId, FoundConflict } from './conflicts.ts'

type Words = readonly [problem: string, resolution: string]
type Said = (values: FoundConflict['values']) => Words
const always = (problem: string, resolution: string): Said => () => [problem, resolution]

/** How the ORM changes the schema by itself, and what that does. */
const byItself: Readonly<Record<string, string>> = {
  start: 'An ORM that changes the schema at start drops columns without asking, and nobody reviews it.',
  push: 'Pushing the model compares and applies it at once: a rename becomes drop and add, and there is no file to review.',
  create: 'Creating tables from the model changes none that exists, and leaves no record for migrations to start from.',
}
/** What a pinned tool lacks, by the rule it breaks. */
const unfit: Readonly<Record<string, string>> = {
  'end-of-life': 'is no longer developed: nobody mends it when the database moves on', 'test-double': 'stands in for a server in tests, and migrates nothing', 'moves-no-data': 'maps documents, and moves none that are stored',
  'wrong-database': 'does not reach this database, so its files cannot run', 'forbidden-by-house-rule': 'is forbidden by a house rule',
}
/** What two runners at once do, by the fact of the tool's sheet. */
const runners: Readonly<Record<string, string>> = {
  'both-run': 'the tool takes no lock, so both run the same file', 'second-fails': 'the second one fails and its instance does not start', 'second-waits': 'the others wait, and the platform restarts what does not answer',
  'second-rolls-back': 'the second one does the work and fails at the end', unknown: 'two of them may run the same file',
}
const regimes: Readonly<Record<string, string>> = {
  hipaa: 'Under HIPAA staging with production rows needs the safeguards, access log and contracts of production.',
  gdpr: 'Under the GDPR test is another purpose than the one people gave their data for, and erasure must reach every copy.',
  none: 'Production rows in staging carry the duties of production: access, erasure, contracts.',
}
const brokenRows: Readonly<Record<string, string>> = { empty: 'NOT NULL is refused while one row is empty.', orphans: 'A foreign key is refused while one row points nowhere.', broken: 'A check is refused while one row breaks it.', unreadable: 'One text that is no value of the new type stops the backfill.' }

const share = ({ percent, limit }: FoundConflict['values']): string => `${percent} % of the ${grouped(Number(limit))} keys are used`
const fullIn = ({ days }: FoundConflict['values']): string => (days === undefined ? '' : days === 0 ? ', and the rest lasts less than a day if each write takes one' : `, and the rest lasts ${days === 1 ? 'a day' : `${grouped(Number(days))} days`} if each write takes one`)

/** Problem and cheapest way out of each conflict. Values are ids, counts and days; nothing that a person typed. */
const words: Readonly<Record<ConflictId, Said>> = {
  'drop-without-backup': always('What this removes is gone for good: nothing exists to restore from.', 'Dump the table first and restore the dump once on another server. It costs its disk space and an hour.'),
  'deletes-what-must-stay': always('The rows have to be kept, and this deletes them.', 'Copy them to an archive table or a file store with a retention lock and count both before the removal.'),
  'blue-green-one-database': always('Both colors share the database: what is removed at the switch, the old color needs when you switch back.', 'Remove it one release after the switch, as here. Until then the way back is the switch itself.'),
  'same-release-drop': always('While a deploy runs, the version before still uses what would be removed.', 'Remove it one release later, as here: it costs one more deploy. Or take a window.'),
  'instant-rollback-destructive': always('No rollback brings back what the contract step removed.', 'Rollback is instant up to that step: wait with it as long as you may want to go back. Until then the old data costs its space.'),
  'down-for-drop': always('A down migration brings back the column or table, not what was in it.', 'Archive the data before the contract step, and write down that the way back is a restore.'),
  'soft-delete-is-no-erasure': always('A row marked as deleted is still there, so a request for erasure is not met.', 'Add a job that really deletes marked rows after a fixed time (purge-rows).'),
  'key-full-before-the-end': (values) => [`${share(values)}${fullIn(values)}. This plan takes several releases.`, 'Gain time today: let the sequence go on from the lowest negative number, where code and columns take one. Then run this plan.'],
  'key-nearly-full': (values) => [`${share(values)}${fullIn(values)}; at the end every insert fails.`, 'Put pk-int-to-bigint before this change, with the columns that refer to the key.'],
  'recreate-is-downtime': always('A recreate deploy stops the application, and no downtime is accepted.', 'Deploy rolling or blue-green, which takes a second instance while it lasts, or accept the seconds of the deploy.'),
  'window-while-always-on': always('A window is a standstill, and none is accepted.', 'Say downtimeTolerance: none and take the steps without a standstill; or agree on a window, and most steps fall away.'),
  'old-code-breaks': ({ kind }) => (kind === 'values' ? ['Running code of the old version still writes what this refuses.', 'Deploy code that no longer writes it first, wait until the old version is gone, then make the change.'] : ['This plan changes the name, type or column in one statement: running code of the old version fails from that moment.', 'Stop the application for the seconds it takes, or add the new shape beside the old one and drop that a release later.']),
  'rewrite-blocks-writes': always('This change writes the whole table again, and every write waits until it is done.', 'Agree on a window for it, or leave the rule to the application and a nightly query that counts rows that break it.'),
  'small-but-hot': ({ seconds }) => [seconds === undefined ? 'The table is small and busy: an index build or scan that nobody notices by its size makes every write wait.' : `At that rate new rows would fill the table in ${Number(seconds) === 1 ? 'a second' : `${seconds} s`}: one number is old, or the same rows are written again and again.`, seconds === undefined ? 'Give writesPerSecond: from the rate on the plan never blocks writes.' : 'The plan follows the rate. Ask the server for both numbers first.'],
  'long-transactions-in-the-way': always('A schema change waits for the longest open transaction, and every later query waits behind it; with a lock time-out it gives up instead.', 'Move long reports to a replica, or run the step while none is open and end sessions idle in a transaction.'),
  'reset-in-production': always('This command drops tables and builds them again: on a filled database every row is lost.', 'Keep it for empty databases. In production only the migrate command of the tool, and a user without the right to drop the database.'),
  'synchronize-on': ({ kind }) => [byItself[String(kind)] ?? '', 'Switch it off everywhere but on a laptop; only migrations change the schema. Take over what exists with adopt-tool.'],
  'migrates-in-build': always('A build runs for every preview and before the release is live, so previews would change the schema of production.', 'Migrate in a job of the release, after the build and before traffic moves.'),
  'migrates-at-start': ({ kind }) => [`Instances that start together all migrate: ${runners[String(kind)] ?? runners.unknown}.`, 'One job migrates before the new version starts; the application then needs no right to change the schema.'],
  'no-concurrent-index': always('The tool runs all files in one transaction, and an index built without blocking writes refuses a transaction.', 'Run that one statement with psql before the release, then record it with an empty migration.'),
  'concurrently-in-transaction': always('An index built without blocking writes refuses a transaction, so not everything can be all-or-nothing.', 'Leave that one statement outside, as here: a failed build leaves an invalid index that the rollback drops. Or block writes for the build.'),
  'no-shell-for-migrations': always('Shared web hosting starts no command, so the tool cannot run there.', 'Back up, close the site, then apply the files from a page that only you can open, or run their SQL in the panel and record it as applied. A plan with SSH ends this.'),
  'tool-unfit': ({ rule }) => [`The pinned tool ${unfit[String(rule)] ?? 'cannot do this job'}.`, 'It stays because you pinned it. Change decisions.migrationTool to one of the alternatives, or the input that rules it out.'],
  'transaction-pooler': ({ kind }) => [kind === 'proxy' ? 'Session locks and settings pin a connection of the proxy until the migration ends, so the application loses its share of the pool.' : 'Behind a transaction pooler session locks and settings are shared with other clients: a second runner got the same lock.', 'Give the migration job the direct database URL (DIRECT_DATABASE_URL); the application keeps the pooler. It costs one more secret.'],
  'log-readers-see-the-shape': always('Readers of the change log get rows of the new shape, and none of the schema change itself: they stop, or write NULL.', 'Teach them both shapes before the switch, and drop the old one after the last reader moved. A backfill sends them one event a row.'),
  'replicas-lag-behind': always('A replica applies the change later: code that reads there right after it meets the old schema.', 'Read from the primary until the replica has replayed the step, or let commits wait for the replica, which slows every write.'),
  'copy-tool-with-unique': always('These programs copy rows past the new unique rule: duplicates, also ones written meanwhile, vanish without an error.', 'Build the index with ALTER TABLE, which goes on beside writes and refuses duplicates. Settle them first.'),
  'gh-ost-with-foreign-keys': always('gh-ost stops at a table with foreign keys, on either side: they would go on pointing at the old table.', 'Use pt-online-schema-change with rebuild_constraints, which locks each referring table once, or drop the keys first and add them again.'),
  'copy-tool-with-triggers': always('The table has triggers: the copying program refuses it, or swaps in a table without them.', 'Move their work into the application first, or tell a release that can to keep them (--include-triggers, --preserve-triggers) and rehearse on a replica.'),
  'copy-tool-elsewhere': ({ kind }) => (kind === 'mariadb' ? ['gh-ost was made for MySQL; only recent releases know MariaDB, older ones stop at their first query.', 'Use pt-online-schema-change, or rehearse your release on a replica (--test-on-replica).'] : ['This program speaks to MySQL only.', 'Leave it out: the steps of this plan hold no long lock here.']),
  'algorithm-not-available': ({ algorithm, kind }) => (kind === 'foreign-key' ? ['Without a copy the server adds a foreign key only with its checks off, so old rows are never checked.', 'The plan does that and asks for orphans before and after. Checks on means a copy that blocks writes.'] : [`The server makes this change with ALGORITHM=${algorithm} at best and refuses the one you asked for.`, 'Follow the steps here, or take the copy in a window.']),
  'no-transactional-ddl': always('MySQL and MariaDB commit after every schema statement; a migration that fails half-way stays half done.', 'One statement for each migration, each safe to run again.'),
  'production-rows-in-staging': ({ masked, regime }) => [`${regimes[String(regime)] ?? ''}${masked === 1 ? ' Masked there is too late: the rows arrive readable.' : ''}`, regime === 'none' ? 'Use made-up data of a realistic size; masked rows are still personal data.' : 'Use made-up data of a realistic size. If it must be real, mask inside production and move only the result; it stays personal data.'],
  'duplicates-with-unique': always('A unique index cannot be built over duplicates, and refuses new ones while it is being built.', 'Settle the duplicates first and deploy code that handles the conflict; the first query of the plan counts them.'),
  'rows-break-the-rule': ({ kind }) => [brokenRows[String(kind)] ?? '', 'The plan counts such rows first. Mend them in batches, deploy the code that writes no new ones, then go on.'],
  'writers-leave-it-empty': always('Writers that do not send the column are refused from the moment the rule holds.', 'Give the column a default for them, or wait until the last one is gone.'),
  'required-without-value': always('This adds a column that may be empty; a required one is refused by rows that exist, and by the old version of the code.', 'Use add-column-not-null-constant-default or add-column-not-null-computed, with the value in expression.'),
  'may-lose-values': always('Some values may not fit the new type, and a write of the old version that does not fit then fails.', 'Count the rows that do not fit before the expand step; mend them, or keep the type with a check.'),
  'needless-rewrite': always('PostgreSQL makes this change without touching a row, so the long way is not needed.', 'Use type-widen-metadata-only.'),
  'referenced-table': always('Other tables refer to this one; their foreign keys would be lost or stop the change.', 'Move or drop each foreign key first, one in a migration.'),
  'referring-keys': always('Columns that refer to the key are integers too: they refuse the first key beyond 2,147,483,647.', 'type-change-rewrite on each of them before the keys get there; the foreign keys themselves are moved by this plan.'),
  'views-depend-on-it': ({ kind }) => [kind === 'refuses' ? 'PostgreSQL refuses to drop or retype what a view reads; after a rename the view goes on with the old column.' : 'The view keeps the old name and fails when it is next read.', 'Before the contract step make the view anew on the new shape (view-or-matview-change), in the same release as the code.'],
  'partition-key-not-in-unique': always('A unique rule on a partitioned table must contain the partition column, so it no longer keeps the other columns unique by themselves.', 'Add the partition column to the rule and let ids come from one sequence or be UUIDs; or keep a small table of the unique values beside it.'),
  'policies-after-security': always('Row security without a policy hides every row from everybody but the owner, at once.', 'Policies first, row security after them, in one transaction, as add-tenant-id does.'),
  'hypertable': always('A hypertable of TimescaleDB takes no concurrent index, is partitioned already, and its unique keys must contain the partition column.', 'For an ordinary table the plan holds. For a hypertable build an index with CREATE INDEX … WITH (timescaledb.transaction_per_chunk), outside a transaction, and rehearse the rest on a copy.'),
  'database-end-of-life': ({ advised }) => ['This version of the database gets no security fixes any more.', `Plan the upgrade first${advised === '' ? '' : `, to ${advised}`}; rehearse this change on the version you will run.`],
  'database-end-of-life-soon': ({ advised, days }) => [`Security fixes for this version end in ${days === 1 ? 'a day' : `${days} days`}.`, `Put the upgrade${advised === '' ? '' : ` to ${advised}`} on the plan now: it wants a rehearsal and a window of its own.`],
}

/** Conflicts that are told with every sentence; of more, each is told in one. */
const mostInFull = 4
/** Conflicts that an answer has room for; they stand in the order to settle them, so the rest can wait for the next question. */
const mostTold = 7
const firstSentence = (text: string): string => (/^.*?[.](?= [A-Z]|$)/.exec(text)?.[0] ?? text).replace(/; .*$/, '.')

/** Conflicts in words, in the order found: the more there are, the fewer words for each. Full detail has all of all. */
export function renderConflicts(found: readonly FoundConflict[], detail: Detail = 'full'): Conflict[] {
  const inFull = detail === 'full' || found.length <= mostInFull
  const told = inFull || found.length <= mostTold ? found : found.slice(0, mostTold - 1)
  const rest = found.slice(told.length)
  return [
    ...told.map(({ id, inputs, values }) => {
      const [problem, resolution] = words[id](values)
      // The change that was asked for is named once where many things speak against it.
      const named = inFull || inputs.length === 1 ? inputs : inputs.filter((input) => !input.startsWith('change: '))
      return { id, inputs: named, problem: inFull ? problem : firstSentence(problem), resolution: inFull ? resolution : firstSentence(resolution) }
    }),
    ...(rest.length === 0 ? [] : [{ id: 'more-conflicts', inputs: rest.map(({ id }) => id), problem: `${rest.length} more contradictions wait behind these.`, resolution: 'Settle these first and ask again, or ask for full detail.' }]),
  ]
}

/** Characters of a plan that give way to conflicts, which stand in the answer and in its report; two of them always have room. */
export const roomFor = (conflicts: readonly Conflict[]): number => Math.max(0, 2 * JSON.stringify(conflicts.slice(2)).length)
