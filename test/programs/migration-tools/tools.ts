import { execFile, spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
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
const put = (folder: string) => (project: string, { path, body }: { readonly path: string, readonly body: string }): void => {
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

const alembicDriver = `
import json, os, sys
from alembic import command
from alembic.config import Config
ENV = '''
from alembic import context
from sqlalchemy import create_engine
engine = create_engine(context.config.get_main_option("sqlalchemy.url"))
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=None)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
'''
for line in sys.stdin:
    word, project, url = json.loads(line)
    folder = os.path.join(project, "alembic")
    os.makedirs(os.path.join(folder, "versions"), exist_ok=True)
    with open(os.path.join(folder, "env.py"), "w") as file:
        file.write(ENV)
    config = Config()
    config.set_main_option("script_location", folder)
    config.set_main_option("sqlalchemy.url", url)
    try:
        command.upgrade(config, "head") if word == "up" else command.downgrade(config, "-1")
        print("ok", flush=True)
    except Exception as error:
        print("failed " + json.dumps(repr(error)), flush=True)
`
/** Debian's Python has it; one process does everything, because each start takes a second. */
export function alembic(python: string): Tool {
  const child = spawn(python, ['-c', alembicDriver], { stdio: ['pipe', 'pipe', 'ignore'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const go = async (word: string, project: string, url: string): Promise<void> => {
    child.stdin.write(`${JSON.stringify([word, project, url.replace('postgres://', 'postgresql+psycopg2://')])}\n`)
    const { value } = await lines.next() as { value: string | undefined }
    if (value !== 'ok') throw new Error(value)
  }
  const heads = new Map<string, string>()
  return {
    id: 'alembic',
    add: (project, { path, body }) => {
      // What a person does with the placeholder.
      const text = heads.has(project) ? body.replace('SET-TO-CURRENT-HEAD', heads.get(project) as string) : body.replace('"SET-TO-CURRENT-HEAD"', 'None')
      heads.set(project, /^revision = "(\w+)"$/m.exec(body)?.[1] as string)
      put('alembic/versions')(project, { path, body: text })
    },
    up: (project, url) => go('up', project, url), down: (project, url) => go('down', project, url),
    stop: () => { child.kill() },
  }
}

/** Debian's Django; each command is a process of its own, because it reads migrations once. */
export function django(python: string): Tool {
  const manage = async (project: string, url: string, ...words: readonly string[]): Promise<void> => {
    const { hostname, port, pathname, username } = new URL(url)
    const settings = `import django\nfrom django.conf import settings\nsettings.configure(INSTALLED_APPS=['shop'], DEFAULT_AUTO_FIELD='django.db.models.AutoField', DATABASES={'default': {'ENGINE': 'django.db.backends.postgresql', 'NAME': '${pathname.slice(1)}', 'USER': '${username}', 'HOST': '${hostname}', 'PORT': '${port}'}})\ndjango.setup()\nfrom django.core.management import call_command\nimport sys\ncall_command(*sys.argv[1:], verbosity=0)`
    await run(python, ['-B', '-c', settings, ...words], { cwd: project })
  }
  const added = new Map<string, string[]>()
  return {
    id: 'django-migrations',
    add: (project, { path, body }) => {
      const names = added.get(project) ?? []
      added.set(project, [...names, basename(path, '.py')])
      mkdirSync(join(project, 'shop/migrations'), { recursive: true })
      for (const file of ['shop/__init__.py', 'shop/migrations/__init__.py']) writeFileSync(join(project, file), '')
      // What a person does with the placeholders.
      put('shop/migrations')(project, { path, body: body.replace(/^ {4}dependencies = .*$/m, `    dependencies = [${names.length === 0 ? '' : `("shop", "${names.at(-1)}")`}]`) })
    },
    up: (project, url) => manage(project, url, 'migrate', 'shop'),
    down: async (project, url) => {
      const names = (added.get(project) ?? []).slice(0, -1)
      await manage(project, url, 'migrate', 'shop', names.at(-1) ?? 'zero')
      added.set(project, names)
    },
  }
}
