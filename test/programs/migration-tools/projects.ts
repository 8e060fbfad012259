import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { suitableNode } from '../../support/suitable-node.ts'
import { cache, dbmateProgram, fetchPrisma, prismaCache, squawkProgram } from './installed.ts'
import { hasPython, python } from './python.ts'

export interface File { readonly path: string, readonly body: string }

/** A project as a team would have it, whose tool is called as the plan says. */
export interface Project {
  /** What is missing here, for the title of a test that is left out; undefined when all is there. */
  readonly missing?: string | undefined
  readonly settings: readonly File[]
  readonly apply: readonly [string, ...string[]]
  /** A command that lists what is pending, and what it says when nothing is. Undefined for a tool that has none. */
  readonly status?: { readonly command: readonly [string, ...string[]], readonly clean: RegExp }
  /** Programs of the project, as shell scripts. */
  readonly bin?: Readonly<Record<string, string>>
  /** The file as a person moves it in. */
  readonly move?: (file: File, previous: string) => File
}

const has = (program: string, ...words: readonly string[]): boolean => spawnSync(program, words).status === 0
export const ruby = has('ruby', '-e', "require 'rails'; require 'active_record'; require 'pg'")
export const php = has('php', '-r', "require 'Illuminate/autoload.php'; require 'Illuminate/Foundation/Application.php'; exit(extension_loaded('pdo_pgsql') ? 0 : 1);")

const alembicEnv = `import os
from alembic import context
from sqlalchemy import create_engine
engine = create_engine(os.environ["DATABASE_URL"].replace("postgres://", "postgresql+psycopg2://"))
with engine.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
`
const manage = `import os
import sys
from urllib.parse import urlsplit
import django
from django.conf import settings
url = urlsplit(os.environ["DATABASE_URL"])
settings.configure(INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "shop"], DEFAULT_AUTO_FIELD="django.db.models.AutoField", DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "NAME": url.path[1:], "USER": url.username, "HOST": url.hostname, "PORT": url.port}})
django.setup()
from django.core.management import execute_from_command_line
execute_from_command_line(sys.argv)
`
// With this engine the command waits ten seconds for timers that it forgot. The adapter knows no columns of type `name`, which the engine asks the catalogue for, and cuts a file at its semicolons, where the engine that
// is downloaded sends it as a whole.
export const prismaConfig = `import { defineConfig } from 'prisma/config'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
for (const { prototype } of [pg.Client, pg.Pool]) {
  const { query } = prototype
  prototype.query = function (...words) {
    const answer = query.apply(this, words)
    if (!(answer instanceof Promise)) return answer
    return answer.then((result) => {
      for (const one of [result].flat()) for (const field of one.fields ?? []) if (field.dataTypeID === 19) field.dataTypeID = 25
      return result
    })
  }
}
const later = globalThis.setTimeout
globalThis.setTimeout = (work, wait, ...rest) => { const timer = later(work, wait, ...rest); return wait >= 10000 ? timer.unref() : timer }
export default defineConfig({ schema: 'prisma/schema.prisma', experimental: { adapter: true }, engine: 'js', adapter: async () => {
  const factory = new PrismaPg({ connectionString: process.env.DATABASE_URL, idleTimeoutMillis: 50 })
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const adapter = await connect()
    adapter.executeScript = async (script) => { await adapter.client.query(script) }
    return adapter
  }
  return factory
} })
`
const artisan = `<?php
require 'Illuminate/autoload.php';
foreach (['Foundation/helpers.php', 'Foundation/Application.php', 'Support/helpers.php'] as $file) { require_once 'Illuminate/' . $file; }
spl_autoload_register(function ($class) { $file = str_replace('\\\\', '/', $class) . '.php'; if (stream_resolve_include_path($file)) { require_once $file; } });
$app = new Illuminate\\Foundation\\Application(__DIR__);
$app->singleton(Illuminate\\Contracts\\Http\\Kernel::class, Illuminate\\Foundation\\Http\\Kernel::class);
$app->singleton(Illuminate\\Contracts\\Console\\Kernel::class, Illuminate\\Foundation\\Console\\Kernel::class);
$app->singleton(Illuminate\\Contracts\\Debug\\ExceptionHandler::class, Illuminate\\Foundation\\Exceptions\\Handler::class);
$kernel = $app->make(Illuminate\\Contracts\\Console\\Kernel::class);
$status = $kernel->handle($input = new Symfony\\Component\\Console\\Input\\ArgvInput, new Symfony\\Component\\Console\\Output\\ConsoleOutput);
exit($status);
`

