import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { transformSync } from 'esbuild'
import { loadModule, parseSync } from 'libpg-query'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changes } from '../../../src/tools/migration-plan/changes.ts'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import { migrationPlan } from '../../../src/tools/migration-plan/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { hostileNames, requests } from '../../tools/migration-plan/cases.ts'

const files = (tool: string, change: string, more: MigrationInput = {}) => migrationPlan.run({ database: 'postgresql', tool, change, stage: 'growth', rows: 5_000_000, ...requests[change], ...more }, { knowledge: knowledge(), asOf, detail: 'normal' }).files
const has = (program: string, ...words: readonly string[]): boolean => spawnSync(program, words).error === undefined
const ids = Object.keys(changes)
/** Every change, and one with each hostile name in it. */
const everything = (tool: string) => [
  ...ids.flatMap((change) => files(tool, change)),
  ...hostileNames.flatMap((name) => ['add-index', 'rename-column', 'add-nullable-column'].flatMap((change) => files(tool, change, { table: name, column: name, columns: [name], from: name, to: `${name}2`, type: 'text' }))),
]

describe('every file of every change is a program of its language, with hostile names too', () => {
  let home = ''
  beforeAll(async () => {
    knowledge()
    await loadModule()
  })
  beforeAll(() => { home = mkdtempSync(join(tmpdir(), 'ops-syntax-')) })
  afterAll(() => rmSync(home, { recursive: true, force: true }))
  const write = (bodies: readonly { readonly path: string, readonly body: string }[]): string => {
    const folder = mkdtempSync(join(home, 's-'))
    bodies.forEach(({ path, body }, index) => writeFileSync(join(folder, `${index}.${path.split('.').at(-1)}`), body))
    return folder
  }
  const check = (folder: string, program: string, ...words: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(program, words, { cwd: folder, encoding: 'utf8' })
    expect(status, `${stdout}${stderr}`.slice(0, 2000)).toBe(0)
  }

  test.each(['prisma-migrate', 'flyway', 'dbmate', 'drizzle-kit'])('%s: PostgreSQL parses every file', (tool) => {
    const all = everything(tool).filter(({ path }) => /(migration|db\/migrations|planned|outside).*\.sql$/.test(path))
    expect(all.length).toBeGreaterThan(80)
    for (const { path, body } of all) expect(() => parseSync(body.replace(/^-- migrate:down[^]*/m, '').replace(/^\\.*$/gm, '')), path).not.toThrow()
  })

  test.each(['knex', 'node-pg-migrate', 'typeorm'])('%s: JavaScript', (tool) => {
    const all = everything(tool).filter(({ path }) => /\.(cjs|mjs|ts)$/.test(path))
    expect(all.length).toBeGreaterThan(80)
    for (const { path, body } of all) expect(() => transformSync(body, { loader: path.endsWith('ts') ? 'ts' : 'js' }), path).not.toThrow()
  })

  test.skipIf(!has('python3', '--version')).each(['alembic', 'django-migrations'])('%s: Python (python3)', (tool) => {
    const all = everything(tool).filter(({ path }) => path.endsWith('.py'))
    expect(all.length).toBeGreaterThan(80)
    check(write(all), 'python3', '-W', 'error', '-m', 'compileall', '-q', '.')
  })

  test.skipIf(!has('ruby', '-v'))('rails-migrations: Ruby (ruby)', () => {
    const all = everything('rails-migrations').filter(({ path }) => path.endsWith('.rb'))
    expect(all.length).toBeGreaterThan(80)
    check(write(all), 'ruby', '-W0', '-e', "Dir['*.rb'].each { |f| RubyVM::InstructionSequence.compile_file(f) }")
  })

  test.skipIf(!has('php', '-v'))('laravel-migrations: PHP (php)', () => {
    const all = everything('laravel-migrations').filter(({ path }) => path.endsWith('.php'))
    expect(all.length).toBeGreaterThan(80)
    check(write(all), 'php', '-r', "foreach (glob('*.php') as $f) { token_get_all(file_get_contents($f), TOKEN_PARSE); }")
  })

  test.skipIf(!has('mcs', '--version'))('ef-core: C# against the names of EF Core (mcs)', () => {
    const all = everything('ef-core').filter(({ path }) => path.endsWith('.cs'))
    expect(all.length).toBeGreaterThan(80)
    // Class names repeat between plans, so each file gets a namespace.
    const folder = write(all.map(({ path, body }, index) => ({ path, body: body.replace(/^\[DbContext/m, `namespace N${index} {\n[DbContext`).concat('}\n') })))
    mkdirSync(join(folder, 'stub'))
    writeFileSync(join(folder, 'stub/ef.cs'), `namespace Microsoft.EntityFrameworkCore.Infrastructure { public class DbContextAttribute : System.Attribute { public DbContextAttribute(System.Type t) {} } }
namespace Microsoft.EntityFrameworkCore.Migrations { public class MigrationAttribute : System.Attribute { public MigrationAttribute(string id) {} }
public class MigrationBuilder { public void Sql(string sql, bool suppressTransaction = false) {} } public class Migration { protected virtual void Up(MigrationBuilder m) {} protected virtual void Down(MigrationBuilder m) {} } }
public class AppDbContext {}`)
    check(folder, 'mcs', '-target:library', '-out:all.dll', '-recurse:*.cs')
  })

  test('a Ruby or PHP text is ended by nothing in it', () => {
    const [rails] = files('rails-migrations', 'add-nullable-column', { column: 'SQL' })
    expect(rails?.body).toContain("<<'SQL'")
    const trigger = files('rails-migrations', 'backfill-only', { expression: "'SQL'" })
    expect(trigger.length).toBeGreaterThan(0)
  })
})
