import type { ProofCase } from '../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

export const proof: ProofCase = {
  change: 'add-index',
  input: { table: 'accounts', columns: ['email'] },
  open: { holds: 'writer', when: 'small-table' },
  versions: [plainVersion, { ...plainVersion, insert: plainVersion.insert.replace('RETURNING', 'ON CONFLICT DO NOTHING RETURNING') }],
  naive: [['CREATE INDEX accounts_email_idx ON accounts (email)'], 'deploy'],
  final: plainFinal,
}
