import type { ProofCase } from '../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

export const proof: ProofCase = {
  change: 'drop-table',
  input: { table: 'sign_ins' },
  setup: 'CREATE TABLE sign_ins(at timestamptz NOT NULL DEFAULT now(), who text);',
  // The running version writes both tables with one statement.
  versions: [{ ...plainVersion, update: 'WITH seen AS (INSERT INTO sign_ins(who) VALUES ($1)) UPDATE accounts SET name = $1 WHERE id = $2' }, plainVersion],
  naive: [['DROP TABLE sign_ins'], 'deploy'],
  final: plainFinal,
}
