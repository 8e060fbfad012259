import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { proof as renameColumn } from '../../proof/cases/rename-column.ts'
import { judge } from '../../proof/judge.ts'
import { canReplicate, startReplica, type Replica } from '../../proof/replica.ts'
import { measureNaive, measurePlan, planOf, type Setting } from '../../proof/run.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { postgresFolder, startPostgres, type Postgres } from '../../support/postgres.ts'

const folder = postgresFolder()
const rows = 20_000

describe.skipIf(folder === undefined || !canReplicate(folder))('a streaming replica (skipped where PostgreSQL or pg_basebackup is not installed)', () => {
  let [pg, replica]: [Postgres | undefined, Replica | undefined] = [undefined, undefined]
  let setting: Setting
  beforeAll(() => {
    knowledge()
    pg = startPostgres(folder as string)
    replica = startReplica(folder as string, pg.socket, 'ops')
    setting = { socket: pg.socket, user: 'ops', rows, openMs: 5000, replica: replica.socket }
  }, 60_000)
  afterAll(() => {
    replica?.stop()
    pg?.stop()
  })

  test('is read while a column is renamed: the naive way locks it there too, for as long as its transaction takes', async () => {
    const ours = await measurePlan(renameColumn, planOf({ ...renameColumn, input: { ...renameColumn.input, replicas: 1 } }, knowledge(), asOf), setting)
    const naive = await measureNaive(renameColumn, setting)
    expect(judge(naive, ours, rows), JSON.stringify([naive, ours], null, 1)).toEqual([])
    // The lock is held for the update of all rows; a share of that is waited for there.
    expect(naive.replica?.longestReadMs).toBeGreaterThan(0.3 * naive.lock.ms)
    expect(ours.replica?.oldestMs).toBeGreaterThan(0)
  })
})
