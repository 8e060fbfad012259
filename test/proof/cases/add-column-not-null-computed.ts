import type { ProofCase } from '../case.ts'
import { plainVersion } from '../fixture.ts'

export const proof: ProofCase = {
  change: 'add-column-not-null-computed',
  input: { table: 'accounts', column: 'search_name', type: 'text', expression: 'lower(name)' },
  versions: [plainVersion, {
    insert: "INSERT INTO accounts(customer_id, email, name, search_name) VALUES ($1::bigint % 1000, 'user' || $1, $1::text, $1::text) RETURNING id",
    update: 'UPDATE accounts SET name = $1, search_name = $1 WHERE id = $2',
    read: 'SELECT search_name AS value FROM accounts WHERE id = $1',
  }],
  naive: [['ALTER TABLE accounts ADD COLUMN search_name text', 'UPDATE accounts SET search_name = lower(name)', 'ALTER TABLE accounts ALTER COLUMN search_name SET NOT NULL'], 'deploy'],
  final: 'SELECT id, search_name AS value FROM accounts WHERE id = ANY($1::bigint[])',
}
