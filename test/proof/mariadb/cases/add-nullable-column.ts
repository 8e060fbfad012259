import type { ProofCase } from '../../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

export const proof: ProofCase = {
  change: 'add-nullable-column',
  input: { table: 'accounts', column: 'nickname', type: 'varchar(40)' },
  open: { holds: 'reader', when: 'always' },
  versions: [plainVersion, { ...plainVersion, update: 'UPDATE accounts SET name = $1, nickname = $1 WHERE id = $2' }],
  naive: [['ALTER TABLE accounts ADD COLUMN nickname varchar(40)'], 'deploy'],
  final: plainFinal,
}
