import type { ProofCase } from '../../case.ts'
import { plainVersion } from '../fixture.ts'

export const proof: ProofCase = {
  change: 'add-column-not-null-computed',
  input: { table: 'accounts', column: 'search_name', type: 'varchar(60)', expression: 'lower(name)' },
  versions: [plainVersion, {
    insert: "INSERT INTO accounts(email, name, search_name) VALUES (concat('user', $1), $1, $1) RETURNING id",
    update: 'UPDATE accounts SET name = $1, search_name = $1 WHERE id = $2',
    read: 'SELECT search_name AS value FROM accounts WHERE id = $1',
  }],
  naive: [['ALTER TABLE accounts ADD COLUMN search_name varchar(60)', 'UPDATE accounts SET search_name = lower(name)', 'ALTER TABLE accounts MODIFY COLUMN search_name varchar(60) NOT NULL'], 'deploy'],
  final: 'SELECT id, search_name AS value FROM accounts WHERE id IN ($1)',
}
