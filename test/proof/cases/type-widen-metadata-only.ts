import type { ProofCase } from '../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

export const proof: ProofCase = {
  change: 'type-widen-metadata-only',
  input: { table: 'accounts', column: 'phone', from: 'varchar(20)', type: 'varchar(40)' },
  open: { holds: 'reader', when: 'always' },
  versions: [plainVersion, { ...plainVersion, update: "UPDATE accounts SET name = $1, phone = repeat('5', 30) WHERE id = $2" }],
  naive: [['ALTER TABLE accounts ALTER COLUMN phone TYPE varchar(40)'], 'deploy'],
  final: plainFinal,
}
