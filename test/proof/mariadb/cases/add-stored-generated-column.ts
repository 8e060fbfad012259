import type { ProofCase } from '../../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

export const proof: ProofCase = {
  change: 'add-stored-generated-column',
  input: { table: 'accounts', column: 'search_email', type: 'varchar(60)', expression: 'lower(email)' },
  open: { holds: 'reader', when: 'small-table' },
  versions: [plainVersion, { ...plainVersion, read: 'SELECT name AS value FROM accounts WHERE id = $1 AND search_email IS NOT NULL' }],
  naive: [['ALTER TABLE accounts ADD COLUMN search_email varchar(60) GENERATED ALWAYS AS (lower(email)) STORED'], 'deploy'],
  final: plainFinal,
}
