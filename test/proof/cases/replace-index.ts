import type { ProofCase } from '../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

export const proof: ProofCase = {
  change: 'replace-index',
  input: { table: 'accounts', from: 'accounts_email_idx', expression: 'lower(email)' },
  setup: 'CREATE INDEX accounts_email_idx ON accounts (email);',
  open: { holds: 'writer', when: 'small-table' },
  versions: [plainVersion, { ...plainVersion, update: 'UPDATE accounts SET name = $1, email = lower(email) WHERE id = $2' }],
  naive: [['DROP INDEX accounts_email_idx', 'CREATE INDEX accounts_email_idx ON accounts (lower(email))'], 'deploy'],
  final: plainFinal,
}
