import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ProofCase } from '../../proof/case.ts'
import { judge } from '../../proof/judge.ts'
import { placed } from '../../proof/mariadb/connection.ts'
import { mariaPlanOf, measureMariaNaive, measureMariaPlan, type MariaSetting } from '../../proof/mariadb/run.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { hasMariaDb, startMariaDb, type MariaDb } from '../../support/mariadb.ts'

// Most of a case is waiting; more at once would measure this machine.
vi.setConfig({ maxConcurrency: 6 })

const rows = 20_000
const names = readdirSync(fileURLToPath(new URL('../../proof/mariadb/cases', import.meta.url))).filter((file) => file.endsWith('.ts')).sort()
const cases = await Promise.all(names.map(async (file) => (await import(`../../proof/mariadb/cases/${file}`) as { proof: ProofCase }).proof))

test('every case is named after its change, and there are at least six', () => {
  expect(cases.map(({ change }) => `${change}.ts`)).toEqual(names)
  expect(cases.length).toBeGreaterThanOrEqual(6)
})

test('values are given in the order of their places, as often as they are named', () => {
  expect(placed('UPDATE t SET a = $1, b = $1 WHERE id = $2', ['x', '7'])).toEqual(['UPDATE t SET a = ?, b = ? WHERE id = ?', ['x', 'x', '7']])
})

describe.skipIf(!hasMariaDb)('MariaDB (skipped where mariadbd is not installed)', () => {
  let maria: MariaDb
  let setting: MariaSetting
  beforeAll(async () => {
    knowledge()
    maria = await startMariaDb()
    // Its shortest wait for a lock is a second: what is held open has to last many times as long.
    setting = { socket: maria.socket, rows, openMs: 8000 }
  }, 60_000)
  afterAll(async () => { await maria?.stop() })

  test.concurrent.each(cases.map((proof) => ({ proof, change: proof.change })))('$change: the naive way does harm, our plan none', async ({ proof }) => {
    const ours = await measureMariaPlan(proof, mariaPlanOf(proof, knowledge(), asOf), setting)
    const naive = await measureMariaNaive(proof, setting)
    expect(judge(naive, ours, rows), JSON.stringify([naive, ours], null, 1)).toEqual([])
  })

  test('a plan without its triggers fails the proof', async () => {
    const rename = cases.find(({ change }) => change === 'rename-column') as ProofCase
    const spoiled = mariaPlanOf(rename, knowledge(), asOf).map((phase) => ({ ...phase, statements: phase.statements.filter(({ sql }) => !sql.includes('CREATE TRIGGER')) }))
    expect(spoiled.flatMap(({ statements }) => statements).length).toBeGreaterThan(4)
    const ours = await measureMariaPlan(rename, spoiled, { ...setting, database: 'proof_without_triggers' })
    expect(ours.stopped).toBeDefined()
    expect(judge({ ...ours, failed: 1 }, ours, rows)).toContain('plan-stopped')
  })
})
