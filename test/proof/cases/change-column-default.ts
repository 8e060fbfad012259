import type { ProofCase } from '../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

export const proof: ProofCase = {
  change: 'change-column-default',
  input: { table: 'accounts', column: 'points', expression: '0' },
  open: { holds: 'reader', when: 'always' },
  versions: [plainVersion, plainVersion],
  naive: [['ALTER TABLE accounts ALTER COLUMN points SET DEFAULT 0'], 'deploy'],
  final: plainFinal,
}
