import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { proof as renameColumn } from '../../proof/cases/rename-column.ts'
import { judge } from '../../proof/judge.ts'
import { canReplicate, startReplica, type Replica } from '../../proof/replica.ts'
import { measureNaive, measurePlan, planOf, type Setting } from '../../proof/run.ts'
import { backfill } from '../../../src/tools/migration-plan/sql/backfill.ts'
import { makeTarget } from '../../../src/tools/migration-plan/target.ts'
import { pause } from '../../proof/traffic.ts'
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

  test('that falls behind makes a backfill wait after one batch, and go on when it has caught up', async () => {
    const open = async (host: string): Promise<Client> => {
      const client = new Client({ host, user: 'ops', database: 'postgres' })
      await client.connect()
      return client
    }
    const [asking, looping, reading] = await Promise.all([open(pg?.socket ?? ''), open(pg?.socket ?? ''), open(replica?.socket ?? '')])
    const number = async (query: string): Promise<number> => Number((await asking.query<{ n: string }>(query)).rows[0]?.n)
    await asking.query('CREATE TABLE filled(id int PRIMARY KEY, done boolean); INSERT INTO filled SELECT generate_series(1, 3000)')
    await reading.query('SELECT pg_wal_replay_pause()')
    do {
      await asking.query('INSERT INTO filled SELECT max(id) + 1 FROM filled')
      await pause(100)
    } while (await number('SELECT extract(epoch FROM max(replay_lag)) AS n FROM pg_stat_replication') <= 5)
    const loop = looping.query(backfill(makeTarget({ table: 'filled', column: 'done' }, 'backfill-only', { gentle: true, watchReplicas: true, day: '20261122' }), 'done = true', 't.done IS NULL').sql)
    const sleeping = "SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND query LIKE '%pg_stat_replication%' AND pid <> pg_backend_pid()"
    while (await number(sleeping) === 0) await pause(10)
    const filled = 'SELECT count(*) AS n FROM filled WHERE done'
    expect(await number(filled)).toBe(1000)
    // Longer than the pause between two batches.
    await pause(600)
    expect(await number(filled)).toBe(1000)
    await reading.query('SELECT pg_wal_replay_resume()')
    await loop
    expect(await number('SELECT count(*) AS n FROM filled WHERE done IS NULL')).toBe(0)
    await Promise.all([asking.end(), looping.end(), reading.end()])
  })
})
