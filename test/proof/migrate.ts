import { DatabaseError, type Client } from 'pg'
import { lockRetries, lockTimeoutMs } from '../../src/tools/migration-plan/rules.ts'
import type { Phase } from '../../src/tools/migration-plan/sql/statement.ts'
import { stepsOf } from '../../src/tools/migration-plan/steps.ts'
import type { ProofCase } from './case.ts'
import { freshCounts, rowsUnderLock } from './locks.ts'
import type { Rollout } from './rollout.ts'
import { pause, seeded } from './traffic.ts'

/** What a careless team would leave out; the proof must notice each. */
export interface Carelessness { readonly lockTimeout?: false, readonly questions?: false, readonly drain?: false }

/** How a migration went. `stopped` says why it did not come to its end. */
export interface Ran { readonly stopped: string | undefined, readonly rowsUnderLock: number }

const lockNotAvailable = '55P03'
const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** One transaction, as a runner would send it; counts the rows it touched while others had to wait. */
async function transaction(client: Client, statements: readonly string[], lockTimeout: boolean): Promise<number> {
  const { rows: [before] } = await client.query<{ tables: unknown }>(freshCounts)
  await client.query('BEGIN')
  try {
    if (lockTimeout) await client.query(`SET LOCAL lock_timeout = '${lockTimeoutMs}ms'`)
    for (const sql of statements) await client.query(sql)
    const { rows } = await client.query<{ n: number }>(rowsUnderLock, [before?.tables])
    await client.query('COMMIT')
    return rows[0]?.n ?? 0
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}

/** The same until it gets its lock, with one to two seconds between the tries. */
async function withRetries(client: Client, statements: readonly string[], lockTimeout: boolean, random: () => number): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction(client, statements, lockTimeout)
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.code !== lockNotAvailable || attempt >= lockRetries) throw error
      await pause(1000 + 1000 * random())
    }
  }
}

/** Runs our plan as it is emitted: files in order, questions asked, a deploy at every `switch`, and the job where the plan asks for one. */
export async function runPlan(client: Client, phases: readonly Phase[], rollout: Rollout, careless: Carelessness = {}, job?: ProofCase['job']): Promise<Ran> {
  const random = seeded(7)
  let touched = 0
  const ask = async ({ verify, phase }: Phase): Promise<void> => {
    if (verify === null || careless.questions === false) return
    const { rows } = await client.query<{ n: string | number }>(verify)
    if (Number(rows[0]?.n) !== 0) throw new Error(`${phase}: ${verify} gave ${rows[0]?.n}`)
  }
  try {
    for (const phase of phases) {
      for (const { statements, transactional } of stepsOf([phase])) {
        const sql = statements.map((statement) => statement.sql)
        if (transactional) touched += await withRetries(client, sql, careless.lockTimeout !== false, random)
        else for (const one of sql) await client.query(one)
      }
      if (phase.application === 'encrypt-old-rows') await job?.(client)
      if (phase.phase === 'switch') await rollout.next(() => ask(phase), careless.drain === false)
      await ask(phase)
    }
    return { stopped: undefined, rowsUnderLock: touched }
  } catch (error) {
    return { stopped: reason(error), rowsUnderLock: touched }
  }
}

/** Runs the naive way; a migration that fails ends it, as it would end a pipeline. */
export async function runNaive(client: Client, steps: ProofCase['naive'], rollout: Rollout): Promise<Ran> {
  let touched = 0
  try {
    for (const step of steps) {
      if (step === 'deploy') await rollout.last()
      else touched += await transaction(client, step, false)
    }
    return { stopped: undefined, rowsUnderLock: touched }
  } catch (error) {
    return { stopped: reason(error), rowsUnderLock: touched }
  }
}
