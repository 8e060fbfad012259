import type { ProofCase } from '../../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

export const proof: ProofCase = {
  change: 'drop-table',
  input: { table: 'sign_ins' },
  setup: 'CREATE TABLE sign_ins(id bigint AUTO_INCREMENT PRIMARY KEY, account_id bigint, KEY (account_id));',
  // The running version reads both tables with one statement.
  versions: [{ ...plainVersion, read: 'SELECT name AS value, (SELECT count(*) FROM sign_ins WHERE account_id = 1) AS seen FROM accounts WHERE id = $1' }, plainVersion],
  naive: [['DROP TABLE sign_ins'], 'deploy'],
  final: plainFinal,
}
