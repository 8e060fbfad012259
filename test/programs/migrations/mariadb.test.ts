import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mysqlChanges } from '../../../src/tools/migration-plan/databases/mysql/planner.ts'
import { makeMysqlTarget } from '../../../src/tools/migration-plan/databases/mysql/target.ts'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import type { Phase } from '../../../src/tools/migration-plan/sql/statement.ts'
import { knowledge } from '../../support/knowledge.ts'
import { hasMariaDb, startMariaDb, type MariaDb } from '../../support/mariadb.ts'
import { mysqlFixture, mysqlRequests } from '../../tools/migration-plan/mysql-cases.ts'

const operations = knowledge()['online-ddl'].mariadb?.facts.operations.value ?? []
const plan = (id: string, form: 'online' | 'plain', input: MigrationInput): readonly Phase[] =>
  (mysqlChanges[id] as (typeof mysqlChanges)[string])[form](makeMysqlTarget({ ...input, change: id }, 'mariadb', operations, { copiesOnline: false, gentle: false, day: '20261122' }))
const sqlOf = (phases: readonly Phase[]): readonly string[] => phases.flatMap(({ statements }) => statements.filter(({ language }) => language === undefined).map(({ sql }) => sql))
const ask = ({ verify }: Phase): readonly string[] => (verify === null ? [] : [`SELECT IF(n = 0, 'asked', concat('NOT ZERO: ', n)) FROM (${verify}) AS asked`])
const apply = (phases: readonly Phase[], asks = true): readonly string[] => phases.flatMap((phase) => [...sqlOf([phase]), ...(asks ? ask(phase) : [])])
const reversible = (phases: readonly Phase[]): readonly Phase[] => {
  const end = phases.findIndex(({ rollback }) => rollback.kind === 'roll-forward' || rollback.kind === 'restore')
  return end === -1 ? phases : phases.slice(0, end)
}
/** The order of columns and the next number of a key may differ after a way back, nothing else. */
const shape = (text: string): string => text.replace(/ AUTO_INCREMENT=\d+/g, '')

describe.skipIf(!hasMariaDb)('on a real MariaDB server (skipped where mariadbd is not installed)', () => {
  let maria: MariaDb
  beforeAll(async () => { maria = await startMariaDb() }, 60_000)
  afterAll(async () => { await maria?.stop() })
  const fingerprint = ['SHOW CREATE TABLE users', 'SHOW CREATE TABLE orders', 'SHOW TRIGGERS', "SHOW PROCEDURE STATUS WHERE Db = 'shop'", 'SHOW FULL TABLES']

  test.each(Object.keys(mysqlChanges).flatMap((id) => (['online', 'plain'] as const).map((form) => ({ id, form }))))('$id, $form: runs, verifies, rolls back to the same SHOW CREATE TABLE, runs to the end', ({ id, form }) => {
    const phases = plan(id, form, mysqlRequests[id] ?? {})
    const there = reversible(phases)
    const [before, forward, after, again] = maria.run(
      ...mysqlFixture, ...fingerprint, "SELECT '===='", ...apply(there), "SELECT '===='", ...[...there].reverse().flatMap(({ rollback }) => rollback.statements.filter((sql) => sqlOf(there).length > 0 || !sql.startsWith('ALTER'))),
      ...fingerprint, "SELECT '===='", ...apply(phases),
    ).split(/====\n?/) as [string, string, string, string]
    expect(before.split('\n').length).toBeGreaterThan(2)
    expect(shape(after.trim())).toBe(shape(before.trim()))
    expect(`${forward}${again}`).not.toContain('NOT ZERO')
    expect(sqlOf(phases).length + phases.flatMap(({ statements }) => statements).length).toBeGreaterThan(0)
  })
})

test.runIf(!hasMariaDb)('says that no MariaDB server is installed', () => {
  process.stderr.write('migration_plan: no MariaDB server found, the tests on a real server are skipped. Install the package mariadb-server to run them.\n')
})
