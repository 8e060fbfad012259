import type { ProofCase } from '../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

// The version that runs already sends the value; rows from before it lack it.
const version = { ...plainVersion, insert: "INSERT INTO accounts(email, name, legacy) VALUES ('user' || $1, $1::text, 'n/a') RETURNING id" }

export const proof: ProofCase = {
  change: 'backfill-only',
  input: { table: 'accounts', column: 'legacy', expression: "'n/a'" },
  // More rows than a few batches, and a trigger as for an audit: the first 60,000 rows take some seconds.
  setup: `INSERT INTO accounts(email, name) SELECT 'other', 'x' FROM generate_series(1, 40000);
    CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.0001); RETURN NEW; END';
    CREATE TRIGGER audit BEFORE UPDATE ON accounts FOR EACH ROW WHEN (NEW.id % 20 = 0 AND NEW.id <= 60000) EXECUTE FUNCTION audit();`,
  versions: [version, version],
  naive: [["UPDATE accounts SET legacy = 'n/a'"], 'deploy'],
  final: plainFinal,
}
