import type { ProofCase } from '../case.ts'

export const proof: ProofCase = {
  change: 'split-column',
  input: { table: 'accounts', from: 'name', columns: ['first_name', 'last_name'], type: 'text', nullable: false },
  versions: [{
    insert: "INSERT INTO accounts(email, name) VALUES ('user' || $1, $1 || ' Smith') RETURNING id",
    update: "UPDATE accounts SET name = $1 || ' Miller' WHERE id = $2",
    read: "SELECT split_part(name, ' ', 1) AS value FROM accounts WHERE id = $1",
  }, {
    insert: "INSERT INTO accounts(email, first_name, last_name) VALUES ('user' || $1, $1::text, 'Smith') RETURNING id",
    update: "UPDATE accounts SET first_name = $1, last_name = 'Miller' WHERE id = $2",
    read: 'SELECT first_name AS value FROM accounts WHERE id = $1',
  }],
  naive: [
    ['ALTER TABLE accounts ADD COLUMN first_name text, ADD COLUMN last_name text, ALTER COLUMN name DROP NOT NULL', "UPDATE accounts SET first_name = split_part(name, ' ', 1), last_name = split_part(name, ' ', 2)"],
    'deploy', ['ALTER TABLE accounts DROP COLUMN name'],
  ],
  final: 'SELECT id, first_name AS value FROM accounts WHERE id = ANY($1::bigint[])',
}
