import type { ProofCase } from '../../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

export const proof: ProofCase = {
  change: 'backfill-only',
  input: { table: 'accounts', column: 'legacy', expression: "'n/a'" },
  // More rows than a few batches, and a trigger as for an audit: the first 60,000 rows take some seconds.
  setup: `INSERT INTO accounts(email, name) SELECT 'other', 'x' FROM seq_1_to_40000;
    CREATE TRIGGER audit BEFORE UPDATE ON accounts FOR EACH ROW SET @seen = IF(NEW.id % 20 = 0 AND NEW.id <= 60000, sleep(0.0001), 0);`,
  versions: [{ ...plainVersion, insert: "INSERT INTO accounts(email, name, legacy) VALUES (concat('user', $1), $1, 'n/a') RETURNING id" }, plainVersion],
  naive: [["UPDATE accounts SET legacy = 'n/a'"], 'deploy'],
  final: plainFinal,
}
