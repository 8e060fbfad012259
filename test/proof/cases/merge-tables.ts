import type { ProofCase } from '../case.ts'

/** Changes the row that gets the columns, but none of them. */
const seen = 'WITH seen AS (UPDATE accounts SET points = points + 1 WHERE id = $1)'

export const proof: ProofCase = {
  change: 'merge-tables',
  input: { table: 'accounts', columns: ['bio'], type: 'text', references: 'profiles(account_id)' },
  setup: "CREATE TABLE profiles(account_id bigint PRIMARY KEY REFERENCES accounts (id), bio text); INSERT INTO profiles SELECT id, 'x' FROM accounts;",
  versions: [{
    insert: "WITH a AS (INSERT INTO accounts(email, name) VALUES ('user' || $1, 'n') RETURNING id) INSERT INTO profiles(account_id, bio) SELECT id, $1::text FROM a RETURNING account_id AS id",
    update: 'UPDATE profiles SET bio = $1 WHERE account_id = $2',
    read: `${seen} SELECT bio AS value FROM profiles WHERE account_id = $1`,
  }, {
    insert: "INSERT INTO accounts(email, name, bio) VALUES ('user' || $1, 'n', $1::text) RETURNING id",
    update: 'UPDATE accounts SET bio = $1 WHERE id = $2',
    read: 'SELECT bio AS value FROM accounts WHERE id = $1',
  }],
  naive: [['ALTER TABLE accounts ADD COLUMN bio text', 'UPDATE accounts AS a SET bio = p.bio FROM profiles AS p WHERE p.account_id = a.id'], 'deploy', ['DROP TABLE profiles']],
  final: 'SELECT id, bio AS value FROM accounts WHERE id = ANY($1::bigint[])',
}
