import type { ProofCase } from '../case.ts'

export const proof: ProofCase = {
  change: 'type-convert-text-to-typed',
  input: { table: 'accounts', column: 'code', type: 'bigint' },
  setup: "ALTER TABLE accounts ADD COLUMN code text DEFAULT '7'; ALTER TABLE accounts ALTER COLUMN code DROP DEFAULT;",
  // The second casts to the new type wherever it reads or writes: that fits before the columns are swapped and after.
  versions: [{
    insert: "INSERT INTO accounts(email, name, code) VALUES ('user' || $1, 'n', $1::text) RETURNING id",
    update: 'UPDATE accounts SET code = $1::text WHERE id = $2',
    read: 'SELECT code AS value FROM accounts WHERE id = $1',
  }, {
    insert: "INSERT INTO accounts(email, name, code) VALUES ('user' || $1, 'n', $1::text::bigint) RETURNING id",
    update: 'UPDATE accounts SET code = $1::bigint WHERE id = $2',
    read: 'SELECT code::bigint AS value FROM accounts WHERE id = $1',
  }],
  naive: [['ALTER TABLE accounts ALTER COLUMN code TYPE bigint USING code::bigint'], 'deploy'],
  final: 'SELECT id, code AS value FROM accounts WHERE id = ANY($1::bigint[])',
}
