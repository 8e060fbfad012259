import { generatedFile } from '../../../core/file.ts'
import { stageRank } from '../../../core/profile.ts'
import type { FileWithBody } from '../../tool.ts'
import type { MigrationInput } from '../input.ts'
import { isMysql, languageOf } from '../jobs/jobs.ts'
import { maskedSubset } from './masked.ts'
import { nodeSeed as mysqlNodeSeed, pythonSeed as mysqlPythonSeed, shellSeed } from './mysql/programs.ts'
import { nodeSeed, pythonSeed, sqlSeed } from './programs.ts'

const seedFiles = { node: ['db/seeds/seed.mjs', 'node db/seeds/seed.mjs', nodeSeed], python: ['db/seeds/seed.py', 'python db/seeds/seed.py', pythonSeed], sql: ['db/seeds/seed.sql', 'psql "$DATABASE_URL" -f db/seeds/seed.sql', sqlSeed] } as const
const mysqlSeedFiles = { node: ['db/seeds/seed.mjs', 'node db/seeds/seed.mjs', mysqlNodeSeed], python: ['db/seeds/seed.py', 'python db/seeds/seed.py', mysqlPythonSeed], sql: ['db/seeds/seed.sh', 'sh db/seeds/seed.sh', shellSeed] } as const
const purpose = 'the same made-up rows each time, for development and, with more of them, for staging; refuses production'

/** Programs that fill the tables of a database, whose catalogue they read; none for a database without one we know. */
export function seedsFor(tool: string, database: string, input: MigrationInput): FileWithBody[] {
  if (isMysql(database)) {
    const [path, run, text] = mysqlSeedFiles[languageOf(tool)]
    return [generatedFile(path, purpose, run, text)]
  }
  if (database !== 'postgresql') return []
  const [path, run, text] = seedFiles[languageOf(tool)]
  const staging = stageRank(input.stage ?? 'mvp') >= stageRank('growth')
  return [
    generatedFile(path, 'the same made-up rows each time, for development; refuses production', run, text),
    ...(staging ? [generatedFile('db/seeds/masked-subset.sql', "for staging, only inside production's boundary, on a restored copy", 'psql "$COPY_DATABASE_URL" -f FILE', maskedSubset)] : []),
  ]
}
