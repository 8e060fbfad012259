import type { ProofCase } from '../../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

export const proof: ProofCase = {
  change: 'add-column-volatile-default',
  input: { table: 'accounts', column: 'public_id', type: 'char(36)', expression: 'uuid()' },
  open: { holds: 'reader', when: 'small-table' },
  versions: [plainVersion, { ...plainVersion, read: 'SELECT name AS value FROM accounts WHERE id = $1 AND public_id IS NOT NULL' }],
  naive: [['ALTER TABLE accounts ADD COLUMN public_id char(36) NOT NULL DEFAULT (uuid())'], 'deploy'],
  final: plainFinal,
}
