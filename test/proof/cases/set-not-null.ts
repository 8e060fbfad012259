import type { ProofCase } from '../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

export const proof: ProofCase = {
  change: 'set-not-null',
  input: { table: 'accounts', column: 'points' },
  open: { holds: 'reader', when: 'always' },
  versions: [plainVersion, { ...plainVersion, update: 'UPDATE accounts SET name = $1, points = points + 1 WHERE id = $2' }],
  naive: [['ALTER TABLE accounts ALTER COLUMN points SET NOT NULL'], 'deploy'],
  final: plainFinal,
}
