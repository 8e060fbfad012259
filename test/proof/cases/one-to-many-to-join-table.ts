import type { ProofCase } from '../case.ts'

// The value is a customer of its own for each write.
const customer = 'WITH c AS (INSERT INTO customers(id) VALUES ($1::int))'

export const proof: ProofCase = {
  change: 'one-to-many-to-join-table',
  input: { table: 'accounts', column: 'customer_id', references: 'customers(id)', to: 'account_customers' },
  setup: 'ALTER TABLE accounts ADD FOREIGN KEY (customer_id) REFERENCES customers (id);',
  versions: [{
    insert: `${customer} INSERT INTO accounts(customer_id, email, name) VALUES ($1::int, 'user' || $1, 'n') RETURNING id`,
    update: `${customer} UPDATE accounts SET customer_id = $1::int WHERE id = $2`,
    read: 'SELECT customer_id AS value FROM accounts WHERE id = $1',
  }, {
    insert: `${customer}, a AS (INSERT INTO accounts(email, name) VALUES ('user' || $1, 'n') RETURNING id) INSERT INTO account_customers(accounts_id, customer_id) SELECT id, $1::int FROM a RETURNING accounts_id AS id`,
    update: `${customer}, gone AS (DELETE FROM account_customers WHERE accounts_id = $2) INSERT INTO account_customers(accounts_id, customer_id) VALUES ($2, $1::int)`,
    read: 'SELECT customer_id AS value FROM account_customers WHERE accounts_id = $1',
  }],
  naive: [
    ['CREATE TABLE account_customers AS SELECT id AS accounts_id, customer_id FROM accounts WHERE customer_id IS NOT NULL', 'ALTER TABLE account_customers ADD PRIMARY KEY (accounts_id, customer_id), ADD FOREIGN KEY (accounts_id) REFERENCES accounts (id), ADD FOREIGN KEY (customer_id) REFERENCES customers (id)'],
    'deploy', ['ALTER TABLE accounts DROP COLUMN customer_id'],
  ],
  final: 'SELECT accounts_id AS id, customer_id AS value FROM account_customers WHERE accounts_id = ANY($1::bigint[])',
}
