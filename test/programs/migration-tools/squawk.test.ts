import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { loadModule, parseSync } from 'libpg-query'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changes } from '../../../src/tools/migration-plan/changes.ts'
import { exceptions, neverHold } from '../../../src/tools/migration-plan/formats/lint.ts'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import { migrationPlan } from '../../../src/tools/migration-plan/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { hostileNames, requests } from '../../tools/migration-plan/cases.ts'
import { fetchTools, squawkProgram } from './installed.ts'

const there = fetchTools()
interface Finding { readonly file: string, readonly rule_name: string, readonly message: string }
/** A small table, a large one, one whose columns are required, and one that may stand still. */
const situations: Readonly<Record<string, MigrationInput>> = {
  small: { stage: 'mvp', rows: 100 }, large: { stage: 'growth', rows: 5_000_000 }, required: { stage: 'growth', rows: 5_000_000, nullable: false }, window: { stage: 'growth', rows: 5_000_000, downtimeTolerance: 'window', deployStyle: 'recreate' },
}
const answer = (change: string, more: MigrationInput, tool = 'prisma-migrate') => migrationPlan.run({ database: 'postgresql 15', tool, change, ...requests[change], ...more }, { knowledge: knowledge(), asOf, detail: 'full' })
const cases = Object.keys(changes).flatMap((change) => Object.entries(situations).map(([situation, more]) => [change, situation, more] as const))
/** A file is sent inside a transaction unless it says otherwise. */
const inside = (body: string): boolean => !/CONCURRENTLY/.test(body)

describe.skipIf(!there)('squawk reads every emitted migration (skipped where npm cannot be reached)', () => {
  let home = ''
  const files: { readonly name: string, readonly body: string }[] = []
  beforeAll(async () => {
    await loadModule()
    home = mkdtempSync(join(tmpdir(), 'ops-squawk-'))
    for (const [change, situation, more] of cases) for (const { path, body } of answer(change, more).files) if (path.endsWith('migration.sql')) files.push({ name: `${change}-${situation}-${path.split('/').at(-2)}.sql`, body })
    for (const [index, name] of hostileNames.entries()) for (const change of ['add-index', 'drop-column', 'rename-column', 'set-not-null', 'type-widen-metadata-only', 'add-column-not-null-constant-default']) for (const { path, body } of answer(change, { stage: 'growth', rows: 5_000_000, table: name, column: name, columns: [name], from: change.startsWith('type') ? 'varchar(20)' : name, to: `${name}2` }).files) if (path.endsWith('migration.sql')) files.push({ name: `name${index}-${change}-${path.split('/').at(-2)}.sql`, body })
  }, 300_000)
  afterAll(() => { if (home !== '') rmSync(home, { recursive: true, force: true }) })

  const lint = (some: readonly { readonly name: string, readonly body: string }[], ...words: readonly string[]): readonly Finding[] => [true, false].flatMap((together) => {
    const group = some.filter(({ body }) => inside(body) === together)
    if (group.length === 0) return []
    const folder = mkdtempSync(join(home, 's-'))
    mkdirSync(folder, { recursive: true })
    for (const { name, body } of group) writeFileSync(join(folder, name), body)
    const done = spawnSync(squawkProgram, ['--reporter', 'json', ...words, ...(together ? ['--assume-in-transaction'] : []), `${folder}/*.sql`], { encoding: 'utf8', maxBuffer: 1e8 })
    return (JSON.parse(done.stdout === '' ? '[]' : done.stdout) as Finding[]).map((finding) => ({ ...finding, file: basename(finding.file) }))
  })

  test.each(['15', '18'])('for version %s: each file names exactly the rules that it trips', (version) => {
    expect(files.length).toBeGreaterThan(300)
    const tripped = new Map<string, Set<string>>()
    for (const { file, rule_name: rule } of lint(files.map(({ name, body }) => ({ name, body: body.replace(/^-- squawk-ignore-file .*$/m, '') })), '--pg-version', version, '--exclude', Object.keys(neverHold).join(','))) tripped.set(file, (tripped.get(file) ?? new Set()).add(rule))
    const named = ({ body }: { readonly body: string }): string => /^-- squawk-ignore-file (.*)$/m.exec(body)?.[1] ?? ''
    expect(files.filter((file) => [...tripped.get(file.name) ?? []].sort().join(', ') !== named(file)).map((file) => `${file.name}: trips ${[...tripped.get(file.name) ?? []].sort().join(', ')}; names ${named(file)}`)).toEqual([])
    // And it listens to them.
    expect(lint(files, '--pg-version', version, '--exclude', Object.keys(neverHold).join(','))).toEqual([])
  }, 120_000)

  test('every exception is used, and so are the rules that hold nowhere', () => {
    const heads = files.map(({ body }) => body.split('\n').filter((line) => line.startsWith('-- ')))
    expect(exceptions.filter(({ rule, reason }) => !heads.some((lines) => lines.includes(`-- ${reason}`) && lines.some((line) => line.startsWith('-- squawk-ignore-file') && line.includes(rule)))).map(({ rule, reason }) => `${rule}: ${reason}`)).toEqual([])
    const raw = new Set(lint(files, '--pg-version', '15').map(({ rule_name: rule }) => rule))
    expect(Object.keys(neverHold).filter((rule) => !raw.has(rule))).toEqual([])
  }, 120_000)

  test('it does see what is wrong', () => {
    const rules = (body: string): readonly string[] => lint([{ name: 'new.sql', body }]).map(({ rule_name: rule }) => rule)
    expect(rules('CREATE INDEX users_email_idx ON users(email);')).toContain('require-concurrent-index-creation')
    expect(rules('ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0);')).toContain('constraint-missing-not-valid')
    expect(rules('-- squawk-ignore-file no-such-rule\nSELECT 1;')).toContain('unused-ignore')
  })

  test('PostgreSQL parses every statement, question, way back and batch', () => {
    let count = 0
    const parses = (sql: string, where: string): void => {
      count += 1
      expect(() => parseSync(sql), `${where}\n${sql}`).not.toThrow()
    }
    for (const [change, situation, more] of cases) {
      for (const { phase, statements, verify, rollback } of answer(change, more).decision.phases) {
        const where = `${change}, ${situation}, ${phase}`
        for (const { sql } of statements) parses(sql, where)
        if (verify !== null) parses(verify, where)
        for (const sql of rollback.statements) parses(sql, where)
      }
      // psql's own lines are no SQL.
      for (const { path, body } of answer(change, more, 'dbmate').files.filter(({ path }) => /^db\/(backfills|checks|migrations|planned)\/.*\.sql$/.test(path))) parses(body.replace(/^\\.*$/gm, '').replace(/ \\g\w.*$/gm, ';').replace(/:'\w+'/g, "'x'"), `${path}, ${situation}`)
    }
    expect(count).toBeGreaterThan(1000)
  }, 300_000)
})
