import type { ProofCase } from '../../case.ts'

const using = (column: string) => ({
  insert: `INSERT INTO accounts(email, ${column}) VALUES (concat('user', $1), $1) RETURNING id`,
  update: `UPDATE accounts SET ${column} = $1 WHERE id = $2`,
  read: `SELECT ${column} AS value FROM accounts WHERE id = $1`,
})

export const proof: ProofCase = {
  change: 'rename-column',
  input: { table: 'accounts', from: 'name', to: 'full_name', type: 'varchar(60)', nullable: false },
  versions: [using('name'), using('full_name')],
  naive: [['ALTER TABLE accounts ADD COLUMN full_name varchar(60)', 'UPDATE accounts SET full_name = name', "ALTER TABLE accounts ALTER COLUMN name SET DEFAULT ''"], 'deploy', ['ALTER TABLE accounts DROP COLUMN name']],
  final: 'SELECT id, full_name AS value FROM accounts WHERE id IN ($1)',
}
