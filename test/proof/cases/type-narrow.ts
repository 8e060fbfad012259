import type { ProofCase } from '../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

export const proof: ProofCase = {
  change: 'type-narrow',
  input: { table: 'accounts', column: 'phone', type: 'varchar(15)' },
  open: { holds: 'reader', when: 'small-table' },
  versions: [plainVersion, plainVersion],
  naive: [['ALTER TABLE accounts ALTER COLUMN phone TYPE varchar(15)'], 'deploy'],
  final: plainFinal,
}
