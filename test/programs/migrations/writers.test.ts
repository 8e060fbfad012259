import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { postgresFolder, startPostgres, type Postgres } from '../../support/postgres.ts'
import { plan } from '../../tools/migration-plan/run-plan.ts'
import { cases, lost } from '../../tools/migration-plan/writers-cases.ts'

vi.setConfig({ testTimeout: 60_000 })

const folder = postgresFolder()

describe.skipIf(folder === undefined)('while an old and a new version write (skipped where no PostgreSQL is installed)', () => {
  let pg: Postgres
  beforeAll(() => { pg = startPostgres(folder as string) }, 60_000)
  afterAll(() => pg?.stop())

  test.each(cases)('$id: nothing acknowledged is lost', (one) => {
    expect(lost(pg, one, plan(one.id, 'online'))).toEqual([])
  })

  test.each(cases.filter(({ careless }) => careless !== null))('$id: the same writers notice a plan without its triggers', (one) => {
    const careless = plan(one.id, 'online').map((phase) => ({ ...phase, statements: phase.statements.filter(({ sql }) => !(one.careless ?? /^(CREATE|DROP) TRIGGER/).test(sql)) }))
    let noticed: string[] = []
    try {
      noticed = lost(pg, one, careless)
    } catch (error) {
      noticed = [String(error)]
    }
    expect(noticed.length).toBeGreaterThan(0)
  })
})
