import type { ProofCase } from '../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

export const proof: ProofCase = {
  change: 'add-stored-generated-column',
  input: { table: 'accounts', column: 'domain', type: 'text', expression: "split_part(email, '@', 2)" },
  open: { holds: 'reader', when: 'small-table' },
  versions: [plainVersion, { ...plainVersion, read: 'SELECT name AS value FROM accounts WHERE id = $1 AND domain IS NOT NULL' }],
  naive: [["ALTER TABLE accounts ADD COLUMN domain text GENERATED ALWAYS AS (split_part(email, '@', 2)) STORED"], 'deploy'],
  final: plainFinal,
}
