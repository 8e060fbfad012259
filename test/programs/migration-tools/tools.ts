import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { transformSync } from 'esbuild'
import { dbmateProgram, importTool, requireTool } from './installed.ts'

/** One migration tool on one database. A project is a folder of its own. */
export interface Tool {
  readonly id: string
  /** Puts a migration file where the tool finds it. */
  readonly add: (project: string, file: { readonly path: string, readonly body: string }) => void
  readonly up: (project: string, url: string) => Promise<void>
  /** Takes back the last one; undefined for a tool that has no way back. */
  readonly down?: (project: string, url: string, transactional: boolean) => Promise<void>
  readonly stop?: () => void
}
const run = promisify(execFile)
export const put = (folder: string) => (project: string, { path, body }: { readonly path: string, readonly body: string }): void => {
  mkdirSync(join(project, folder), { recursive: true })
  writeFileSync(join(project, folder, basename(path)), body)
}

type Runner = (options: object) => Promise<unknown>
export async function nodePgMigrate(): Promise<Tool> {
  const { runner } = await importTool('node-pg-migrate/dist/bundle/index.js') as { runner: Runner }
  const quiet = { debug() {}, info() {}, warn() {}, error() {} }
  const go = (project: string, databaseUrl: string, direction: string, count: number): Promise<unknown> => runner({ databaseUrl, dir: join(project, 'migrations'), direction, count, migrationsTable: 'pgmigrations', logger: quiet })
  return { id: 'node-pg-migrate', add: put('migrations'), up: async (project, url) => { await go(project, url, 'up', Infinity) }, down: async (project, url) => { await go(project, url, 'down', 1) } }
}

interface KnexInstance { readonly migrate: { latest: (config: object) => Promise<unknown>, down: (config: object) => Promise<unknown> }, readonly destroy: () => Promise<void> }
export function knex(): Tool {
  const make = requireTool('knex') as (config: object) => KnexInstance
  const go = async (project: string, connection: string, direction: 'latest' | 'down'): Promise<void> => {
    const instance = make({ client: 'pg', connection, log: { warn() {}, error() {}, debug() {}, deprecate() {} } })
    try { await instance.migrate[direction]({ directory: join(project, 'migrations') }) } finally { await instance.destroy() }
  }
  return { id: 'knex', add: put('migrations'), up: (project, url) => go(project, url, 'latest'), down: (project, url) => go(project, url, 'down') }
}

interface DataSource { readonly initialize: () => Promise<unknown>, readonly runMigrations: (options: object) => Promise<unknown>, readonly undoLastMigration: (options: object) => Promise<unknown>, readonly destroy: () => Promise<unknown> }
export function typeorm(): Tool {
  requireTool('reflect-metadata')
  const { DataSource } = requireTool('typeorm') as { DataSource: new (options: object) => DataSource }
  const go = async (project: string, url: string, direction: 'runMigrations' | 'undoLastMigration', transaction: 'each' | 'none' = 'each'): Promise<void> => {
    const source = new DataSource({ type: 'postgres', url, migrations: [join(project, 'migrations/*.cjs')], logging: false })
    await source.initialize()
    try { await source[direction]({ transaction }) } finally { await source.destroy() }
  }
  return {
    id: 'typeorm',
    add: (project, { path, body }) => put('migrations')(project, { path: path.replace(/ts$/, 'cjs'), body: transformSync(body, { loader: 'ts', format: 'cjs' }).code }),
    up: (project, url) => go(project, url, 'runMigrations'), down: (project, url, transactional) => go(project, url, 'undoLastMigration', transactional ? 'each' : 'none'),
  }
}

export async function drizzle(register: string): Promise<Tool> {
  const { drizzle: connect } = await importTool('drizzle-orm/node-postgres/index.js') as { drizzle: (client: unknown) => unknown }
  const { migrate } = await importTool('drizzle-orm/node-postgres/migrator.js') as { migrate: (db: unknown, config: object) => Promise<void> }
  const { Client } = requireTool('pg') as { Client: new (options: object) => { connect: () => Promise<void>, end: () => Promise<void> } }
  return {
    id: 'drizzle-kit',
    add: (project, file) => put('planned')(project, file),
    up: async (project, url) => {
      writeFileSync(join(project, 'add.mjs'), register)
      const seen = new Set((() => { try { return (JSON.parse(readFileSync(join(project, 'drizzle/meta/_journal.json'), 'utf8')) as { entries: { tag: string }[] }).entries.map(({ tag }) => tag.replace(/^\d+_/, '')) } catch { return [] } })())
      const fresh = readdirSync(join(project, 'planned')).sort().filter((name) => !seen.has(name.replace(/^\d+_|\.sql$/g, '')))
      await run(process.execPath, ['add.mjs', ...fresh.map((name) => join('planned', name))], { cwd: project })
      const client = new Client({ connectionString: url })
      await client.connect()
      try { await migrate(connect(client), { migrationsFolder: join(project, 'drizzle') }) } finally { await client.end() }
    },
  }
}

export function dbmate(): Tool {
  const go = async (project: string, url: string, ...words: readonly string[]): Promise<void> => { await run(dbmateProgram, ['--no-dump-schema', '-d', join(project, 'migrations'), ...words], { env: { ...process.env, DATABASE_URL: `${url}?sslmode=disable` } }) }
  return { id: 'dbmate', add: put('migrations'), up: (project, url) => go(project, url, 'up'), down: (project, url) => go(project, url, 'down') }
}
