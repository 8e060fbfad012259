import type { ProofCase } from '../case.ts'

export const proof: ProofCase = {
  change: 'json-to-column',
  input: { table: 'accounts', column: 'theme', from: 'prefs', type: 'text' },
  setup: `ALTER TABLE accounts ADD COLUMN prefs jsonb NOT NULL DEFAULT '{"theme": "dark", "size": 12}'; ALTER TABLE accounts ALTER COLUMN prefs SET DEFAULT '{}';`,
  versions: [{
    insert: "INSERT INTO accounts(email, name, prefs) VALUES ('user' || $1, 'n', jsonb_build_object('theme', $1::text)) RETURNING id",
    update: "UPDATE accounts SET prefs = jsonb_set(prefs, '{theme}', to_jsonb($1::text)) WHERE id = $2",
    read: "SELECT prefs ->> 'theme' AS value FROM accounts WHERE id = $1",
  }, {
    insert: "INSERT INTO accounts(email, name, theme) VALUES ('user' || $1, 'n', $1::text) RETURNING id",
    update: 'UPDATE accounts SET theme = $1 WHERE id = $2',
    read: 'SELECT theme AS value FROM accounts WHERE id = $1',
  }],
  naive: [['ALTER TABLE accounts ADD COLUMN theme text', "UPDATE accounts SET theme = prefs ->> 'theme', prefs = prefs - 'theme'"], 'deploy'],
  final: 'SELECT id, theme AS value FROM accounts WHERE id = ANY($1::bigint[])',
}
