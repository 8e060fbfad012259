import type { ProofCase } from '../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

// A version that ends with an error on a value it does not know, as a switch over the known ones does.
const strict = { ...plainVersion, read: "SELECT name AS value, 1 / (SELECT (count(*) = 0)::int FROM accounts WHERE status::text = 'refunded' AND id = any_id) FROM accounts, (SELECT id AS any_id FROM accounts ORDER BY id DESC LIMIT 1) AS newest WHERE id = $1" }

export const proof: ProofCase = {
  change: 'enum-add-value',
  input: { type: 'account_status', to: 'refunded', from: 'paid' },
  versions: [strict, plainVersion, { ...plainVersion, insert: "INSERT INTO accounts(email, name, status) VALUES ('user' || $1, $1::text, 'refunded') RETURNING id" }],
  naive: [["ALTER TYPE account_status ADD VALUE 'refunded'"], 'deploy'],
  final: plainFinal,
}
