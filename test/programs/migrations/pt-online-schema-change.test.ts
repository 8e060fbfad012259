import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import { migrationPlan } from '../../../src/tools/migration-plan/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { hasMariaDb, startMariaDb, type MariaDb } from '../../support/mariadb.ts'
import { mysqlFixture, mysqlRequests } from '../../tools/migration-plan/mysql-cases.ts'

const hasTool = spawnSync('pt-online-schema-change', ['--version']).status === 0
const rows = 50_000
const draft = (more: MigrationInput) => migrationPlan.run({ database: 'mariadb 10.11', stage: 'growth', schema: 'shop', table: 'orders', rows: 5_000_000, replicas: 0, ...more }, { knowledge: knowledge(), asOf, detail: 'normal' })

describe.skipIf(!hasMariaDb || !hasTool)('generated commands of pt-online-schema-change (skipped without mariadbd or percona-toolkit)', () => {
  let maria: MariaDb
  let folder: string
  beforeAll(async () => {
    maria = await startMariaDb()
    folder = mkdtempSync(join(tmpdir(), 'ops-ptosc-'))
    writeFileSync(join(folder, 'my.cnf'), `[client]\nsocket=${maria.socket}\nuser=root\n`)
  }, 60_000)
  afterAll(async () => {
    await maria?.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const script = (input: MigrationInput, phase: string): string => {
    const found = draft(input).files.find(({ path }) => path.endsWith(`_${phase}.sh`))
    if (found === undefined) throw new Error(`No script for ${phase} among ${draft(input).files.map(({ path }) => path).join(', ')}`)
    return found.body
  }
  const run = (body: string): Promise<{ readonly code: number | null, readonly said: string }> => new Promise((resolve) => {
    const child = spawn('sh', [], { cwd: folder, env: { ...process.env, MYSQL_DEFAULTS_FILE: join(folder, 'my.cnf'), HOME: folder } })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => { said += text.toString() })
    child.once('exit', (code) => resolve({ code, said }))
    child.stdin.end(body)
  })

  test('a key becomes BIGINT while rows are written and changed; the rehearsal changes nothing', { timeout: 60_000 }, async () => {
    const request: MigrationInput = { change: 'pk-int-to-bigint', column: 'id' }
    maria.run('DROP DATABASE IF EXISTS shop', 'CREATE DATABASE shop', 'USE shop', "CREATE TABLE orders(id int AUTO_INCREMENT PRIMARY KEY, note varchar(100) DEFAULT 'old')", `INSERT INTO orders(note) SELECT concat('row ', seq) FROM seq_1_to_${rows}`)
    const { decision } = draft(request)
    expect(decision.level).toBe('L4')
    for (const { verify, statements } of decision.phases) if (verify !== null && statements.length === 0) expect(maria.run('USE shop', verify)).toBe('0')
    const before = maria.run('SHOW CREATE TABLE shop.orders')
    const rehearsal = await run(script(request, '1_verify'))
    expect(rehearsal.code, rehearsal.said).toBe(0)
    expect(maria.run('SHOW CREATE TABLE shop.orders')).toBe(before)
    // At the swap a write can end in a deadlock or find the tool's table gone: it was not acknowledged, and the writer tries again.
    maria.run('USE shop', `CREATE PROCEDURE write_rows() BEGIN DECLARE at INT DEFAULT 0; DECLARE CONTINUE HANDLER FOR 1146, 1205, 1213 SET at = at - 1;
      WHILE at < 1500 DO INSERT INTO orders(note) VALUES ('new'); SET at = at + 1; DO sleep(0.001); END WHILE;
      SET at = 0; WHILE at < 20 DO UPDATE orders SET note = 'changed' WHERE id = ${rows} - at; SET at = at + 1; END WHILE; END`)
    const writer = maria.hold('USE shop', 'CALL write_rows()')
    const change = run(script(request, '2_expand'))
    const done = await change
    expect(done.code, done.said).toBe(0)
    await writer.ready
    await writer.end()
    expect(maria.run("SELECT COLUMN_TYPE FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = 'shop' AND TABLE_NAME = 'orders' AND COLUMN_NAME = 'id'")).toMatch(/^bigint/)
    const counts = maria.run("SELECT count(*) FROM shop.orders WHERE note = 'new'", "SELECT count(*) FROM shop.orders WHERE note = 'changed'", 'SELECT count(*) FROM shop.orders')
    expect(counts.split('\n').map(Number)).toEqual([1500, 20, rows + 1500])
    // The old table stays until its rows are known to be in the new one.
    const { phases } = decision
    expect(maria.run('USE shop', phases.find(({ phase }) => phase === 'expand')?.verify ?? '')).toBe('0')
    maria.run('USE shop', phases.at(-1)?.statements[0]?.sql ?? '')
    expect(maria.run('USE shop', 'SHOW TABLES')).toBe('orders')
  })

  test.each(Object.entries(mysqlRequests).filter(([change, request]) => draft({ ...request, change }).decision.level === 'L4').map(([change]) => change))('%s: the command runs, keeps every row, and its way back gives the same table', { timeout: 60_000 }, async (change) => {
    maria.run(...mysqlFixture)
    const request = mysqlRequests[change] ?? {}
    const { phases } = draft({ ...request, change }).decision
    const table = request.table ?? ''
    const shape = (): string => maria.run('USE shop', `SHOW CREATE TABLE ${table}`).replace(/ AUTO_INCREMENT=\d+/g, '').replace(/`_+orders_owner_fk/, '`orders_owner_fk')
    const before = shape()
    for (const { verify, statements } of phases) if (verify !== null && statements.length === 0) expect(maria.run('USE shop', verify)).toBe('0')
    const expand = phases.find(({ phase }) => phase === 'expand')
    const made = await run(expand?.statements[0]?.sql ?? '')
    expect(made.code, made.said).toBe(0)
    expect(maria.run('USE shop', expand?.verify ?? '', `SELECT count(*) FROM ${table}`)).toBe('0\n1000')
    expect(shape()).not.toBe(before)
    maria.run('USE shop', phases.at(-1)?.statements[0]?.sql ?? '')
    for (const undo of expand?.rollback.statements ?? []) {
      if (undo.startsWith('ALTER')) maria.run('USE shop', undo)
      else expect((await run(undo)).code).toBe(0)
      expect(shape()).toBe(before)
    }
  })

  test('the question before it finds a trigger, which the tool would refuse', () => {
    maria.run('DROP DATABASE IF EXISTS shop', 'CREATE DATABASE shop', 'USE shop', 'CREATE TABLE orders(id int PRIMARY KEY, note int)', 'CREATE TRIGGER x BEFORE INSERT ON orders FOR EACH ROW SET NEW.note = 1')
    const asked = draft({ change: 'add-check', expression: 'note > 0' }).decision.phases.flatMap(({ verify, statements }) => (verify === null || statements.length > 0 ? [] : [maria.run('USE shop', verify)]))
    expect(asked).toContain('1')
  })
})
