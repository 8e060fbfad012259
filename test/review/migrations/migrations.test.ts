import { beforeAll, describe, expect, test } from 'vitest'
import { InputError } from '../../../src/core/errors.ts'
import { readDatabase } from '../../../src/tools/migration-plan/database.ts'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import { selectTool } from '../../../src/tools/migration-plan/select-tool.ts'
import { migrationPlan } from '../../../src/tools/migration-plan/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { loadProjects } from '../projects.ts'
import { differences } from './judge.ts'
import { changeRows, defaults, nameRows, toolRows, type ChangeRow } from './rows.ts'

beforeAll(() => void knowledge(), 60_000)

const projects = new Map(loadProjects().map((project) => [project.id, project]))
const run = (input: MigrationInput) => migrationPlan.run(input, { knowledge: knowledge(), asOf, detail: 'normal' })
const refusal = (input: MigrationInput): string | undefined => {
  try {
    return run(input) && undefined
  } catch (error) {
    if (error instanceof InputError) return error.message
    throw error
  }
}
const own = (id: string | undefined): MigrationInput => (projects.get(id ?? '')?.own?.migration_plan ?? {}) as MigrationInput
const profile = (id: string): MigrationInput => {
  const project = projects.get(id)
  if (project === undefined) throw new Error(`${id} is not a project`)
  return project.profile
}
const changeInput = ({ project, in: more }: ChangeRow): MigrationInput => ({ ...(project === undefined ? defaults : { ...profile(project), ...own(project) }), ...more })

test('every project has a row for its tool, and one for its change when it has one', () => {
  expect(toolRows.map(({ project }) => project).filter((id) => id !== undefined).sort()).toEqual([...projects.keys()].sort())
  const changing = [...projects.keys()].filter((id) => own(id).change !== undefined)
  expect(changeRows.map(({ project }) => project).filter((id) => id !== undefined).sort()).toEqual(changing.sort())
  expect(changing.length).toBeGreaterThan(40)
})

test('every change is judged, on every database that is planned for', () => {
  const judged = new Set(changeRows.map((row) => changeInput(row).change))
  expect(Object.keys(knowledge()['schema-changes']).filter((id) => !judged.has(id))).toEqual([])
  expect(new Set(changeRows.map((row) => readDatabase(changeInput(row)).id))).toEqual(new Set(['postgresql', 'mysql', 'mariadb', 'mongodb', 'sqlite', 'sqlserver']))
})

describe('the tool', () => {
  test.each(toolRows.map((row) => [row.project ?? row.id ?? '', row] as const))('%s', (_, row) => {
    const { tool } = own(row.project)
    const input: MigrationInput = { ...(row.project === undefined ? row.profile : profile(row.project)), ...(tool === undefined ? {} : { tool }) }
    const draft = run(input)
    expect(row.tool, row.because).toContain(draft.decision.tool)
    expect(row.why, row.because).toContain(selectTool(input, readDatabase(input), knowledge()['migration-tools']).reason)
    if (row.assumes !== undefined) expect(draft.assumptions.map(({ field, changes }) => `${field}: ${changes}`).join('\n')).toMatch(new RegExp(`migrationTool: .*${row.assumes}`))
    if (row.skips !== undefined) expect(draft.skipped.map(({ item }) => item)).toContain(row.skips)
  })
})

describe('the change', () => {
  for (const row of changeRows) {
    test.skipIf(row.open !== undefined)(`${row.project ?? row.id}${row.open === undefined ? '' : ` (open: ${row.open})`}`, () => {
      const input = changeInput(row)
      if (row.refused !== undefined) expect(refusal(input), row.because).toContain(row.refused)
      else expect(differences(row, run(input)), row.because).toEqual([])
    })
  }
})

describe('what people write', () => {
  test.each(nameRows.map((row) => [row.database ?? `${row.change}${row.on === undefined ? '' : ` on ${row.on}`}`, row] as const))('%s', (_, row) => {
    const input: MigrationInput = row.database === undefined ? { ...defaults, ...(row.on === undefined ? {} : { database: row.on, tool: 'none' }), ...(row.change === undefined ? {} : { change: row.change }) } : { database: row.database, stage: 'growth' }
    const refused = refusal(input)
    if (row.is === 'refused') expect(refused).toMatch(/expected one (of|that).*postgresql|expected one of .*add-index/)
    else if (row.is === 'refused-near') expect(refused).toContain(`Did you mean ${row.near}?`)
    else if (row.is === 'strategy') expect([refused, run(input).decision.tool, refusal({ ...input, change: 'add-index', table: 't' }) === undefined]).toEqual([undefined, 'none', false])
    else if (row.database !== undefined) {
      const { id, version } = readDatabase(input)
      expect([id, ...(row.is.length > 1 ? [version?.slice(0, row.is[1]?.length)] : [])]).toEqual(row.is)
    } else if (refused === undefined) expect(row.is).toContain(run(input).decision.change)
    // Understood, and something else is missing: the sentence names the change.
    else expect(row.is.some((id) => !refused.startsWith('Unexpected change') && refused.includes(id)), refused).toBe(true)
  })
})
