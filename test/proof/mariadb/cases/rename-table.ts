import type { ProofCase } from '../../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

const moved = (sql: string): string => sql.replace('accounts', 'members')

export const proof: ProofCase = {
  change: 'rename-table',
  input: { table: 'accounts', to: 'members' },
  versions: [plainVersion, { insert: moved(plainVersion.insert), update: moved(plainVersion.update), read: moved(plainVersion.read) }],
  naive: [['RENAME TABLE accounts TO members'], 'deploy'],
  final: moved(plainFinal),
}
