import type { ProofCase } from '../case.ts'
import { plainFinal } from '../fixture.ts'

const version = {
  insert: "INSERT INTO accounts(email, name, status) VALUES ('user' || $1, $1::text, 'paid') RETURNING id",
  update: "UPDATE accounts SET name = $1, status = 'paid' WHERE id = $2",
  read: 'SELECT name AS value, status FROM accounts WHERE id = $1',
}

export const proof: ProofCase = {
  change: 'enum-to-text-check',
  input: { table: 'accounts', column: 'status', from: 'account_status', expression: "'new'", nullable: false },
  // From the switch on it is read as text: a prepared statement whose result changes its type fails at the swap.
  versions: [version, { ...version, read: 'SELECT name AS value, status::text FROM accounts WHERE id = $1' }],
  naive: [["ALTER TABLE accounts ALTER COLUMN status DROP DEFAULT, ALTER COLUMN status TYPE text USING status::text, ALTER COLUMN status SET DEFAULT 'new'"], 'deploy'],
  final: plainFinal,
}
