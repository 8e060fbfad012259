import { InputError } from '../../src/core/errors.ts'
import { parseStrict } from '../../src/core/parse.ts'
import { readStack } from '../../src/core/stack.ts'
import type { ToolResult } from '../../src/core/result.ts'
import { resultText } from '../../src/engine/text.ts'
import type { Knowledge } from '../../src/knowledge/collections.ts'
import { answer } from '../../src/tools/answer.ts'
import { acceptedBy } from '../../src/tools/parse.ts'
import { decidingTools } from '../../src/tools/registry.ts'
import type { Section } from '../../src/tools/tool.ts'
import type { Project, ToolName } from './projects.ts'

type Decision = Record<string, unknown>

/** An answer with its report in parts. `refused` is the sentence that the call with a change got, when only the one without it was answered. */
export interface Answered { readonly kind: 'answer', readonly result: ToolResult<Decision>, readonly sections: readonly Section[], readonly text: string, readonly refused?: string }
/** What a tool says to a project, or why there is nothing to ask. */
export type Reply = Answered | { readonly kind: 'not-asked', readonly why: string }

const replies = new WeakMap<Project, Map<string, Reply>>()

/** Asks one tool at normal detail, as a host would after reading the project's profile; the same question is asked once. Throws InputError for a profile the tool does not take. */
export function ask(name: ToolName, project: Project, knowledge: Knowledge, asOf: string): Reply {
  const known = replies.get(project) ?? new Map<string, Reply>()
  const key = `${name} ${asOf}`
  const reply = known.get(key) ?? askNow(name, project, knowledge, asOf)
  replies.set(project, known.set(key, reply))
  return reply
}

function askNow(name: ToolName, project: Project, knowledge: Knowledge, asOf: string): Reply {
  const tool = decidingTools.find((candidate) => candidate.name === name)
  if (tool === undefined) throw new Error(`${name} is not in the registry`)
  const run = (own: Record<string, unknown>): Answered => {
    const input = parseStrict(acceptedBy(tool), { ...project.profile, ...own }, `${project.id}, ${name}`)
    const draft = tool.run(input as Parameters<typeof tool.run>[0], { knowledge, asOf, detail: 'normal' })
    const result = answer(draft, false) as ToolResult<Decision>
    return { kind: 'answer', result, sections: draft.sections, text: resultText(tool.title, result) }
  }
  const own = project.own?.[name] ?? {}
  if (name !== 'migration_plan') return run(own)
  if (readStack(project.profile).databases.length === 0) return { kind: 'not-asked', why: 'no database named' }
  if (own['change'] === undefined) return { kind: 'not-asked', why: 'no schema change at hand' }
  try {
    return run(own)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    // The sentence offers the strategy without a plan of the change, so the page shows both.
    return { ...run({}), refused: error.message }
  }
}
