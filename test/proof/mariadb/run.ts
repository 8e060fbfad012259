import type { Connection as Client, RowDataPacket } from 'mysql2/promise'
import type { Knowledge } from '../../../src/knowledge/collections.ts'
import { decide } from '../../../src/tools/migration-plan/decide.ts'
import { lockRetries, lockWaitSeconds } from '../../../src/tools/migration-plan/rules.ts'
import type { Phase } from '../../../src/tools/migration-plan/sql/statement.ts'
import { stepsOf } from '../../../src/tools/migration-plan/steps.ts'
import type { ProofCase } from '../case.ts'
import { startRollout, type Rollout } from '../rollout.ts'
import { smallTable, type Measured, type Way } from '../run.ts'
import { newTraffic, pause, seeded } from '../traffic.ts'
import { connectTo, numberOf, overMaria, placed } from './connection.ts'
import { mariaFixture } from './fixture.ts'

export interface MariaSetting { readonly socket: string, readonly rows: number, readonly openMs: number, readonly database?: string }

/** The phases that migration_plan answers for a live table of a million rows. */
export const mariaPlanOf = ({ change, input }: ProofCase, knowledge: Knowledge, asOf: string): readonly Phase[] =>
  decide({ database: 'mariadb', databaseVersion: '10.11', stage: 'production', rows: 1_000_000, deployStyle: 'rolling', downtimeTolerance: 'none', ...input, change }, knowledge, asOf).decision.phases

const lockWaitTimeout = 1205
/** One file in a session of its own, as a runner would send it; again after one to two seconds when its lock did not come. */
async function withRetries(connect: () => Promise<Client>, statements: readonly string[], random: () => number): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const client = await connect()
    try {
      await client.query(`SET SESSION lock_wait_timeout = ${lockWaitSeconds}`)
      for (const sql of statements) await client.query(sql)
      return
    } catch (error) {
      if (!(error instanceof Error && 'errno' in error && error.errno === lockWaitTimeout) || attempt >= lockRetries) throw error
    } finally {
      await client.end()
    }
    await pause(1000 + 1000 * random())
  }
}

/** Runs our plan as it is emitted. A statement in a shell's language is a tool that copies the table: such a case is not proven here. */
async function runPlan(connect: () => Promise<Client>, phases: readonly Phase[], rollout: Rollout): Promise<void> {
  const [random, client] = [seeded(7), await connect()]
  const ask = async ({ verify, phase }: Phase): Promise<void> => {
    const n = verify === null ? 0 : await numberOf(client, verify)
    if (n !== 0) throw new Error(`${phase}: ${verify} gave ${n}`)
  }
  try {
    for (const phase of phases) {
      for (const { statements } of stepsOf([phase], 'mariadb')) {
        if (statements.some(({ language }) => language !== undefined)) throw new Error(`${phase.phase} is a command line`)
        await withRetries(connect, statements.map(({ sql }) => sql), random)
      }
      if (phase.phase === 'switch') await rollout.next(() => ask(phase))
      await ask(phase)
    }
  } finally {
    await client.end()
  }
}

async function runNaive(connect: () => Promise<Client>, steps: ProofCase['naive'], rollout: Rollout): Promise<void> {
  const client = await connect()
  try {
    for (const step of steps) {
      if (step === 'deploy') await rollout.last()
      else for (const sql of step) await client.query(sql)
    }
  } finally {
    await client.end()
  }
}

/** Keeps a transaction that has read or changed nothing yet holds open for `openMs`, or until ended. */
async function holdOpen(client: Client, { holds, table = 'accounts' }: NonNullable<ProofCase['open']>, openMs: number): Promise<() => Promise<void>> {
  await client.query('START TRANSACTION')
  await client.query(holds === 'reader' ? `SELECT 1 FROM ${table} LIMIT 1` : `DELETE FROM ${table} WHERE false`)
  let ended: Promise<unknown> | undefined
  const end = (): Promise<unknown> => (ended ??= client.query('COMMIT').then(() => client.end()))
  const timer = setTimeout(() => { void end() }, openMs)
  return async () => { clearTimeout(timer); await end() }
}

/** Runs one case one way in a database of its own while the clients never stop. */
async function measure(proof: ProofCase, way: Way, { socket, rows, openMs, database = `proof_${proof.change.replaceAll('-', '_')}_${way}` }: MariaSetting, migrate: (connect: () => Promise<Client>, rollout: Rollout) => Promise<void>): Promise<Measured> {
  const admin = await connectTo(socket)
  await admin.query(`DROP DATABASE IF EXISTS ${database}; CREATE DATABASE ${database} CHARACTER SET utf8mb4; USE ${database}; ${mariaFixture(rows)} ${proof.setup ?? ''}`)
  const connect = (): Promise<Client> => connectTo(socket, database)
  const traffic = newTraffic(rows)
  const rollout = await startRollout(proof.versions, async () => overMaria(await connect()), traffic)
  const holds = proof.open !== undefined && (proof.open.when === 'always' || rows < smallTable) ? proof.open : undefined
  const close = holds === undefined ? undefined : await holdOpen(await connect(), holds, openMs)
  traffic.measuring = true
  const start = performance.now()
  const stopped = await migrate(connect, rollout).then(() => undefined, (error: unknown) => (error instanceof Error ? error.message : String(error)))
  const planMs = performance.now() - start
  await close?.()
  await rollout.finish()
  const ids = [...traffic.ledger.keys()]
  const found = await admin.query<RowDataPacket[]>(...placed(proof.final, [ids])).then(([held]) => new Map(held.map(({ id, value }) => [String(id), String(value)])), () => undefined)
  await admin.query(`DROP DATABASE ${database}`)
  await admin.end()
  return {
    change: proof.change, way, failed: traffic.failed, lost: found === undefined ? null : ids.filter((id) => found.get(id) !== traffic.ledger.get(id)).length, wrongReads: traffic.wrong,
    longestMs: Math.round(traffic.longestMs), lock: { mode: 'none', ms: 0 }, rowsUnderLock: 0, planMs: Math.round(planMs),
    writes: traffic.writes, fewestWrites: rollout.fewestWrites(), stopped, errors: Object.fromEntries(traffic.errors),
  }
}

export const measureMariaNaive = (proof: ProofCase, setting: MariaSetting): Promise<Measured> => measure(proof, 'naive', setting, (connect, rollout) => runNaive(connect, proof.naive, rollout))
export const measureMariaPlan = (proof: ProofCase, phases: readonly Phase[], setting: MariaSetting): Promise<Measured> => measure(proof, 'ours', setting, (connect, rollout) => runPlan(connect, phases, rollout))
