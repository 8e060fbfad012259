import type { ProofCase } from '../case.ts'

/** Changes the row that the columns leave, but none of them. */
const seen = "WITH seen AS (UPDATE accounts SET phone = '555' WHERE id = $1)"

export const proof: ProofCase = {
  change: 'split-table-move-columns',
  input: { table: 'accounts', columns: ['points', 'legacy'], to: 'account_extra' },
  versions: [{
    insert: "INSERT INTO accounts(email, name, points) VALUES ('user' || $1, 'n', $1::int) RETURNING id",
    update: 'UPDATE accounts SET points = $1::int WHERE id = $2',
    read: `${seen} SELECT points AS value FROM accounts WHERE id = $1`,
  }, {
    insert: "WITH a AS (INSERT INTO accounts(email, name) VALUES ('user' || $1, 'n') RETURNING id) INSERT INTO account_extra(id, points) SELECT id, $1::int FROM a RETURNING id",
    update: 'INSERT INTO account_extra(id, points) VALUES ($2, $1::int) ON CONFLICT (id) DO UPDATE SET points = excluded.points',
    read: `${seen} SELECT points AS value FROM account_extra WHERE id = $1`,
  }],
  naive: [
    ['CREATE TABLE account_extra AS SELECT id, points, legacy FROM accounts', 'ALTER TABLE account_extra ADD PRIMARY KEY (id), ADD FOREIGN KEY (id) REFERENCES accounts (id)'],
    'deploy', ['ALTER TABLE accounts DROP COLUMN points, DROP COLUMN legacy'],
  ],
  final: 'SELECT id, points AS value FROM account_extra WHERE id = ANY($1::bigint[])',
}
