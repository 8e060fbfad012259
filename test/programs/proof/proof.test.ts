import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ProofCase } from '../../proof/case.ts'
import { judge } from '../../proof/judge.ts'
import { measureNaive, measurePlan, planOf, type Setting } from '../../proof/run.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { postgresFolder, startPostgres, type Postgres } from '../../support/postgres.ts'

// Most of a case is waiting; more at once would measure this machine.
vi.setConfig({ maxConcurrency: 3 })

const folder = postgresFolder()
const rows = 20_000
const names = readdirSync(fileURLToPath(new URL('../../proof/cases', import.meta.url))).filter((file) => file.endsWith('.ts'))
const cases = await Promise.all(names.map(async (file) => (await import(`../../proof/cases/${file}`) as { proof: ProofCase }).proof))

describe.skipIf(folder === undefined)('migration plans under load (skipped where no PostgreSQL server is installed)', () => {
  let pg: Postgres
  let setting: Setting
  beforeAll(() => {
    knowledge()
    pg = startPostgres(folder as string)
    setting = { socket: pg.socket, user: 'ops', rows, openMs: 5000 }
  }, 60_000)
  afterAll(() => pg?.stop())

  test.concurrent.each(cases.map((proof) => ({ proof, change: proof.change })))('$change: the naive way does harm, our plan none', async ({ proof }) => {
    const ours = await measurePlan(proof, planOf(proof, knowledge(), asOf), setting)
    const naive = await measureNaive(proof, setting)
    if (process.env['PROOF_SHOW'] !== undefined) for (const one of [naive, ours]) process.stderr.write(`${JSON.stringify(one)}\n`)
    expect(judge(naive, ours, rows), JSON.stringify([naive, ours], null, 1)).toEqual([])
  })
})
