import { describe, expect, it } from 'vitest'
import { codes, commandNames, frontMatter, read, tableUnder } from './repository.ts'
import { toolNames } from './tool-names.ts'

const skill = 'skills/operational-patterns/SKILL.md'
/** Words in snake_case inside inline code that are names of something else. */
const otherWords: readonly string[] = []
const named = (path: string): string[] => [...new Set([...read(path).matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)].map((match) => match[1] as string))].filter((word) => !otherWords.includes(word)).sort()

describe('tool names', () => {
  it.each([skill, 'README.md'])('in %s are those of the registry, all of them', (path) => {
    expect(named(path)).toEqual(toolNames())
  })

  it('in commands exist', () => {
    const commands = commandNames()
    expect(commands.length).toBeGreaterThanOrEqual(9)
    for (const command of commands) expect(toolNames(), command).toEqual(expect.arrayContaining(named(`commands/${command}.md`)))
  })

  it('are each routed to by the skill', () => {
    const routed = tableUnder(skill, 'Tools first').flatMap((row) => codes(row[1] ?? ''))
    expect(routed.sort()).toEqual(toolNames())
  })
})

describe('commands', () => {
  it('are documented in the README, and nothing else is', () => {
    const documented = tableUnder('README.md', 'Commands').map((row) => codes(row[0] ?? '')[0])
    expect(documented.sort()).toEqual(commandNames().map((name) => `/operational-patterns:${name}`))
  })

  it('grant the tools they name, and no others', () => {
    for (const command of commandNames()) {
      const { values, body } = frontMatter(`commands/${command}.md`)
      const granted = (values['allowed-tools'] as string[]).filter((tool) => tool.startsWith('mcp__')).map((tool) => tool.replace('mcp__plugin_operational-patterns_ops__', '')).sort()
      const called = [...new Set([...body.matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)].map((match) => match[1] as string))]
      expect(granted, command).toEqual(called.sort())
    }
  })
})
