import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { backfill } from '../../../src/tools/migration-plan/sql/backfill.ts'
import { makeTarget } from '../../../src/tools/migration-plan/target.ts'
import { pause } from '../../proof/traffic.ts'
import { postgresFolder, startPostgres, type Postgres } from '../../support/postgres.ts'

const folder = postgresFolder()
const loop = (table: string, column: string, keyColumn: string): string =>
  backfill(makeTarget({ table, column, keyColumn }, 'backfill-only', { gentle: true, watchReplicas: false, day: '20261122' }), `${column} = true`, `t.${column} IS NULL`).sql

describe.skipIf(folder === undefined)('a backfill beside an application (skipped where no PostgreSQL server is installed)', () => {
  let pg: Postgres
  beforeAll(() => { pg = startPostgres(folder as string) }, 60_000)
  afterAll(() => pg?.stop())

  test('comes to its end although every batch is followed by a new row, and whatever the columns are called', () => {
    pg.run([
      'CREATE TABLE high(low int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, last boolean); INSERT INTO high(last) SELECT NULL FROM generate_series(1, 2500);',
      "CREATE FUNCTION arrive() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO high(last) VALUES (true); RETURN NULL; END'; CREATE TRIGGER arrive AFTER UPDATE ON high EXECUTE FUNCTION arrive();",
      "SET statement_timeout = '20s';", `${loop('high', 'last', 'low')};`,
    ].join('\n'))
    expect(pg.run('SELECT count(*), count(*) FILTER (WHERE last) FROM high')).toBe('2503|2503')
  })

  /** A transaction that changes row 1 and then row 2, with the loop between the two. Row 2 lies first on disk. Returns what failed. */
  async function beside(sql: string): Promise<string[]> {
    pg.run('DROP TABLE IF EXISTS pairs; CREATE TABLE pairs(id int PRIMARY KEY, done boolean, n int); INSERT INTO pairs VALUES (2), (1);')
    const [application, loops] = [new Client({ host: pg.socket, user: 'ops', database: 'postgres' }), new Client({ host: pg.socket, user: 'ops', database: 'postgres' })]
    await Promise.all([application.connect(), loops.connect()])
    const failed: string[] = []
    const note = (error: Error): void => { failed.push(error.message) }
    await application.query('BEGIN')
    await application.query('UPDATE pairs SET n = 1 WHERE id = 1')
    const running = loops.query(sql).catch(note)
    while (pg.run("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") === '0') await pause(10)
    await application.query('UPDATE pairs SET n = 1 WHERE id = 2').catch(note)
    await application.query('COMMIT')
    await running
    await Promise.all([application.end(), loops.end()])
    return failed
  }

  test('does not meet a transaction over two of its rows in a deadlock', async () => {
    expect(await beside(loop('pairs', 'done', 'id'))).toEqual([])
    expect(pg.run('SELECT count(*) FROM pairs WHERE done AND n = 1')).toBe('2')
  })

  test('would, if it locked rows as they lie on disk', async () => {
    expect(await beside(loop('pairs', 'done', 'id').replace(' FOR NO KEY UPDATE', ''))).toEqual(['deadlock detected'])
  })
})
