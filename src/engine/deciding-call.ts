import { acceptedBy, listedBy, parseStrict } from '../tools/parse.ts'
import { answer } from '../tools/answer.ts'
import type { Common, Context, DecidingTool, Draft } from '../tools/tool.ts'
import { overlay } from '../core/overlay.ts'
import { line, type Profile, type ProfileField } from '../core/profile.ts'
import type { Call, World } from './engine.ts'
import { extrasFor } from './extras.ts'
import { unknownHouseRules, withHouseRules } from './house-rules.ts'
import { noProject, projectFacts, projectFolder } from './inputs.ts'
import { flatSchema } from './json-schema.ts'
import { resultText } from './text.ts'

/** The one argument the engine adds to every call. */
export const Project = { project: line(500).describe('project folder, default the open one').optional() }

/** What a deciding tool worked out for a project, with the profile fields it read by where each came from: `argument`, or file and line. */
export interface Decided { readonly draft: Draft<unknown>, readonly withBodies: boolean, readonly inputs: Readonly<Record<string, readonly string[]>> }

/** Parses the arguments, fills them from the project and runs the tool. Throws InputError. */
export function decideFor(tool: DecidingTool, args: unknown, world: World): Decided {
  const { project, ...own } = parseStrict(acceptedBy(tool).extend(Project), args ?? {}, tool.name) as Profile & Common & { project?: string }
  // A decision needs no folder: without one it rests on the arguments alone.
  const facts = world.root === null && project === undefined ? noProject : projectFacts(projectFolder(project, world), world.records)
  const { asOf, include, detail, ...input } = own
  const context: Context = { knowledge: world.knowledge(), asOf: asOf ?? world.today(), detail: detail ?? 'normal' }
  const asked = overlay(facts.profile, input)
  const filled = { ...extrasFor(tool, facts, asked), ...asked }
  const inputs: Record<string, string[]> = {}
  for (const field of tool.reads) {
    const origin = field in input ? 'argument' : facts.from[field as ProfileField]
    // A file says more than one field: each origin stands once.
    if (origin !== undefined) (inputs[origin] ??= []).push(field)
  }
  const run = withHouseRules(tool.name, asked, tool.run(filled as Parameters<typeof tool.run>[0], context), context.knowledge)
  const draft = { ...run, conflicts: [...unknownHouseRules(asked, context.knowledge), ...run.conflicts] }
  return { draft, withBodies: include?.includes('files') ?? false, inputs }
}

/** Wraps a deciding tool as a call. */
export const decidingCall = (tool: DecidingTool): Call => ({
  name: tool.name,
  title: tool.title,
  description: tool.description,
  readOnly: true,
  destructive: false,
  inputSchema: () => flatSchema(listedBy(tool).extend(Project)),
  acceptedSchema: () => flatSchema(acceptedBy(tool).extend(Project)),
  async run(args, world) {
    const { draft, withBodies, inputs } = decideFor(tool, args, world)
    const result = answer(draft, withBodies)
    return { structured: { ...result, inputs }, text: resultText(tool.title, result) }
  },
})

