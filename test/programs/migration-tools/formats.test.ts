import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changes } from '../../../src/tools/migration-plan/changes.ts'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import { migrationPlan } from '../../../src/tools/migration-plan/tool.ts'
import type { FileWithBody } from '../../../src/tools/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { postgresFolder, startPostgres, type Postgres } from '../../support/postgres.ts'
import { jobs, requests } from '../../tools/migration-plan/cases.ts'
import { reset } from '../../tools/migration-plan/run-plan.ts'
import { cache, fetchTools } from './installed.ts'
import { fingerprint } from './fingerprint.ts'
import { freePort } from './free-port.ts'
import { hasPython, python } from './python.ts'
import { php, projects, ruby } from './projects.ts'
import { alembic, django, laravel, prisma, rails } from './tools-of-others.ts'
import { dbmate, drizzle, knex, nodePgMigrate, typeorm, type Tool } from './tools.ts'

const run = promisify(execFile)
const folder = postgresFolder()
const tools = folder !== undefined && fetchTools()
const ids = Object.keys(changes)
/** One of each kind: one transaction, several in a row, outside any, jobs, no way back. All of them run through one tool. */
const few = ['add-check', 'add-foreign-key', 'add-index', 'add-unique', 'drop-column', 'drop-index', 'enum-add-value', 'merge-tables', 'partition-existing-table', 'pk-int-to-bigint', 'purge-rows', 'rename-column', 'soft-delete']
/** The same kinds with as few commands as possible, for a tool whose every command takes two seconds. */
const kinds = ['add-check', 'add-index', 'drop-column', 'enum-add-value', 'rename-column']
const plan = (tool: string, change: string, more: MigrationInput = {}): readonly FileWithBody[] => migrationPlan.run({ database: 'postgresql', tool, change, stage: 'growth', rows: 5_000_000, ...requests[change], ...more }, { knowledge: knowledge(), asOf, detail: 'normal' }).files
const isMigration = ({ path }: FileWithBody): boolean => !/^db\/(backfills|checks|outside|scripts|migrate\.|add-to-)|\.conf$/.test(path)
describe.skipIf(!tools)('emitted files run by the real tools (skipped without a PostgreSQL server, or where npm cannot be reached)', () => {
  let [pg, url, home]: [Postgres | undefined, string, string] = [undefined, '', '']
  beforeAll(async () => {
    const port = await freePort()
    pg = startPostgres(folder as string, { port })
    url = `postgres://ops@127.0.0.1:${port}/postgres`
    home = mkdtempSync(join(tmpdir(), 'ops-tools-'))
    symlinkSync(join(cache, 'node_modules'), join(home, 'node_modules'))
  }, 300_000)
  afterAll(() => {
    pg?.stop()
    if (home !== '') rmSync(home, { recursive: true, force: true })
  })

  /** Files that are no migrations, run as their verifyWith says. */
  const byHand = async ({ path, body }: FileWithBody): Promise<void> => {
    const file = join(home, basename(path))
    writeFileSync(file, body)
    const env = { ...process.env, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', DIRECT_DATABASE_URL: url }
    if (path.endsWith('.mjs')) await run(process.execPath, [file], { env })
    else if (path.endsWith('.py')) await run(python, [file], { env })
    else await run(join(folder as string, 'psql'), ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', file, url])
  }

  async function prove(tool: Tool, change: string, more: MigrationInput = {}): Promise<void> {
    const files = plan(tool.id, change, more)
    pg?.run(`DROP SCHEMA IF EXISTS drizzle CASCADE; ${reset}`)
    const before = pg?.run(fingerprint)
    const ordered = files.filter((file) => isMigration(file) || /^db\/(backfills|outside)\//.test(file.path))
    expect(ordered.length).toBeGreaterThan(0)
    // Neighbors in one folder are pending together.
    const place = ({ path }: FileWithBody): string => (isMigration({ path } as FileWithBody) ? path.replace(/(\/[^/]+|\/[^/]+\/migration\.sql)$/, '') : path)
    const groups: FileWithBody[][] = []
    for (const file of ordered) {
      const last = groups.at(-1)
      if (last?.[0] !== undefined && place(last[0]) === place(file)) last.push(file)
      else groups.push([file])
    }
    const apply = async (project: string, some: readonly FileWithBody[][]): Promise<void> => {
      for (const group of some) {
        if (group[0] !== undefined && !isMigration(group[0])) await byHand(group[0])
        else {
          if (jobs[change] !== undefined && group[0]?.path.includes('planned')) pg?.run(jobs[change] ?? '')
          for (const file of group) tool.add(project, file)
          await tool.up(project, url)
        }
      }
    }
    const end = groups.findIndex((group) => group.some(({ body }) => body.includes('This step has no way back') || (body.includes('migrations.RunSQL') && !body.includes('reverse_sql'))))
    const there = end === -1 ? groups : groups.slice(0, end)
    if (tool.down !== undefined) {
      const project = mkdtempSync(join(home, 'p-'))
      mkdirSync(join(project, 'migrations'))
      await apply(project, there)
      for (const file of there.flat().filter(isMigration).reverse()) await tool.down(project, url, !file.body.includes('transaction = false'))
      expect(pg?.run(fingerprint), 'back').toBe(before)
    }
    const project = mkdtempSync(join(home, 'p-'))
    mkdirSync(join(project, 'migrations'))
    await apply(project, groups)
    const after = pg?.run(fingerprint)
    if (['backfill-only', 'json-key-rename', 'purge-rows'].includes(change)) expect(after).toBe(before)
    else expect(after, 'forth').not.toBe(before)
  }

  describe.each<[string, () => Promise<Tool> | Tool, boolean]>([
    ['node-pg-migrate', nodePgMigrate, true], ['knex', knex, true], ['typeorm', typeorm, true], ['dbmate', dbmate, true],
    ['drizzle-kit', () => drizzle(plan('drizzle-kit', 'add-nullable-column').find(({ path }) => path === 'db/add-to-drizzle.mjs')?.body ?? ''), true], ['alembic (python3-alembic)', () => alembic(python), hasPython('alembic, psycopg2')], ['django (python3-django)', () => django(python), hasPython('django, psycopg2')],
    ['rails (ruby-activerecord, ruby-pg)', rails, ruby], ['laravel (php-laravel-framework, php-pgsql)', laravel, php], ['prisma (from npm)', prisma, projects['prisma-migrate']?.missing === undefined],
  ])('%s', (name, make, there) => {
    let tool: Tool
    beforeAll(async () => { if (there) tool = await make() })
    afterAll(() => tool?.stop?.())
    test.skipIf(!there).each(name === 'node-pg-migrate' || process.env['EVERY_CHANGE'] !== undefined ? ids : name.startsWith('prisma') ? kinds : few)('%s: forth, back to the same schema, forth to the end', async (change) => { await prove(tool, change) })
  })
})
