import { generatedFile } from '../../core/file.ts'
import { stageRank } from '../../core/profile.ts'
import type { FileWithBody } from '../tool.ts'
import { adoptionScript } from './adopt/script.ts'
import { adoptions } from './adopt/tools.ts'
import { ciScript } from './ci/script.ts'
import type { MigrationDecision } from './decide.ts'
import type { MigrationInput } from './input.ts'
import { languageOf, lockedCommand, needsRunner, programFor } from './jobs/jobs.ts'
import { maskedSubset } from './seeds/masked.ts'
import { nodeSeed, pythonSeed, sqlSeed } from './seeds/programs.ts'
import type { ToolSheet } from './select-tool.ts'

const seedFiles = { node: ['db/seeds/seed.mjs', 'node db/seeds/seed.mjs', nodeSeed], python: ['db/seeds/seed.py', 'python db/seeds/seed.py', pythonSeed], sql: ['db/seeds/seed.sql', 'psql "$DATABASE_URL" -f db/seeds/seed.sql', sqlSeed] } as const

function seeds(tool: string, input: MigrationInput): FileWithBody[] {
  const [path, run, text] = seedFiles[languageOf(tool)]
  const staging = stageRank(input.stage ?? 'mvp') >= stageRank('growth')
  return [
    generatedFile(path, 'the same made-up rows each time, for development; refuses production', run, text),
    ...(staging ? [generatedFile('db/seeds/masked-subset.sql', "for staging, only inside production's boundary, on a restored copy", 'psql "$COPY_DATABASE_URL" -f FILE', maskedSubset)] : []),
  ]
}

/** What a topic is answered with: programs for PostgreSQL, whose catalogue they read. */
export function topicFiles({ change, tool, database }: MigrationDecision, sheet: ToolSheet | undefined, input: MigrationInput, asOf: string): FileWithBody[] {
  if (database !== 'postgresql') return []
  const apply = lockedCommand(tool, sheet, database)
  if (change === 'seeds') return seeds(tool, input)
  if (apply === null || sheet === undefined) return []
  const runner = needsRunner(sheet, database) ? [generatedFile(programFor(tool).runnerPath, 'runs the tool under a lock', programFor(tool).startRunner, programFor(tool).runner(sheet.facts.applyCommand.value ?? ''))] : []
  if (change === 'ci-integration') return [generatedFile('db/check-migrations.sh', 'checks for the pipeline', 'sh -n FILE', ciScript(tool, sheet.facts.applyCommand.value ?? apply, sheet.facts.folder.value ?? 'migrations')), ...runner]
  const adoption = change === 'adopt-tool' ? adoptions[tool] : undefined
  if (adoption === undefined) return []
  const stamp = `${asOf.replaceAll('-', '')}000000`
  return [
    ...(adoption.text === undefined ? [] : [generatedFile(adoption.path(stamp), 'the schema as it was found', apply, adoption.text(stamp))]),
    generatedFile('db/adopt.sh', 'dump, mark, verify', 'sh -n FILE', adoptionScript(adoption, stamp, apply, sheet.facts.addressVariables.value ?? [])), ...runner,
  ]
}
