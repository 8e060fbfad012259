import type { ProofCase } from '../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

export const proof: ProofCase = {
  change: 'drop-foreign-key',
  input: { table: 'accounts', from: 'accounts_customer_fk', column: 'customer_id', references: 'customers(id)' },
  setup: 'ALTER TABLE accounts ADD CONSTRAINT accounts_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id);',
  open: { holds: 'reader', when: 'always' },
  versions: [plainVersion, { ...plainVersion, insert: "INSERT INTO accounts(customer_id, email, name) VALUES (5000, 'user' || $1, $1::text) RETURNING id" }],
  naive: [['ALTER TABLE accounts DROP CONSTRAINT accounts_customer_fk'], 'deploy'],
  final: plainFinal,
}
