import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { loadModule } from 'libpg-query'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { InputError } from '../../../src/core/errors.ts'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import { migrationPlan } from '../../../src/tools/migration-plan/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { hasPython } from './python.ts'
import { csharpShape, markdownShape, pgShape, phpShapes, pythonShapes, rubyShapes, scriptShape, shellShape, tokenShape, type Shape } from './shapes.ts'

const seed = Number(process.env['SEED'] ?? 20261122)
const names = Number(process.env['NAMES'] ?? 40)
const pieces = [
  "'", '"', '`', '[', ']', ']]', '*/', '/*', '--', '-- x', ';', '\\', '\\\\', "\\'", '${x}', '#{x}', '{{x}}', '{% x %}', '%s', '%(x)s', '%I', '$1', '?', ':name', '::', '$$', '$fn$', '$check$', '\n', '\r', '--> statement-breakpoint', '\n-- migrate:down\n', '\nSQL\n', '\t', 'SQL', 'SQL;', 'EOF', 'JS', '#', '//', '<!--', '-->', '<script>', '|', '](x)', '***', '&', '!', '$(x)', '`x`', '~', '=', ',', '(', ')', ' ',
  '\u2028', '\u2029', '\u0085', '\u00a0', '\u200b', '\u202e', '\u200f', '\u{1F600}', 'e\u0301', 'ß', '表', '\ufeff', 'select', 'table', 'user', 'order', 'NULL', 'new', 'old', 't', 'x'.repeat(70), 'é'.repeat(40),
]
const hostile = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 5 }).map((parts) => parts.join('')).filter((name) => name.trim() !== '')
const sample = fc.sample(hostile, { seed, numRuns: names })
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

