import type { ProofCase } from '../case.ts'

const version = {
  insert: "INSERT INTO accounts(email, name, points) VALUES ('user' || $1, 'n', $1::int) RETURNING id",
  update: 'UPDATE accounts SET points = $1::int WHERE id = $2',
  read: 'SELECT points AS value FROM accounts WHERE id = $1',
}
// From the switch on it reads through a cast: a prepared statement whose result changes its type fails when the columns are swapped.
const ready = { ...version, read: 'SELECT points::bigint AS value FROM accounts WHERE id = $1' }

export const proof: ProofCase = {
  change: 'type-change-rewrite',
  input: { table: 'accounts', column: 'points', from: 'int', type: 'bigint' },
  open: { holds: 'reader', when: 'small-table' },
  versions: [version, ready, { ...ready, update: 'UPDATE accounts SET points = $1::bigint WHERE id = $2' }],
  naive: [['ALTER TABLE accounts ALTER COLUMN points TYPE bigint'], 'deploy'],
  final: 'SELECT id, points AS value FROM accounts WHERE id = ANY($1::bigint[])',
}
