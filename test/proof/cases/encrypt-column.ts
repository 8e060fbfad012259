import type { ProofCase } from '../case.ts'

/** Stands in for a cipher whose key the database does not know. */
const sealed = (value: string): string => `convert_to(reverse(${value}), 'UTF8')`

export const proof: ProofCase = {
  change: 'encrypt-column',
  input: { table: 'accounts', column: 'tax_id', columns: ['tax_id_enc'] },
  setup: "ALTER TABLE accounts ADD COLUMN tax_id text DEFAULT '7'; ALTER TABLE accounts ALTER COLUMN tax_id DROP DEFAULT;",
  // Plain text, then both, then the sealed value alone.
  versions: [{
    insert: "INSERT INTO accounts(email, name, tax_id) VALUES ('user' || $1, 'n', $1::text) RETURNING id",
    update: 'UPDATE accounts SET tax_id = $1::text WHERE id = $2',
    read: 'SELECT tax_id AS value FROM accounts WHERE id = $1',
  }, {
    insert: `INSERT INTO accounts(email, name, tax_id, tax_id_enc) VALUES ('user' || $1, 'n', $1::text, ${sealed('$1::text')}) RETURNING id`,
    update: `UPDATE accounts SET tax_id = $1::text, tax_id_enc = ${sealed('$1::text')} WHERE id = $2`,
    read: 'SELECT tax_id AS value FROM accounts WHERE id = $1',
  }, {
    insert: `INSERT INTO accounts(email, name, tax_id_enc) VALUES ('user' || $1, 'n', ${sealed('$1::text')}) RETURNING id`,
    update: `UPDATE accounts SET tax_id_enc = ${sealed('$1::text')} WHERE id = $2`,
    read: "SELECT reverse(convert_from(tax_id_enc, 'UTF8')) AS value FROM accounts WHERE id = $1",
  }],
  // The plan asks the application for this job: the keys are outside the database.
  job: async (client) => {
    for (let [after, rows] = ['0', 1]; rows > 0;) {
      await client.query('BEGIN')
      const found = await client.query<{ id: string }>('SELECT id FROM accounts WHERE id > $1 AND tax_id IS NOT NULL AND tax_id_enc IS NULL ORDER BY id LIMIT 1000 FOR NO KEY UPDATE', [after])
      await client.query(`UPDATE accounts SET tax_id_enc = ${sealed('tax_id')} WHERE id = ANY($1::bigint[])`, [found.rows.map(({ id }) => id)])
      await client.query('COMMIT')
      ;[after, rows] = [found.rows.at(-1)?.id ?? after, found.rows.length]
    }
  },
  naive: [['ALTER TABLE accounts ADD COLUMN tax_id_enc bytea', `UPDATE accounts SET tax_id_enc = ${sealed('tax_id')}`], 'deploy', ['ALTER TABLE accounts DROP COLUMN tax_id']],
  final: "SELECT id, reverse(convert_from(tax_id_enc, 'UTF8')) AS value FROM accounts WHERE id = ANY($1::bigint[])",
}
