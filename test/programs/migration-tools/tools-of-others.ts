import { execFile, spawn } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { prismaCache } from './installed.ts'
import { prismaConfig, prismaEnv } from './projects.ts'
import { put, type Tool } from './tools.ts'

const run = promisify(execFile)

/** One process that does everything, because each start takes a second. It answers each line with `ok` or what went wrong. */
function driver(program: string, ...words: readonly string[]): { readonly go: (word: string, project: string, url: string) => Promise<void>, readonly stop: () => void } {
  const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'ignore'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    go: async (word, project, url) => {
      child.stdin.write(`${JSON.stringify([word, project, url])}\n`)
      const { value } = await lines.next() as { value: string | undefined }
      if (value !== 'ok') throw new Error(value)
    },
    stop: () => { child.kill() },
  }
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
  const { go, stop } = driver(python, '-c', alembicDriver)
  const here = (url: string): string => url.replace('postgres://', 'postgresql+psycopg2://')
  const heads = new Map<string, string>()
  return {
    id: 'alembic',
    add: (project, { path, body }) => {
      // What a person does with the placeholder.
      const text = heads.has(project) ? body.replace('SET-TO-CURRENT-HEAD', heads.get(project) as string) : body.replace('"SET-TO-CURRENT-HEAD"', 'None')
      heads.set(project, /^revision = "(\w+)"$/m.exec(body)?.[1] as string)
      put('alembic/versions')(project, { path, body: text })
    },
    up: (project, url) => go('up', project, here(url)), down: (project, url) => go('down', project, here(url)), stop,
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

const rubyDriver = `
require 'json'
require 'logger'
require 'active_record'
ActiveRecord::Migration.verbose = false
STDOUT.sync = true
STDIN.each_line do |line|
  word, project, url = JSON.parse(line)
  begin
    ActiveRecord::Base.establish_connection(url)
    context = ActiveRecord::MigrationContext.new(File.join(project, 'migrations'), ActiveRecord::Base.connection.schema_migration)
    word == 'up' ? context.migrate : context.rollback(1)
    puts 'ok'
  rescue StandardError => error
    puts "failed #{error.message.to_json}"
  ensure
    ActiveRecord::Base.remove_connection
  end
end
`
export function rails(): Tool {
  const { go, stop } = driver('ruby', '-W0', '-e', rubyDriver)
  return { id: 'rails-migrations', add: put('migrations'), up: (project, url) => go('up', project, url), down: (project, url) => go('down', project, url), stop }
}

const phpDriver = `
require 'Illuminate/autoload.php';
$capsule = null;
while (($line = fgets(STDIN)) !== false) {
    [$word, $project, $url] = json_decode($line);
    try {
        $capsule = new Illuminate\\Database\\Capsule\\Manager;
        $capsule->addConnection(['driver' => 'pgsql', 'url' => $url, 'charset' => 'utf8', 'prefix' => '', 'schema' => 'public']);
        $manager = $capsule->getDatabaseManager();
        $capsule->getContainer()->instance('db', $manager);
        Illuminate\\Support\\Facades\\Facade::clearResolvedInstances();
        Illuminate\\Support\\Facades\\Facade::setFacadeApplication($capsule->getContainer());
        $log = new Illuminate\\Database\\Migrations\\DatabaseMigrationRepository($manager, 'migrations');
        if (!$log->repositoryExists()) { $log->createRepository(); }
        $migrator = new Illuminate\\Database\\Migrations\\Migrator($log, $manager, new Illuminate\\Filesystem\\Filesystem);
        $word === 'up' ? $migrator->run(["$project/migrations"], ['step' => true]) : $migrator->rollback(["$project/migrations"], ['step' => 1]);
        echo "ok\\n";
    } catch (Throwable $error) {
        echo 'failed ' . json_encode($error->getMessage()) . "\\n";
    } finally {
        $capsule->getDatabaseManager()->purge('default');
    }
}
`
export function laravel(): Tool {
  const { go, stop } = driver('php', '-r', phpDriver)
  return { id: 'laravel-migrations', add: put('migrations'), up: (project, url) => go('up', project, url), down: (project, url) => go('down', project, url), stop }
}

/** The command itself, with its engine as WebAssembly. */
export function prisma(): Tool {
  return {
    id: 'prisma-migrate',
    add: (project, { path, body }) => {
      const folder = join(project, 'prisma/migrations', path.split('/').at(-2) ?? '')
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, 'migration.sql'), body)
    },
    up: async (project, url) => {
      writeFileSync(join(project, 'prisma/schema.prisma'), 'datasource db {\n  provider = "postgresql"\n  url      = env("DATABASE_URL")\n}\n')
      writeFileSync(join(project, 'prisma.config.ts'), prismaConfig)
      try { symlinkSync(join(prismaCache, 'node_modules'), join(project, 'node_modules')) } catch { /* it is there */ }
      // It refuses a schema that it did not make, unless its table says that somebody adopted it.
      const client = new (createRequire(join(prismaCache, 'package.json'))('pg') as { Client: new (url: string) => { connect: () => Promise<void>, query: (sql: string) => Promise<unknown>, end: () => Promise<void> } }).Client(url)
      await client.connect()
      await client.query('CREATE TABLE IF NOT EXISTS _prisma_migrations (id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count int NOT NULL DEFAULT 0)')
      await client.end()
      await run(process.execPath, [join(prismaCache, 'node_modules/prisma/build/index.js'), 'migrate', 'deploy'], { cwd: project, env: { ...process.env, ...prismaEnv, DATABASE_URL: url } })
    },
  }
}
