import type { ProofCase } from '../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

export const proof: ProofCase = {
  change: 'add-unique',
  input: { table: 'accounts', columns: ['email'] },
  open: { holds: 'writer', when: 'small-table' },
  // The second can live with a refused row, the third needs the key.
  versions: [plainVersion, plainVersion, { ...plainVersion, insert: plainVersion.insert.replace('RETURNING', 'ON CONFLICT (email) DO UPDATE SET name = excluded.name RETURNING') }],
  naive: [['ALTER TABLE accounts ADD CONSTRAINT accounts_email_key UNIQUE (email)'], 'deploy'],
  final: plainFinal,
}
