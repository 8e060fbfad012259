import type { ProofCase } from '../case.ts'
import { plainFinal, plainVersion } from '../fixture.ts'

export const proof: ProofCase = {
  change: 'drop-not-null',
  input: { table: 'accounts', column: 'email', nullable: true },
  versions: [plainVersion, plainVersion, { ...plainVersion, insert: 'INSERT INTO accounts(name) VALUES ($1) RETURNING id' }],
  naive: ['deploy', ['ALTER TABLE accounts ALTER COLUMN email DROP NOT NULL']],
  final: plainFinal,
}