type Request = (name: string) => MigrationInput
const large: MigrationInput = { stage: 'growth', rows: 5_000_000 }
const common: Readonly<Record<string, Request>> = {
  'add-index': (name) => ({ table: name, columns: [name] }), 'add-nullable-column': (name) => ({ table: name, column: name, type: 'text' }), 'drop-column': (name) => ({ table: name, column: name }),
  'rename-column': (name) => ({ table: name, from: name, to: `${name}2`, type: 'text' }),
}
const requests: Readonly<Record<string, Readonly<Record<string, Request>>>> = {
  postgresql: {
    ...common, 'add-foreign-key': (name) => ({ table: name, column: name, references: `"${name.replaceAll('"', '""')}"(id)` }), 'set-not-null': (name) => ({ table: name, column: name }), 'enum-add-value': (name) => ({ type: 'status', to: name, from: 'paid' }),
    'change-column-default': (name) => ({ table: name, column: name, expression: quoted(name), from: "'free'" }), 'backfill-only': (name) => ({ table: name, column: name, expression: quoted(name) }), 'json-key-rename': (name) => ({ table: 'users', column: 'prefs', from: name, to: `${name}2` }),
    'split-column': (name) => ({ table: name, from: name, columns: [`${name}1`, `${name}2`], type: 'text' }), 'rename-table': (name) => ({ table: name, to: `${name}2` }), 'soft-delete': (name) => ({ table: name, column: name, columns: [`${name}1`], from: `${name}2` }),
  },
  mysql: common, mariadb: common, sqlite: common, sqlserver: common,
  mongodb: { 'mongo-add-field': (name) => ({ table: name, column: name, expression: quoted(name) }), 'mongo-rename-field': (name) => ({ table: name, from: name, to: `${name}2` }), 'mongo-add-index': (name) => ({ table: name, columns: [name] }), 'mongo-drop-field-or-collection': (name) => ({ table: name, column: name }) },
}
const tools: Readonly<Record<string, readonly string[]>> = {
  postgresql: ['prisma-migrate', 'node-pg-migrate', 'knex', 'typeorm', 'drizzle-kit', 'dbmate', 'alembic', 'django-migrations', 'flyway', 'rails-migrations', 'laravel-migrations', 'ef-core'],
  mysql: ['knex', 'laravel-migrations', 'alembic', 'flyway'], mariadb: ['typeorm', 'rails-migrations', 'dbmate'], sqlite: ['knex', 'alembic', 'rails-migrations', 'dbmate'], sqlserver: ['flyway', 'ef-core', 'knex'], mongodb: ['migrate-mongo'],
}
interface Part { readonly language: string, readonly text: string, readonly where: string }
const languages: Readonly<Record<string, string>> = { sql: 'sql', cjs: 'js', mjs: 'js', js: 'js', ts: 'ts', py: 'python', rb: 'ruby', php: 'php', cs: 'csharp', sh: 'shell' }
/** Everything that an answer holds, in order; undefined when the name was refused. */
function parts(database: string, tool: string, change: string, input: MigrationInput): readonly Part[] | undefined {
  try {
    const { files, sections } = migrationPlan.run({ database, tool, change, ...large, ...input }, { knowledge: knowledge(), asOf, detail: 'normal' })
    const where = `${database}, ${tool}, ${change}, ${JSON.stringify(input)}`
    return [
      // Flyway has settings beside a file that holds `${`. Statements of the answer are shortened there, and stand in the files.
      ...files.filter(({ path }) => !path.endsWith('.conf')).map(({ path, body }) => ({ language: tool === 'drizzle-kit' && /^db\/(migrations|planned)\//.test(path) ? 'drizzle' : languages[path.split('.').at(-1) ?? ''] ?? 'text', text: body, where: `${path}: ${where}` })),
      ...sections.map(({ body }) => ({ language: 'markdown', text: body, where })),
    ]
  } catch (error) {
    if (error instanceof InputError) return undefined
    throw error
  }
}
const each: Readonly<Record<string, (text: string, database: string) => Shape>> = {
  // Drizzle cuts a file wherever this stands.
  drizzle: (text) => ({ shape: text.split('--> statement-breakpoint').map((one) => pgShape(one).shape).join(' | '), texts: [] }),
  sql: (text, database) => (database === 'postgresql' ? pgShape(text) : tokenShape(text, database)), js: (text) => scriptShape(text, false), ts: (text) => scriptShape(text, true), csharp: csharpShape, shell: shellShape, markdown: markdownShape, text: () => ({ shape: '', texts: [] }),
}
const several: Readonly<Record<string, (texts: readonly string[]) => readonly Shape[]>> = { python: pythonShapes, ruby: rubyShapes, php: phpShapes }
const there: Readonly<Record<string, boolean>> = { python: hasPython('sqlalchemy'), ruby: spawnSync('ruby', ['-v']).status === 0, php: spawnSync('php', ['-v']).status === 0 }

describe('names and values that look like code change nothing but names and values', () => {
  beforeAll(async () => { knowledge(); await loadModule() })
  let home = ''
  beforeAll(() => { home = mkdtempSync(join(tmpdir(), 'ops-hostile-')) })
  afterAll(() => rmSync(home, { recursive: true, force: true }))
  const sharp: string[] = []

  test.each(Object.keys(requests))(`%s, seed ${seed}`, (database) => {
    const [mine, plain]: [Part[], Part[]] = [[], []]
    let [asked, refused] = [0, 0]
    sample.forEach((name, index) => {
      for (const [at, [change, request]] of Object.entries(requests[database] ?? {}).entries()) {
        const tool = tools[database]?.[(index + at) % (tools[database]?.length ?? 1)] ?? ''
        const [got, wanted] = [parts(database, tool, change, request(name)), parts(database, tool, change, request('plain'))]
        asked += 1
        if (got === undefined) refused += 1
        else {
          expect(got.map(({ language }) => language), got[0]?.where).toEqual(wanted?.map(({ language }) => language))
          mine.push(...got)
          plain.push(...wanted ?? [])
        }
      }
    })
    expect(refused, 'refused').toBeLessThan(asked / 2)
    const shapes = (list: readonly Part[]): ReadonlyMap<Part, Shape> => {
      const found = new Map<Part, Shape>()
      for (const [language, read] of Object.entries(several)) {
        const some = list.filter((part) => part.language === language)
        if (there[language] === true && some.length > 0) read(some.map(({ text }) => text)).forEach((shape, index) => found.set(some[index] as Part, shape))
      }
      for (const part of list) if (each[part.language] !== undefined) try { found.set(part, (each[part.language] as (text: string, database: string) => Shape)(part.text, database)) } catch (error) { throw new Error(`${part.where}\n${part.text}\n${String(error)}`) }
      return found
    }
    const [a, b] = [shapes(mine), shapes(plain)]
    let inner = 0
    mine.forEach((part, index) => {
      const [got, wanted] = [a.get(part), b.get(plain[index] as Part)]
      if (got === undefined || wanted === undefined) return
      expect(got.shape, `${part.where}\n${part.text}`).toBe(wanted.shape)
      if (part.language === 'csharp') sharp.push(part.text)
      // What a program hands on is what PostgreSQL gets.
      if (database === 'postgresql' && !['sql', 'drizzle'].includes(part.language) && part.language !== 'shell') {
        expect(got.texts.length, part.where).toBe(wanted.texts.length)
        got.texts.forEach((text, at) => {
          let expected: string
          try { expected = pgShape((wanted.texts[at] ?? '').replaceAll('\\?', '?')).shape } catch { return }
          inner += 1
          expect(pgShape(part.where.includes('knex') ? text.replaceAll('\\?', '?') : text).shape, `${part.where}\n${text}`).toBe(expected)
        })
      }
    })
    expect(mine.length).toBeGreaterThan(names * 4)
    console.log(`${database}: ${asked} requests, ${refused} refused, ${mine.length} texts compared, ${inner} statements inside programs`)
  }, 600_000)

  test.skipIf(spawnSync('mcs', ['--version']).error !== undefined)('C# compiles (mcs)', () => {
    expect(sharp.length).toBeGreaterThan(10)
    sharp.forEach((text, index) => writeFileSync(join(home, `${index}.cs`), text.replace(/^\[DbContext/m, `namespace N${index} {\n[DbContext`).concat('}\n')))
    mkdirSync(join(home, 'stub'))
    writeFileSync(join(home, 'stub/ef.cs'), `namespace Microsoft.EntityFrameworkCore.Infrastructure { public class DbContextAttribute : System.Attribute { public DbContextAttribute(System.Type t) {} } }
namespace Microsoft.EntityFrameworkCore.Migrations { public class MigrationAttribute : System.Attribute { public MigrationAttribute(string id) {} }
public class MigrationBuilder { public void Sql(string sql, bool suppressTransaction = false) {} } public class Migration { protected virtual void Up(MigrationBuilder m) {} protected virtual void Down(MigrationBuilder m) {} } }
public class AppDbContext {}`)
    const done = spawnSync('mcs', ['-target:library', '-out:all.dll', '-recurse:*.cs'], { cwd: home, encoding: 'utf8' })
    expect(done.status, `${done.stdout}${done.stderr}`.slice(0, 2000)).toBe(0)
  })

  test('a text that does change is seen', () => {
    expect(pgShape('SELECT 1;').shape).not.toBe(pgShape('SELECT 1; DROP TABLE users;').shape)
    expect(pgShape('ALTER TABLE "a" ADD b int').shape).toBe(pgShape('ALTER TABLE x ADD "c;--" int').shape)
    expect(scriptShape('f(`a`)', false).shape).not.toBe(scriptShape('f(`${a}`)', false).shape)
    expect(tokenShape("SELECT 'a' FROM `b`", 'mysql').shape).toBe(tokenShape("SELECT 'a''--' FROM c", 'mysql').shape)
    expect(() => tokenShape("SELECT 'a\\' FROM b", 'mysql')).toThrow('never ends')
    expect(tokenShape('SELECT [a]]b]', 'sqlserver').shape).toBe(tokenShape('SELECT c', 'sqlserver').shape)
  })
})
