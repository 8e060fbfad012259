import type { ProofCase } from '../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

export const proof: ProofCase = {
  change: 'add-column-not-null-constant-default',
  input: { table: 'accounts', column: 'credits', type: 'int', expression: '0' },
  versions: [plainVersion, { ...plainVersion, update: 'UPDATE accounts SET name = $1, credits = credits + 1 WHERE id = $2' }],
  // Without the default: the running version does not send the column.
  naive: [['ALTER TABLE accounts ADD COLUMN credits int', 'UPDATE accounts SET credits = 0', 'ALTER TABLE accounts ALTER COLUMN credits SET NOT NULL'], 'deploy'],
  final: plainFinal,
}
