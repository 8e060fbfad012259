import { isAbsolute, resolve } from 'node:path'
import { blocks, bullets, code } from '../core/markdown.ts'
import { line } from '../core/profile.ts'
import { deliverablesFolder } from '../project/deliverables.ts'
import { parseStrict } from '../tools/parse.ts'
import * as z from 'zod'
import { BlueprintArguments, planBlueprint, type Blueprint } from './blueprint-run.ts'
import { Asked, writeBlueprint } from './blueprint-write.ts'
import type { Call } from './engine.ts'
import { flatSchema } from './json-schema.ts'
import { keptConflicts } from './kept.ts'
import { headlines } from './headline.ts'
import { assumptionsText, skippedText } from './text.ts'
import { renderConflicts } from '../tools/answer.ts'
import { writtenAnswer, writtenText } from './written.ts'

const Arguments = BlueprintArguments.extend(Asked.shape).extend({
  out: line(500).optional().describe(`folder to write to, default ${deliverablesFolder} in the project`),
  overwrite: z.boolean().optional().describe('replace generated files that somebody changed'),
})

/** What each tool decided, a line each. */
const decisionLines = (blueprint: Blueprint): string =>
  bullets(Object.entries(blueprint.drafts).map(([name, { decision }]) => headlines[name]?.(decision as Parameters<(typeof headlines)[string]>[0]) ?? code(name)))

/** What a person does after a run, in that order. */
const next = ({ joined, facts }: Blueprint): string => blocks('## Next', bullets([
  ...(joined.conflicts.length === 0 ? [] : ['Settle the conflicts above.']),
  ...(facts.profileFile === null ? ['Keep what is true of your project in `.claude/operational-patterns.md`: `read_project --propose` prints one to start from.'] : joined.questions.length === 0 ? [] : [`Answer in ${code(facts.profileFile)} what is worth answering.`]),
  ...(joined.files.length === 0 ? [] : ['Move what you want from `files/` to its place in the project.']),
  'Run this again after a change, and `check_deliverables` before a merge.',
]))

/** Writes the three deliverables and the files they refer to. For a shell: `out` may be any folder. */
export const blueprintCall: Call = {
  name: 'blueprint',
  title: 'Write the three deliverables',
  description: 'Decides everything for a project and writes security-architecture.md, observability.md, devops-blueprint.md and the files they refer to.',
  readOnly: false,
  destructive: true,
  inputSchema: () => flatSchema(Arguments),
  async run(args, world) {
    const { out, overwrite, adr, sdl, html, ...rest } = parseStrict(Arguments, args, 'blueprint')
    world.progress(`Reading ${world.root ?? 'the project'}`)
    const blueprint = planBlueprint(rest, world)
    const folder = out === undefined ? resolve(blueprint.facts.folder, deliverablesFolder) : isAbsolute(out) ? out : resolve(world.cwd, out)
    world.progress(`Writing ${blueprint.documents.length} documents and ${blueprint.files.length} files to ${folder}`)
    const placed = await writeBlueprint(folder, blueprint, world, { adr, sdl, html }, { overwrite: overwrite === true, ...(out === undefined ? { within: blueprint.facts.folder } : {}) })
    const { structured } = writtenAnswer(folder, placed).shell
    const { assumptions, questions, skipped, cost } = blueprint.joined
    const conflicts = [...keptConflicts(placed.kept), ...blueprint.joined.conflicts]
    const decisions = Object.fromEntries(Object.entries(blueprint.drafts).map(([name, { decision }]) => [name, decision]))
    const text = blocks(
      '## Decided', decisionLines(blueprint),
      renderConflicts(conflicts),
      '## Assumed', assumptionsText(assumptions) || 'Nothing.',
      questions.length > 0 && blocks('## Worth answering', bullets(questions.map(({ question, changes }) => `${question} (changes ${changes})`))),
      '## Not yet, and when', skippedText(skipped) || 'Nothing was left out.',
      '## Files', writtenText(folder, placed.files, placed.kept),
      next(blueprint),
    )
    return { structured: { ...structured, decisions, conflicts, assumptions, questions, skipped, cost }, text }
  },
}
