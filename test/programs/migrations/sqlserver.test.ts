import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sqlserverChanges } from '../../../src/tools/migration-plan/databases/sqlserver/planner.ts'
import { makeSqlserverTarget } from '../../../src/tools/migration-plan/databases/sqlserver/target.ts'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import type { Phase } from '../../../src/tools/migration-plan/sql/statement.ts'
import { requests } from '../../tools/migration-plan/cases.ts'

const hasParser = spawnSync('sqlfluff', ['--version']).status === 0

const phasesOf = (id: string, input: MigrationInput): readonly Phase[] => {
  const [change, target] = [sqlserverChanges[id] as (typeof sqlserverChanges)[string], makeSqlserverTarget({ type: 'varchar(40)', ...input, change: id }, '2022', '20261122')]
  return [...change.plan(target), ...change.beside?.(target) ?? []]
}
/** What the server is sent, a trigger as the text that EXEC is given. */
const sent = (phases: readonly Phase[]): readonly string[] => phases.flatMap(({ statements, verify, rollback }) => [...statements.map(({ sql }) => sql), ...(verify === null ? [] : [verify]), ...rollback.statements])
  .map((sql) => /^EXEC \(N'([\s\S]*)'\)$/.exec(sql)?.[1]?.replaceAll("''", "'") ?? sql)
/** Documented clauses that this grammar does not have. */
const known = (sql: string): string => sql.replace(/ WITH (?:NO)?CHECK (ADD|CHECK CONSTRAINT)/, ' $1').replace(/UPDATE TOP \(\d+\) t/, 'UPDATE t')

function unparsable(statements: readonly string[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'ops-tsql-'))
  try {
    writeFileSync(join(folder, 'all.sql'), `${statements.map(known).join(';\nGO\n')};\n`)
    writeFileSync(join(folder, '.sqlfluff'), '[sqlfluff]\ntemplater = raw\nlarge_file_skip_char_limit = 0\nlarge_file_skip_byte_limit = 0\n')
    const { stdout, stderr } = spawnSync('sqlfluff', ['parse', '--dialect', 'tsql', 'all.sql'], { cwd: folder, encoding: 'utf8', maxBuffer: 100_000_000 })
    if (!stdout.includes('batch:')) throw new Error(`Nothing was parsed: ${stderr}`)
    return stdout.split('\n').filter((line) => line.includes('PRS'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe.skipIf(!hasParser)('T-SQL, parsed by sqlfluff and run nowhere (skipped where sqlfluff is not installed)', () => {
  test('every statement, question and way back is T-SQL', () => {
    const all = Object.keys(sqlserverChanges).flatMap((id) => sent(phasesOf(id, { ...requests[id], nullable: false })))
    expect(all.length).toBeGreaterThan(70)
    expect(all.some((sql) => sql.startsWith('CREATE TRIGGER'))).toBe(true)
    expect(unparsable(all)).toEqual([])
  })

  test('a statement that is none is noticed', () => {
    expect(unparsable(['SELECT 1', 'ALTER TABLE [dbo].[a] ADD COLUMN [b int']).length).toBeGreaterThan(0)
  })
})
