import type { ProofCase } from '../../case.ts'

const version = {
  insert: "INSERT INTO accounts(email, name, points) VALUES (concat('user', $1), 'n', $1) RETURNING id",
  update: 'UPDATE accounts SET points = $1 WHERE id = $2',
  read: 'SELECT points AS value FROM accounts WHERE id = $1',
}

export const proof: ProofCase = {
  change: 'type-change-rewrite',
  input: { table: 'accounts', column: 'points', from: 'int', type: 'bigint' },
  open: { holds: 'reader', when: 'small-table' },
  versions: [version, version],
  naive: [['ALTER TABLE accounts MODIFY COLUMN points bigint'], 'deploy'],
  final: 'SELECT id, points AS value FROM accounts WHERE id IN ($1)',
}
