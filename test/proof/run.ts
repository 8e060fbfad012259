import { Client } from 'pg'
import { decide } from '../../src/tools/migration-plan/decide.ts'
import type { Knowledge } from '../../src/knowledge/collections.ts'
import type { MigrationInput } from '../../src/tools/migration-plan/input.ts'
import type { Phase } from '../../src/tools/migration-plan/sql/statement.ts'
import type { Open, ProofCase } from './case.ts'
import { overPg } from './connection.ts'
import { fixture } from './fixture.ts'
import { watchLocks } from './locks.ts'
import { runNaive, runPlan, type Carelessness, type Ran } from './migrate.ts'
import { watchReplica, type OnReplica } from './replica.ts'
import { startRollout, type Rollout } from './rollout.ts'
import { newTraffic } from './traffic.ts'

export type Way = 'naive' | 'ours'

/** What one run of a case showed. */
export interface Measured {
  readonly change: string
  readonly way: Way
  readonly failed: number
  /** Acknowledged writes that the final schema does not hold; null when they could not be looked for. */
  readonly lost: number | null
  readonly wrongReads: number
  readonly longestMs: number
  readonly lock: { readonly mode: string, readonly ms: number }
  /** Rows read or written while the migration made others wait. */
  readonly rowsUnderLock: number
  readonly planMs: number
  readonly writes: number
  /** Acknowledged writes of the version that had the fewest. */
  readonly fewestWrites: number
  readonly stopped: string | undefined
  /** What readers of a replica saw, where there is one. */
  readonly replica?: OnReplica
  /** Failed queries by message. */
  readonly errors: Readonly<Record<string, number>>
}

export interface Setting {
  /** Folder of the server's socket. */
  readonly socket: string
  readonly user: string
  readonly rows: number
  /** How long the other transaction stays open, milliseconds. */
  readonly openMs: number
  /** Folder of the socket of a replica, where there is one. */
  readonly replica?: string
  /** Name of the database to make; by default that of the case and the way. */
  readonly database?: string
}

/** A table below this shows no harm by its own work: where a case says so, another transaction is held open. */
export const smallTable = 500_000

/** How long the other transaction stays open in the benchmark, milliseconds. */
export const openMs = 6000

/** The phases that migration_plan answers for a live table of a million rows, whatever number the proof runs with. */
export function planOf({ change, input }: ProofCase, knowledge: Knowledge, asOf: string, databaseVersion?: string): readonly Phase[] {
  const circumstances: MigrationInput = { database: 'postgresql', ...(databaseVersion !== undefined && { databaseVersion }), stage: 'production', rows: 1_000_000, deployStyle: 'rolling', downtimeTolerance: 'none' }
  return decide({ ...circumstances, ...input, change }, knowledge, asOf).decision.phases
}

/** Holds a transaction open on the table for `openMs`, or until ended. */
async function holdOpen(client: Client, { holds, table = 'accounts' }: { readonly holds: Open, readonly table?: string }, openMs: number): Promise<() => Promise<void>> {
  await client.query('BEGIN')
  await client.query(holds === 'reader' ? `SELECT 1 FROM ${table} LIMIT 1` : `DELETE FROM ${table} WHERE false`)
  let ended: Promise<unknown> | undefined
  const end = (): Promise<unknown> => (ended ??= client.query('COMMIT').then(() => client.end()))
  const timer = setTimeout(() => { void end() }, openMs)
  return async () => { clearTimeout(timer); await end() }
}

/** Runs one case one way in a database of its own. `migrate` does the work; the clients never stop meanwhile. */
async function measure(proof: ProofCase, way: Way, setting: Setting, migrate: (client: Client, rollout: Rollout) => Promise<Ran>): Promise<Measured> {
  const { socket, user, rows, openMs, database = `proof_${proof.change.replaceAll('-', '_')}_${way}` } = setting
  const connectTo = async (name: string, host = socket): Promise<Client> => {
    const client = new Client({ host, user, database: name })
    // A connection that the server drops must fail its query, not the process.
    client.on('error', () => {})
    await client.connect()
    return client
  }
  const connect = (): Promise<Client> => connectTo(database)
  const admin = await connectTo('postgres')
  await admin.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
  await admin.query(`CREATE DATABASE ${database}`)
  const client = await connect()
  await client.query(`${fixture(rows)} ${proof.setup ?? ''}`)
  await client.query('VACUUM ANALYZE')

  const traffic = newTraffic(rows)
  const rollout = await startRollout(proof.versions, async () => overPg(await connect()), traffic)
  const holds = proof.open !== undefined && (proof.open.when === 'always' || rows < smallTable) ? proof.open : undefined
  const close = holds === undefined ? undefined : await holdOpen(await connect(), holds, openMs)
  const longestLock = watchLocks(await connect())
  const replica = setting.replica
  const seenOnReplica = replica === undefined ? undefined : await watchReplica(connect, () => connectTo(database, replica))
  traffic.measuring = true
  const start = performance.now()
  const ran = await migrate(client, rollout)
  const planMs = performance.now() - start
  const lock = await longestLock()
  await close?.()
  await rollout.finish()
  const onReplica = await seenOnReplica?.()

  const ids = [...traffic.ledger.keys()]
  const found = await client.query<{ id: string, value: unknown }>(proof.final, [ids]).then(({ rows: held }) => new Map(held.map(({ id, value }) => [String(id), String(value)])), () => undefined)
  await client.end()
  await admin.query(`DROP DATABASE ${database} WITH (FORCE)`)
  await admin.end()
  return {
    change: proof.change, way, failed: traffic.failed, lost: found === undefined ? null : ids.filter((id) => found.get(id) !== traffic.ledger.get(id)).length, wrongReads: traffic.wrong,
    longestMs: Math.round(traffic.longestMs), lock: { mode: lock.mode, ms: Math.round(lock.ms) }, rowsUnderLock: ran.rowsUnderLock, planMs: Math.round(planMs),
    writes: traffic.writes, fewestWrites: rollout.fewestWrites(), stopped: ran.stopped, errors: Object.fromEntries(traffic.errors), ...(onReplica !== undefined && { replica: onReplica }),
  }
}

export const measureNaive = (proof: ProofCase, setting: Setting): Promise<Measured> =>
  measure(proof, 'naive', setting, (client, rollout) => runNaive(client, proof.naive, rollout))

/** Runs `phases`, which are our plan unless a test spoiled them. */
export const measurePlan = (proof: ProofCase, phases: readonly Phase[], setting: Setting, careless?: Carelessness): Promise<Measured> =>
  measure(proof, 'ours', setting, (client, rollout) => runPlan(client, phases, rollout, careless, proof.job))
