import type { ProofCase } from '../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

// A prepared statement that asks for every column, on a table that gets one more: no plan can make that work.
const star = { ...plainVersion, read: 'SELECT *, name AS value FROM accounts WHERE id = $1' }

export const proof: ProofCase = {
  variation: 'prepared-select-star',
  change: 'add-nullable-column',
  input: { table: 'accounts', column: 'nickname', type: 'text' },
  versions: [star, star],
  naive: [['ALTER TABLE accounts ADD COLUMN nickname text'], 'deploy'],
  final: plainFinal,
}
