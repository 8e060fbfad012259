import { beforeAll, describe, expect, it } from 'vitest'
import { knowledge } from '../support/knowledge.ts'
import { environments } from './environments.ts'
import { migrations } from './migrations.ts'
import { observability } from './observability.ts'
import { pipelines } from './pipelines.ts'
import { decides, reports, sheetSays, type Row } from './proof.ts'
import { security } from './security.ts'
import { stages } from './stages.ts'

// Reading all sheets from Markdown is slow on a busy machine.
beforeAll(() => void knowledge(), 60_000)

/** Rows of each table or list of the older guide, counted in it. */
const counted = {
  'auth-strategy': 5, 'api-checklist': 10, 'data-protection': 6, owasp: 10,
  'stack-by-size': 4, 'log-field': 8, 'log-rule': 6, metric: 8, health: 4,
  pipeline: 2, trigger: 4, stage: 5, branch: 4, promotion: 2,
  'migration-tool': 4, 'migration-concern': 6, 'change-pattern': 4,
  environment: 4, 'config-category': 5, 'config-validation': 3, flag: 3,
  'project-stage': 4, depth: 1,
} as const

const tables: Readonly<Record<string, readonly Row[]>> = { ...security, ...observability, ...pipelines, ...migrations, ...environments, ...stages }

describe('the older guide', () => {
  it('is listed whole', () => {
    expect(Object.fromEntries(Object.entries(tables).map(([table, rows]) => [table, rows.length]))).toEqual(counted)
    const ids = Object.entries(tables).flatMap(([table, rows]) => rows.map((row) => `${table}/${row.id}`))
    expect(new Set(ids).size).toBe(112)
  })

  it('is never answered without a proof', () => {
    expect(Object.values(tables).flat().filter((row) => row.proof.length === 0).map((row) => row.id)).toEqual([])
  })
})

describe('a proof', () => {
  it('fails when the product answers otherwise', () => {
    expect(decides('select_auth', { stage: 'mvp' }, 'primary', 'custom-passwords')).toThrow()
    expect(reports('migration_plan', { stack: ['nodejs', 'postgresql'] }, /mongomock is the tool/)).toThrow()
    expect(sheetSays('migration-tools', 'prisma-migrate', 'down', /true/)).toThrow()
  })
})

describe.each(Object.entries(tables))('%s', (_, rows) => {
  it.each(rows.map((row) => [row.id, row.now === 'same' ? 'same' : 'corrected', row] as const))('%s: %s', (_id, _now, row) => {
    for (const prove of row.proof) prove()
  })
})
