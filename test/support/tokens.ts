import { countTokens } from './count-tokens.ts'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { decidingCall, Project } from '../../src/engine/deciding-call.ts'
import { flatSchema } from '../../src/engine/json-schema.ts'
import { listedBy } from '../../src/tools/parse.ts'
import { decidingTools } from '../../src/tools/registry.ts'
import type { DecidingTool } from '../../src/tools/tool.ts'
import { asOf, knowledge } from './knowledge.ts'

const examples = fileURLToPath(new URL('../../examples', import.meta.url))

/** Folders of the examples, sorted. */
export const exampleFolders: readonly string[] = readdirSync(examples).sort().map((name) => join(examples, name))

const toolNamed = (name: string): DecidingTool => {
  const tool = decidingTools.find((candidate) => candidate.name === name)
  if (tool === undefined) throw new Error(`${name} is not in the registry`)
  return tool
}

/** One call: its arguments, and the open project (none when left out). */
export interface Case { readonly args: object, readonly root?: string }

/** Tokens of the largest structured results among the calls, as a model gets them, the largest first. */
export async function largestResults(name: string, cases: readonly Case[]): Promise<readonly (Case & { readonly tokens: number })[]> {
  const call = decidingCall(toolNamed(name))
  const results = await Promise.all(cases.map(async ({ args, root }) => {
    const { structured } = await call.run(args, { root: root ?? null, cwd: '/', today: () => asOf, knowledge, progress: () => {} })
    return { args, ...(root === undefined ? {} : { root }), text: JSON.stringify(structured) }
  }))
  return results.map(({ text, ...one }) => ({ ...one, tokens: countTokens(text) })).sort((a, b) => b.tokens - a.tokens)
}

/** Tokens of a tool as it is listed to a model: name, description and arguments. */
export function listingTokens(name: string): number {
  const tool = toolNamed(name)
  return countTokens(JSON.stringify({ name, description: tool.description, input_schema: flatSchema(listedBy(tool).extend(Project)) }))
}
