import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changes } from '../../../src/tools/migration-plan/changes.ts'
import type { Phase } from '../../../src/tools/migration-plan/sql/statement.ts'
import { makeTarget } from '../../../src/tools/migration-plan/target.ts'
import { postgresFolder, startPostgres, type Postgres } from '../../support/postgres.ts'
import { fixture, hostileNames, requests } from './cases.ts'

const folder = postgresFolder()
const options = { gentle: false, watchReplicas: true, day: '20261122' }

describe.skipIf(folder === undefined)('on a real PostgreSQL server (skipped where none is installed)', () => {
  let pg: Postgres
  beforeAll(() => { pg = startPostgres(folder as string) }, 60_000)
  afterAll(() => pg?.stop())

  const reset = (): void => { pg.run(`DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public; ${fixture}`) }
  const fingerprint = (): string => pg.run(`
    SELECT 'c', c.relname, c.relkind, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum WHERE c.relnamespace = 'public'::regnamespace ORDER BY 2, 4;
    SELECT 'k', conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 2;
    SELECT 'i', indexrelid::regclass, pg_get_indexdef(indexrelid), indisvalid FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE c.relnamespace = 'public'::regnamespace ORDER BY c.relname;
    SELECT 't', tgname, tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal ORDER BY 2; SELECT 'f', proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 2;
    SELECT 'e', enumlabel FROM pg_enum ORDER BY enumtypid, enumsortorder;`)

  const apply = (phase: Phase): void => {
    const together = phase.statements.filter(({ transaction }) => transaction === 'together')
    if (together.length > 0) pg.runTogether(`SET LOCAL lock_timeout = '1s'; ${together.map(({ sql }) => `${sql};`).join('\n')}`)
    for (const { sql } of phase.statements.filter(({ transaction }) => transaction !== 'together')) pg.run(`${sql};`)
  }
  const ask = (phase: Phase): void => {
    if (phase.verify !== null) expect(pg.run(`${phase.verify};`), phase.verify).toBe('0')
  }
  const undo = (phase: Phase): void => phase.rollback.statements.forEach((sql) => pg.run(`${sql};`))
  const reversible = (phases: readonly Phase[]): readonly Phase[] => {
    const end = phases.findIndex(({ rollback }) => rollback.kind === 'roll-forward' || rollback.kind === 'restore')
    return end === -1 ? phases : phases.slice(0, end)
  }

  test.each(Object.keys(changes).flatMap((id) => (['online', 'plain'] as const).map((form) => ({ id, form }))))('$id, $form: runs, verifies, rolls back to the same schema, runs to the end', ({ id, form }) => {
    reset()
    const phases = (changes[id] as (typeof changes)[string])[form](makeTarget(requests[id] ?? {}, id, options))
    const before = fingerprint()
    const there = reversible(phases)
    for (const phase of there) { apply(phase); ask(phase) }
    for (const phase of [...there].reverse()) undo(phase)
    expect(fingerprint()).toBe(before)
    for (const phase of phases) { apply(phase); ask(phase) }
  })
})
