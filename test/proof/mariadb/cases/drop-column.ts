import type { ProofCase } from '../../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

export const proof: ProofCase = {
  change: 'drop-column',
  input: { table: 'accounts', column: 'legacy' },
  versions: [{ ...plainVersion, insert: "INSERT INTO accounts(email, name, legacy) VALUES (concat('user', $1), $1, 'x') RETURNING id" }, plainVersion],
  naive: [['ALTER TABLE accounts DROP COLUMN legacy'], 'deploy'],
  final: plainFinal,
}
