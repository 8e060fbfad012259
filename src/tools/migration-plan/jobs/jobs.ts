import type { ToolSheet } from '../select-tool.ts'
import type { Job } from './job.ts'
import { nodeJob as mysqlNodeJob } from './mysql/node.ts'
import { pythonJob as mysqlPythonJob } from './mysql/python.ts'
import { nodeRunner as mysqlNodeRunner } from './mysql/runner-node.ts'
import { pythonRunner as mysqlPythonRunner } from './mysql/runner-python.ts'
import { shellRunner as mysqlShellRunner } from './mysql/runner-shell.ts'
import { sqlJob as mysqlSqlJob } from './mysql/sql.ts'
import { nodeJob } from './node.ts'
import { pythonJob } from './python.ts'
import { nodeRunner } from './runner-node.ts'
import { pythonRunner } from './runner-python.ts'
import { shellRunner } from './runner-shell.ts'
import { sqlJob } from './sql.ts'

type Language = 'node' | 'python' | 'sql'

/** What the team of a migration tool writes its jobs in; SQL for psql where that is neither JavaScript nor Python. */
const languages: Readonly<Record<string, Language | undefined>> = {
  alembic: 'python', 'django-migrations': 'python', 'drizzle-kit': 'node', knex: 'node', 'node-pg-migrate': 'node', 'prisma-migrate': 'node', 'sqlalchemy-migrate': 'python', typeorm: 'node',
}
export const languageOf = (tool: string): Language => languages[tool] ?? 'sql'

interface Program { readonly extension: string, readonly run: string, readonly text: (job: Job) => string, readonly runner: (command: string) => string, readonly runnerPath: string, readonly startRunner: string }
const programs: Readonly<Record<Language, Program>> = {
  node: { extension: 'mjs', run: 'node FILE', text: nodeJob, runner: nodeRunner, runnerPath: 'db/migrate.mjs', startRunner: 'node db/migrate.mjs' },
  python: { extension: 'py', run: 'python FILE', text: pythonJob, runner: pythonRunner, runnerPath: 'db/migrate.py', startRunner: 'python db/migrate.py' },
  sql: { extension: 'sql', run: 'psql "$DIRECT_DATABASE_URL" -f FILE', text: sqlJob, runner: shellRunner, runnerPath: 'db/migrate.sh', startRunner: 'sh db/migrate.sh' },
}
const mysqlPrograms: Readonly<Record<Language, Program>> = {
  node: { ...programs.node, text: mysqlNodeJob, runner: mysqlNodeRunner },
  python: { ...programs.python, text: mysqlPythonJob, runner: mysqlPythonRunner },
  sql: { ...programs.sql, run: 'mysql --defaults-file="$MYSQL_DEFAULTS_FILE" "$DATABASE_NAME" < FILE', text: mysqlSqlJob, runner: mysqlShellRunner },
}
export const isMysql = (database: string): boolean => database === 'mysql' || database === 'mariadb'
export const programFor = (tool: string, database = 'postgresql'): Program => (isMysql(database) ? mysqlPrograms : programs)[languageOf(tool)]

/** True for a tool that lets a second runner in, on a server that has locks for that. */
export const needsRunner = (sheet: ToolSheet | undefined, database: string): boolean =>
  (database === 'postgresql' || isMysql(database)) && sheet?.facts.kind.value === 'migration-runner' && sheet.facts.runnerLock.value === 'none' && sheet.facts.applyCommand.value !== null
/** The command that applies migrations: under the runner where the tool takes no lock. */
export const lockedCommand = (tool: string, sheet: ToolSheet | undefined, database: string): string | null =>
  (needsRunner(sheet, database) ? programFor(tool, database).startRunner : sheet?.facts.applyCommand.value ?? null)
