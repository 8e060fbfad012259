import type { ProofCase } from '../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

const reading = (column: string) => ({ ...plainVersion, read: `SELECT name AS value, (SELECT ${column} FROM account_names WHERE id = 1) AS seen FROM accounts WHERE id = $1` })

export const proof: ProofCase = {
  change: 'view-or-matview-change',
  input: { table: 'account_names', from: 'accounts', columns: ['id', 'name', 'email'], type: 'materialized view' },
  setup: 'CREATE MATERIALIZED VIEW account_names AS SELECT id, name FROM accounts; CREATE UNIQUE INDEX ON account_names (id);',
  open: { holds: 'reader', when: 'always', table: 'account_names' },
  versions: [reading('name'), reading('email')],
  naive: [['DROP MATERIALIZED VIEW account_names', 'CREATE MATERIALIZED VIEW account_names AS SELECT id, name, email FROM accounts', 'CREATE UNIQUE INDEX ON account_names (id)'], 'deploy'],
  final: plainFinal,
}
