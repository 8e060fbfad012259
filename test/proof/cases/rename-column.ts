import type { ProofCase } from '../case.ts'

const using = (column: string) => ({
  insert: `INSERT INTO accounts(email, ${column}) VALUES ('user' || $1, $1::text) RETURNING id`,
  update: `UPDATE accounts SET ${column} = $1 WHERE id = $2`,
  read: `SELECT ${column} AS value FROM accounts WHERE id = $1`,
})

export const proof: ProofCase = {
  change: 'rename-column',
  input: { table: 'accounts', from: 'name', to: 'full_name', type: 'text', nullable: false },
  versions: [using('name'), using('full_name')],
  // The two steps that tutorials give: add and fill, deploy, drop.
  naive: [['ALTER TABLE accounts ADD COLUMN full_name text', 'UPDATE accounts SET full_name = name', 'ALTER TABLE accounts ALTER COLUMN name DROP NOT NULL'], 'deploy', ['ALTER TABLE accounts DROP COLUMN name']],
  final: 'SELECT id, full_name AS value FROM accounts WHERE id = ANY($1::bigint[])',
}
