import type { ProofCase } from '../../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

export const proof: ProofCase = {
  change: 'add-foreign-key',
  input: { table: 'accounts', column: 'customer_id', references: 'customers(id)' },
  open: { holds: 'writer', when: 'small-table' },
  versions: [plainVersion, { ...plainVersion, read: 'SELECT a.name AS value FROM accounts a JOIN customers c ON c.id = a.customer_id WHERE a.id = $1' }],
  naive: [['ALTER TABLE accounts ADD CONSTRAINT accounts_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id)'], 'deploy'],
  final: plainFinal,
}
