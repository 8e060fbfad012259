import type { ProofCase } from '../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

export const proof: ProofCase = {
  change: 'change-collation',
  input: { table: 'accounts', column: 'email', to: 'C', from: 'accounts_email_idx' },
  setup: 'CREATE INDEX accounts_email_idx ON accounts (email);',
  open: { holds: 'reader', when: 'small-table' },
  versions: [plainVersion, { ...plainVersion, read: 'SELECT name AS value FROM accounts WHERE id = $1 ORDER BY email COLLATE "C"' }],
  naive: [['ALTER TABLE accounts ALTER COLUMN email TYPE text COLLATE "C"'], 'deploy'],
  final: plainFinal,
}
