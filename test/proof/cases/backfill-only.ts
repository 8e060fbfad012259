import type { ProofCase } from '../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

// The version that runs already sends the value; rows from before it lack it.
const version = { ...plainVersion, insert: "INSERT INTO accounts(email, name, legacy) VALUES ('user' || $1, $1::text, 'n/a') RETURNING id" }

export const proof: ProofCase = {
  change: 'backfill-only',
  input: { table: 'accounts', column: 'legacy', expression: "'n/a'", writesPerSecond: 2000 },
  // Every update costs 0.1 ms more, as under an audit trigger: 20,000 rows then take as long as a large table.
  setup: "CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.0001); RETURN NEW; END'; CREATE TRIGGER audit BEFORE UPDATE ON accounts FOR EACH ROW EXECUTE FUNCTION audit();",
  versions: [version, version],
  naive: [["UPDATE accounts SET legacy = 'n/a'"], 'deploy'],
  final: plainFinal,
}
