import { parseStrict } from '../../src/core/parse.ts'
import { acceptedBy } from '../../src/tools/parse.ts'
import { decidingTools } from '../../src/tools/registry.ts'
import type { Detail, Draft } from '../../src/tools/tool.ts'
import { asOf, knowledge } from './knowledge.ts'

export type Decision = Record<string, unknown>

/** What one deciding tool answers with the real sheets on the day tests pretend it is. Arguments are checked as a server would. */
export function decide(name: string, input: object, detail: Detail = 'full'): Draft<Decision> {
  const tool = decidingTools.find((candidate) => candidate.name === name)
  if (tool === undefined) throw new Error(`${name} is not in the registry`)
  const args = parseStrict(acceptedBy(tool), input, name)
  return tool.run(args as Parameters<typeof tool.run>[0], { knowledge: knowledge(), asOf, detail }) as Draft<Decision>
}

/** The value under a dotted path: `slots.errors`. Undefined when a step is missing. */
export const valueAt = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value)
