import type { ProofCase } from '../case.ts'

export const proof: ProofCase = {
  change: 'merge-columns',
  input: { table: 'accounts', columns: ['first_name', 'last_name'], to: 'full_name' },
  setup: `ALTER TABLE accounts ADD COLUMN first_name text DEFAULT 'Ann', ADD COLUMN last_name text DEFAULT 'Smith'; ALTER TABLE accounts ALTER COLUMN first_name DROP DEFAULT, ALTER COLUMN last_name DROP DEFAULT;`,
  versions: [{
    insert: "INSERT INTO accounts(email, name, first_name, last_name) VALUES ('user' || $1, 'n', $1::text, 'Smith') RETURNING id",
    update: "UPDATE accounts SET first_name = $1, last_name = 'Miller' WHERE id = $2",
    read: 'SELECT first_name AS value FROM accounts WHERE id = $1',
  }, {
    insert: "INSERT INTO accounts(email, name, full_name) VALUES ('user' || $1, 'n', $1 || ' Smith') RETURNING id",
    update: "UPDATE accounts SET full_name = $1 || ' Miller' WHERE id = $2",
    read: "SELECT split_part(full_name, ' ', 1) AS value FROM accounts WHERE id = $1",
  }],
  naive: [['ALTER TABLE accounts ADD COLUMN full_name text', "UPDATE accounts SET full_name = first_name || ' ' || last_name"], 'deploy', ['ALTER TABLE accounts DROP COLUMN first_name, DROP COLUMN last_name']],
  final: "SELECT id, split_part(full_name, ' ', 1) AS value FROM accounts WHERE id = ANY($1::bigint[])",
}
