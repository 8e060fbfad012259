import type { ProofCase } from '../case.ts'

const using = (key: string) => ({
  insert: `INSERT INTO accounts(email, name, prefs) VALUES ('user' || $1, 'n', jsonb_build_object('${key}', $1::text)) RETURNING id`,
  update: `UPDATE accounts SET prefs = jsonb_set(prefs, '{${key}}', to_jsonb($1::text)) WHERE id = $2`,
  read: `SELECT prefs ->> '${key}' AS value FROM accounts WHERE id = $1`,
})

export const proof: ProofCase = {
  change: 'json-key-rename',
  input: { table: 'accounts', column: 'prefs', from: 'theme', to: 'ui_theme' },
  setup: `ALTER TABLE accounts ADD COLUMN prefs jsonb NOT NULL DEFAULT '{"theme": "dark", "size": 12}';`,
  versions: [using('theme'), using('ui_theme')],
  naive: [["UPDATE accounts SET prefs = prefs - 'theme' || jsonb_build_object('ui_theme', prefs -> 'theme')"], 'deploy'],
  final: "SELECT id, prefs ->> 'ui_theme' AS value FROM accounts WHERE id = ANY($1::bigint[])",
}
