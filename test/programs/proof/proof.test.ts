import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ProofCase } from '../../proof/case.ts'
import { plainVersion } from '../../proof/fixture.ts'
import { judge } from '../../proof/judge.ts'
import { measureNaive, measurePlan, planOf, type Setting } from '../../proof/run.ts'
import { proof as preparedStar } from '../../proof/variations/prepared-select-star.ts'
import { embedded, hasEmbedded, type Embedded } from '../../proof/server.ts'
import { changes } from '../../../src/tools/migration-plan/changes.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { postgresFolder, startPostgres, type Postgres } from '../../support/postgres.ts'

// Most of a case is waiting; more at once would measure this machine.
vi.setConfig({ maxConcurrency: 6 })

const rows = 20_000
const names = readdirSync(fileURLToPath(new URL('../../proof/cases', import.meta.url))).filter((file) => file.endsWith('.ts')).sort()
const cases = await Promise.all(names.map(async (file) => (await import(`../../proof/cases/${file}`) as { proof: ProofCase }).proof))
/** Where the newer server could behave otherwise: it lists NOT NULL as a constraint of its own. */
const onEighteen = ['rename-column', 'set-not-null', 'type-change-rewrite', 'add-column-not-null-computed']

test('every case is named after its change, and every change of PostgreSQL has one', () => {
  expect(cases.map(({ change }) => `${change}.ts`)).toEqual(names)
  expect(cases.map(({ change }) => change)).toEqual(Object.keys(changes))
})

const folder = postgresFolder()
describe.skipIf(folder === undefined)('PostgreSQL (skipped where no server is installed)', () => {
  let pg: Postgres
  let setting: Setting
  beforeAll(() => {
    knowledge()
    pg = startPostgres(folder as string)
    setting = { socket: pg.socket, user: 'ops', rows, openMs: 4000 }
  }, 60_000)
  afterAll(() => pg?.stop())

  test.concurrent.each(cases.map((proof) => ({ proof, change: proof.change })))('$change: the naive way does harm, our plan none', async ({ proof }) => {
    const ours = await measurePlan(proof, planOf(proof, knowledge(), asOf), setting)
    const naive = await measureNaive(proof, setting)
    expect(judge(naive, ours, rows), JSON.stringify([naive, ours], null, 1)).toEqual([])
  })
})

describe.skipIf(folder === undefined)('prepared SELECT * (skipped where no server is installed)', () => {
  let pg: Postgres
  beforeAll(() => { pg = startPostgres(folder as string) }, 60_000)
  afterAll(() => pg?.stop())

  test('fails when the table gets a column, also by our plan; the same with names does not', async () => {
    const setting: Setting = { socket: pg.socket, user: 'ops', rows, openMs: 4000 }
    const phases = planOf(preparedStar, knowledge(), asOf)
    const star = await measurePlan(preparedStar, phases, setting)
    expect(Object.keys(star.errors)).toEqual(['cached plan must not change result type'])
    const named = await measurePlan({ ...preparedStar, versions: [plainVersion, plainVersion] }, phases, setting)
    expect([named.failed, named.stopped]).toEqual([0, undefined])
  })
})

describe.skipIf(!hasEmbedded())('PostgreSQL 18 from npm (skipped where npm run proof has not fetched it)', () => {
  let server: Embedded | undefined
  let pg: Postgres
  beforeAll(() => {
    knowledge()
    server = embedded()
    pg = startPostgres(server?.folder ?? '')
  }, 60_000)
  afterAll(() => {
    pg?.stop()
    server?.remove()
  })

  test.concurrent.each(cases.filter(({ change }) => onEighteen.includes(change)).map((proof) => ({ proof, change: proof.change })))('$change', async ({ proof }) => {
    const setting: Setting = { socket: pg.socket, user: 'ops', rows, openMs: 4000 }
    const ours = await measurePlan(proof, planOf(proof, knowledge(), asOf), setting)
    const naive = await measureNaive(proof, setting)
    expect(judge(naive, ours, rows), JSON.stringify([naive, ours], null, 1)).toEqual([])
  })
})
