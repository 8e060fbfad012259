import { changes } from '../../../src/tools/migration-plan/changes.ts'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import type { Phase } from '../../../src/tools/migration-plan/sql/statement.ts'
import { stepsOf } from '../../../src/tools/migration-plan/steps.ts'
import { makeTarget } from '../../../src/tools/migration-plan/target.ts'
import { fixture, jobs, requests } from './cases.ts'

/** The phases of one change, as `decide` would have them. */
export const plan = (id: string, form: 'online' | 'plain', input: MigrationInput = requests[id] ?? {}, serverMajor?: number): readonly Phase[] =>
  (changes[id] as (typeof changes)[string])[form](makeTarget(input, id, { gentle: false, watchReplicas: true, day: '20261122', serverMajor }))

/** An empty schema, then the tables of the fixture. */
export const reset = `SET client_min_messages = warning; DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public; ${fixture}`

/** The statements of a phase, for psql, file by file as they are emitted. */
export function apply(phase: Phase, id = ''): string {
  if (phase.application === 'encrypt-old-rows') return jobs[id] ?? ''
  return stepsOf([phase]).map(({ statements, transactional }) => {
    const all = statements.map(({ sql }) => `${sql};`)
    return (transactional ? ['BEGIN;', "SET LOCAL lock_timeout = '1s';", ...all, 'COMMIT;'] : all).join('\n')
  }).join('\n')
}
/** Ends the script with an error unless the query of the phase returns 0. */
export const ask = ({ verify }: Phase): string => (verify === null ? '' : `SELECT 1 / (n = 0)::int AS ok FROM (${verify}) AS asked \\gset ignored_`)

/** What a schema is made of: columns, constraints, indexes, triggers, functions, enum values, policies. */
const fingerprint = `
  SELECT 'c', c.relname, c.relkind, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum WHERE c.relnamespace = 'public'::regnamespace ORDER BY 2, 4;
  SELECT 'k', conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 2;
  SELECT 'i', pg_get_indexdef(indexrelid), indisvalid FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE c.relnamespace = 'public'::regnamespace ORDER BY 2;
  SELECT 't', tgname, tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal ORDER BY 2; SELECT 'f', proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 2;
  SELECT 'e', enumlabel FROM pg_enum ORDER BY enumtypid, enumsortorder; SELECT 'p', polname, relrowsecurity FROM pg_policy JOIN pg_class c ON c.oid = polrelid ORDER BY 2; SELECT 'r', relname, relrowsecurity, relforcerowsecurity FROM pg_class WHERE relrowsecurity ORDER BY 2;`
const undo = (phase: Phase): string => phase.rollback.statements.map((sql) => `${sql};`).join('\n')

/** A script that applies a plan as far as it can be undone, undoes it, applies it to the end, and prints the schema before and after the undo, parted by `====`. */
export function thereAndBack(id: string, phases: readonly Phase[]): string {
  const end = phases.findIndex(({ rollback }) => rollback.kind === 'roll-forward' || rollback.kind === 'restore')
  const there = end === -1 ? phases : phases.slice(0, end)
  const run = (list: readonly Phase[]): string[] => list.flatMap((phase) => [apply(phase, id), ask(phase)])
  return [reset, fingerprint, '\\echo ====', ...run(there), ...[...there].reverse().map(undo), fingerprint, '\\o /dev/null', ...run(phases)].join('\n')
}

/** A role that may read and write what is there, as an application has it beside the owner of the schema. */
export const appRole = `DO $$ BEGIN CREATE ROLE app; EXCEPTION WHEN duplicate_object THEN NULL; END $$; GRANT USAGE ON SCHEMA public TO app; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO app; GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO app;`

/** A version of the application: what it sends for a new row and for one that is there, by a key of the user's and a number to store. */
export interface Version { readonly insert: (key: string, value: number) => string, readonly update: (key: string, value: number) => string }

/** Writes what every version acknowledged into `ledger`, each value once. */
export function writers(phases: readonly Phase[], id: string, versions: readonly [Version, ...Version[]], seeded: (n: number) => string, ledger: Map<string, number>): string {
  let [current, next] = [0, 0]
  let last = seeded(1)
  // The application has a role of its own, with the rights that a team gives: on the tables that are there, none by default on what comes.
  const burst = ({ insert, update }: Version): string => {
    const [key, n] = [`w${++next}`, next * 4]
    const lines = [insert(key, n), update(seeded(next), n + 1), update(last, n + 2), update(key, n + 3)]
    ledger.set(key, n).set(seeded(next), n + 1).set(last, n + 2).set(key, n + 3)
    last = key
    return ['SET ROLE app;', ...lines, 'RESET ROLE;'].join('\n')
  }
  const version = (): Version => versions[Math.min(current, versions.length - 1)] as Version
  return phases.flatMap((phase) => {
    if (phase.phase !== 'switch') return [burst(version()), apply(phase, id), burst(version()), ask(phase)]
    const old = version()
    current += 1
    return [burst(old), burst(version()), burst(old), burst(version()), ask(phase), burst(version())]
  }).join('\n')
}