/** Nothing is downloaded, and nobody is told. */
export const prismaEnv = { CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1', PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true', PRISMA_QUERY_ENGINE_LIBRARY: '/bin/true' }

export const projects: Readonly<Record<string, Project>> = {
  'node-pg-migrate': { settings: [], apply: ['npx', 'node-pg-migrate', 'up'] },
  knex: { settings: [{ path: 'knexfile.js', body: "module.exports = { client: 'pg', connection: process.env.DATABASE_URL }" }], apply: ['npx', 'knex', 'migrate:latest'], status: { command: ['npx', 'knex', 'migrate:status'], clean: /No pending|(?<!\d)0 pending|Pending: 0|up to date/i } },
  dbmate: { settings: [], apply: ['sh', 'db/migrate.sh'], status: { command: ['dbmate', 'status'], clean: /Pending: 0/ } },
  typeorm: {
    missing: suitableNode() === undefined ? 'Node 22.18 or newer' : undefined,
    settings: [{ path: 'src/data-source.ts', body: "import { DataSource } from 'typeorm'\nexport default new DataSource({ type: 'postgres', url: process.env.DATABASE_URL, migrations: ['src/migrations/*.ts'] })\n" }],
    apply: ['node', 'db/migrate.mjs'], status: { command: ['npx', 'typeorm', 'migration:show', '-d', 'src/data-source.ts'], clean: /^(?![^]*\[ \])/ },
    bin: { node: `exec "${suitableNode()}" "$@"` },
  },
  'drizzle-kit': {
    settings: [{ path: 'drizzle.config.ts', body: "import { defineConfig } from 'drizzle-kit'\nexport default defineConfig({ dialect: 'postgresql', schema: './drizzle/schema.ts', out: './drizzle', dbCredentials: { url: process.env.DATABASE_URL! } })\n" }],
    apply: ['node', 'db/migrate.mjs'],
  },
  'prisma-migrate': {
    missing: fetchPrisma() ? undefined : 'Prisma from npm',
    settings: [
      { path: 'prisma/schema.prisma', body: 'datasource db {\n  provider = "postgresql"\n  url      = env("DATABASE_URL")\n}\n' },
      { path: 'prisma.config.ts', body: prismaConfig },
    ],
    apply: ['npx', 'prisma', 'migrate', 'deploy'], status: { command: ['npx', 'prisma', 'migrate', 'status'], clean: /Database schema is up to date/ },
  },
  alembic: {
    missing: hasPython('alembic, psycopg2') ? undefined : 'python3-alembic',
    settings: [{ path: 'alembic.ini', body: '[alembic]\nscript_location = alembic\n' }, { path: 'alembic/env.py', body: alembicEnv }],
    apply: ['python', 'db/migrate.py'], status: { command: ['alembic', 'current'], clean: /\(head\)/ },
    move: ({ path, body }, previous) => ({ path, body: body.replace('SET-TO-CURRENT-HEAD', previous) }),
  },
  'django-migrations': {
    missing: hasPython('django, psycopg2') ? undefined : 'python3-django',
    settings: [{ path: 'manage.py', body: manage }, { path: 'shop/__init__.py', body: '' }, { path: 'shop/migrations/__init__.py', body: '' }],
    apply: ['python', 'db/migrate.py'], status: { command: ['python', 'manage.py', 'migrate', 'shop', '--check'], clean: /^/ },
    move: ({ path, body }, previous) => ({ path: path.replace('db/migrations', 'shop/migrations'), body: body.replace('SET-TO-APP', 'shop').replace('SET-TO-LATEST', previous) }),
  },
  'rails-migrations': {
    missing: ruby ? undefined : 'ruby-railties, ruby-activerecord, ruby-pg',
    settings: [
      { path: 'config/application.rb', body: "require 'logger'\nrequire 'rails'\nrequire 'active_record/railtie'\nmodule Shop\n  class Application < Rails::Application\n    config.root = File.expand_path('..', __dir__)\n    config.eager_load = false\n    config.logger = Logger.new(nil)\n    config.active_record.schema_format = :sql\n    config.active_record.dump_schema_after_migration = false\n  end\nend\n" },
      { path: 'config/database.yml', body: 'development:\n  adapter: postgresql\n' }, { path: 'config/environment.rb', body: "require_relative 'application'\nRails.application.initialize!\n" }, { path: 'Rakefile', body: "require_relative 'config/application'\nRails.application.load_tasks\n" },
    ],
    bin: { rails: 'exec ruby -W0 -e \'APP_PATH = File.expand_path("config/application"); require "logger"; require "rails/commands"\' -- "$@"' },
    apply: ['bin/rails', 'db:migrate'], status: { command: ['bin/rails', 'db:migrate:status'], clean: /^(?![^]* down )/ },
  },
  'laravel-migrations': {
    missing: php ? undefined : 'php-laravel-framework, php-pgsql',
    settings: [
      { path: 'artisan', body: artisan }, { path: 'composer.json', body: '{"autoload":{"psr-4":{"App\\\\":"app/"}}}' }, { path: 'app/.keep', body: '' }, { path: 'bootstrap/cache/.keep', body: '' }, { path: 'storage/logs/.keep', body: '' },
      { path: 'config/app.php', body: "<?php return ['name' => 'shop', 'env' => 'production', 'key' => str_repeat('k', 32), 'cipher' => 'AES-256-CBC', 'timezone' => 'UTC', 'providers' => [Illuminate\\Cache\\CacheServiceProvider::class, Illuminate\\Database\\DatabaseServiceProvider::class, Illuminate\\Filesystem\\FilesystemServiceProvider::class, Illuminate\\Foundation\\Providers\\ConsoleSupportServiceProvider::class, Illuminate\\Foundation\\Providers\\FoundationServiceProvider::class, Illuminate\\Queue\\QueueServiceProvider::class], 'aliases' => []];" },
      { path: 'config/database.php', body: "<?php return ['default' => 'pgsql', 'connections' => ['pgsql' => ['driver' => 'pgsql', 'url' => getenv('DATABASE_URL'), 'charset' => 'utf8', 'prefix' => '', 'schema' => 'public', 'search_path' => 'public']], 'migrations' => 'migrations'];" },
      { path: 'config/cache.php', body: "<?php return ['default' => 'array', 'stores' => ['array' => ['driver' => 'array']], 'prefix' => ''];" }, { path: 'config/queue.php', body: "<?php return ['default' => 'sync', 'connections' => ['sync' => ['driver' => 'sync']]];" },
    ],
    // Laravel 8, as Debian has it, knows no --isolated.
    bin: { php: 'for word in "$@"; do shift; [ "$word" = --isolated ] || set -- "$@" "$word"; done\nexec /usr/bin/php "$@"' },
    apply: ['php', 'artisan', 'migrate', '--force'], status: { command: ['php', 'artisan', 'migrate:status'], clean: /^(?![^]*\| No )/ },
  },
}

