import type { ProofCase } from '../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

export const proof: ProofCase = {
  change: 'enum-remove-value',
  input: { table: 'accounts', column: 'status', type: 'account_status', from: 'paid', to: 'new' },
  setup: "UPDATE accounts SET status = 'paid' WHERE id % 2 = 0;",
  // The first writes the value, the second still knows it, the third has forgotten it.
  versions: [{ ...plainVersion, update: "UPDATE accounts SET name = $1, status = 'paid' WHERE id = $2" }, { ...plainVersion, update: "UPDATE accounts SET name = $1, status = 'new' WHERE id = $2" }, plainVersion],
  naive: [
    [
      "UPDATE accounts SET status = 'new' WHERE status = 'paid'", 'ALTER TYPE account_status RENAME TO account_status_old', "CREATE TYPE account_status AS ENUM ('new')",
      "ALTER TABLE accounts ALTER COLUMN status DROP DEFAULT, ALTER COLUMN status TYPE account_status USING status::text::account_status, ALTER COLUMN status SET DEFAULT 'new'", 'DROP TYPE account_status_old',
    ],
    'deploy',
  ],
  final: plainFinal,
}
