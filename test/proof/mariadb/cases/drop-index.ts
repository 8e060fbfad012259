import type { ProofCase } from '../../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

export const proof: ProofCase = {
  change: 'drop-index',
  input: { table: 'accounts', from: 'accounts_phone_idx', columns: ['phone'] },
  setup: 'CREATE INDEX accounts_phone_idx ON accounts (phone);',
  open: { holds: 'reader', when: 'always' },
  versions: [plainVersion, plainVersion],
  naive: [['DROP INDEX accounts_phone_idx ON accounts'], 'deploy'],
  final: plainFinal,
}
