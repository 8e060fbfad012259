import type { ProofCase } from '../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

export const proof: ProofCase = {
  change: 'add-check',
  input: { table: 'accounts', expression: 'points >= 0' },
  open: { holds: 'reader', when: 'always' },
  versions: [plainVersion, { ...plainVersion, update: 'UPDATE accounts SET name = $1, points = points + 1 WHERE id = $2' }],
  naive: [['ALTER TABLE accounts ADD CONSTRAINT accounts_points_check CHECK (points >= 0)'], 'deploy'],
  final: plainFinal,
}
