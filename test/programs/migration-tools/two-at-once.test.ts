import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { needsRunner } from '../../../src/tools/migration-plan/jobs/jobs.ts'
import { migrationPlan } from '../../../src/tools/migration-plan/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { postgresFolder, startPostgres, type Postgres } from '../../support/postgres.ts'
import { requests } from '../../tools/migration-plan/cases.ts'
import { byHand } from './by-hand.ts'
import { freePort } from './free-port.ts'
import { fetchTools } from './installed.ts'
import { makeProject, prismaEnv, projects, put } from './projects.ts'

const folder = postgresFolder()
const ready = folder !== undefined && fetchTools()
const sheets = knowledge()['migration-tools']
/** The tool's own command, without our runner. */
const alone: Readonly<Record<string, readonly [string, ...string[]]>> = {
  typeorm: ['npx', 'typeorm', 'migration:run', '-d', 'src/data-source.ts'], 'drizzle-kit': ['npx', 'drizzle-kit', 'migrate'], dbmate: ['dbmate', 'up'], alembic: ['alembic', 'upgrade', 'head'], 'django-migrations': ['python', 'manage.py', 'migrate', 'shop'],
}

describe.skipIf(!ready)('two runners at once (skipped without a PostgreSQL server, or where npm cannot be reached)', () => {
  let [pg, address, home]: [Postgres | undefined, string, string] = [undefined, '', '']
  beforeAll(async () => {
    const port = await freePort()
    pg = startPostgres(folder as string, { port })
    address = `postgres://ops@127.0.0.1:${port}`
    home = mkdtempSync(join(tmpdir(), 'ops-two-'))
  }, 300_000)
  afterAll(() => {
    pg?.stop()
    if (home !== '') rmSync(home, { recursive: true, force: true })
  })

  const start = (root: string, [program, ...rest]: readonly [string, ...string[]], url: string): Promise<{ readonly code: number, readonly out: string }> => new Promise((resolve) => {
    const { PATH, HOME } = process.env
    const child = spawn(program === 'sh' ? 'sh' : join(root, program.includes('/') ? program : `bin/${program}`), rest, { cwd: root, env: { HOME, PATH: `${folder}:${join(root, 'bin')}:${PATH}`, ...prismaEnv, DATABASE_URL: url, DIRECT_DATABASE_URL: url, DB_URL: url } })
    let out = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => { out += text.toString() })
    child.on('close', (code) => resolve({ code: code ?? -1, out }))
  })
  let count = 0
  /** What happened: how often the migration was executed, how often that stayed, and how the two ended. */
  const race = async (tool: string, command: readonly [string, ...string[]], outside = false): Promise<string> => {
    const name = `two${++count}`
    pg?.run(`CREATE DATABASE ${name}`)
    const url = `${address}/${name}`
    const ask = (sql: string): string => pg?.run(`\\connect ${name}\n${sql}`) ?? ''
    const plan = migrationPlan.run({ database: 'postgresql', tool, change: 'add-nullable-column', stage: 'growth', ...requests['add-nullable-column'] }, { knowledge: knowledge(), asOf, detail: 'normal' }).files.filter(({ path }) => path.startsWith('db/migrate.'))
    const root = makeProject(home, tool, [...plan, ...byHand(tool, 'first', 'CREATE TABLE ran (at timestamptz); CREATE SEQUENCE tries;')])
    const first = await start(root, alone[tool] ?? projects[tool]?.apply ?? ['none'], url)
    expect(first.code, first.out).toBe(0)
    put(root, byHand(tool, outside ? 'outside' : 'second', "SELECT nextval('tries'); INSERT INTO ran SELECT now() FROM pg_sleep(3);"))
    const ended = await Promise.all([start(root, command, url), start(root, command, url)])
    const [tries, stayed] = [Number(ask("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM tries")), Number(ask('SELECT count(*) FROM ran'))]
    const failed = ended.filter(({ code }) => code !== 0)
    const what = `${tries} tries, ${stayed} stayed, ${failed.length} failed`
    if (process.env['SHOW'] !== undefined) console.log(`${tool}: ${what}: ${ended.map(({ code, out }) => `${code} ${out.slice(-300)}`).join('\n')}`)
    return what
  }
  const claims: Readonly<Record<string, string>> = { 'second-waits': '1 tries, 1 stayed, 0 failed', 'second-fails': '1 tries, 1 stayed, 1 failed', 'both-run': '2 tries, 2 stayed, 0 failed', 'second-rolls-back': '2 tries, 1 stayed, 1 failed' }

  describe.each(Object.entries(projects).map(([id, { missing }]) => [`${id}${missing === undefined ? '' : ` (skipped without ${missing})`}`, id, missing] as const))('%s', (_, tool, missing) => {
    const sheet = sheets[tool]
    test.skipIf(missing !== undefined)('the tool alone does what its sheet says', async () => {
      const claim = sheet?.facts.twoRunners.value
      // Knex fails when a file leaves the transaction.
      expect(await race(tool, alone[tool] ?? projects[tool]?.apply ?? ['none'], tool === 'knex')).toBe(claims[claim as string])
    }, 60_000)

    test.skipIf(tool !== 'knex')('Knex waits while all files share a transaction', async () => {
      expect(await race(tool, projects[tool]?.apply ?? ['none'])).toBe(claims['second-waits'])
    }, 60_000)

    test.skipIf(missing !== undefined || !needsRunner(sheet, 'postgresql'))('under the emitted runner the second waits, and finds nothing to do', async () => {
      expect(await race(tool, projects[tool]?.apply ?? ['none'])).toBe(claims['second-waits'])
    }, 60_000)
  })
})