/** Writes the files into a new folder below `home`, with `npx` and the programs of the project in its bin. */
export function makeProject(home: string, id: string, files: readonly File[]): string {
  const root = mkdtempSync(join(home, 'p-'))
  const { settings, bin = {} } = projects[id] ?? { settings: [] }
  const modules = id === 'prisma-migrate' ? prismaCache : cache
  const node = `PATH="${root}/bin:$PATH"; export PATH`
  put(root, [...files, ...settings])
  if (existsSync(modules)) symlinkSync(join(modules, 'node_modules'), join(root, 'node_modules'))
  const programs = {
    node: `exec "${process.execPath}" "$@"`,
    npx: `${node}\n[ "$1" != --yes ] || shift\nprogram=$1; shift\n[ "$program" != squawk-cli ] || exec "${squawkProgram}" "$@"\nexec "${join(modules, 'node_modules/.bin')}/$program" "$@"`, dbmate: `DATABASE_URL="$DATABASE_URL?sslmode=disable" exec "${dbmateProgram}" --no-dump-schema "$@"`,
    python: `exec ${python} -B "$@"`, alembic: `exec ${python} -m alembic.config "$@"`, ...bin,
  }
  mkdirSync(join(root, 'bin'), { recursive: true })
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(root, 'bin', name), `#!/bin/sh\n${text}\n`)
    chmodSync(join(root, 'bin', name), 0o755)
  }
  return root
}

export function put(root: string, files: readonly File[]): void {
  for (const { path, body } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), body)
  }
}
