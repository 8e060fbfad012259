import { generatedFile } from '../../core/file.ts'
import type { FileWithBody } from '../tool.ts'
import { adoptionScript } from './adopt/script.ts'
import { adoptions } from './adopt/tools.ts'
import { ciScript } from './ci/script.ts'
import type { MigrationDecision } from './decide.ts'
import type { MigrationInput } from './input.ts'
import { lockedCommand, needsRunner, programFor } from './jobs/jobs.ts'
import { seedsFor } from './seeds/files.ts'
import type { ToolSheet } from './select-tool.ts'

/** What a topic is answered with. Seeds and adoption read the catalogue of the server, so not every database has them. */
export function topicFiles({ change, tool, database }: MigrationDecision, sheet: ToolSheet | undefined, input: MigrationInput, asOf: string): FileWithBody[] {
  const apply = lockedCommand(tool, sheet, database)
  if (change === 'seeds') return seedsFor(tool, database, input)
  if (apply === null || sheet === undefined) return []
  const runner = needsRunner(sheet, database) ? [generatedFile(programFor(tool, database).runnerPath, 'runs the tool under a lock', programFor(tool, database).startRunner, programFor(tool, database).runner(sheet.facts.applyCommand.value ?? ''))] : []
  if (change === 'ci-integration') return [generatedFile('db/check-migrations.sh', 'checks for the pipeline', 'sh -n FILE', ciScript(tool, sheet.facts.applyCommand.value ?? apply, sheet.facts.folder.value ?? 'migrations', database)), ...runner]
  const adoption = change === 'adopt-tool' && database === 'postgresql' ? adoptions[tool] : undefined
  if (adoption === undefined) return []
  const stamp = `${asOf.replaceAll('-', '')}000000`
  return [
    ...(adoption.text === undefined ? [] : [generatedFile(adoption.path(stamp), 'the schema as it was found', apply, adoption.text(stamp))]),
    generatedFile('db/adopt.sh', 'dump, mark, verify', 'sh -n FILE', adoptionScript(adoption, stamp, apply, sheet.facts.addressVariables.value ?? [])), ...runner,
  ]
}
