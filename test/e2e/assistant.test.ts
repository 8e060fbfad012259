import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clientVersions } from './support/client-binary.ts'
import { asOf, installed, type Installed } from './support/installed.ts'
import { fullName } from './support/plugin-repo.ts'
import { allText, outcomes, structuredOf, toolNames } from './support/seen.ts'

const selectAuth = fullName('select_auth')

describe.each(clientVersions)('client %s', (version) => {
  let client: Installed
  beforeAll(async () => { client = await installed(version) })
  afterAll(() => client?.remove())

  test('the model loads the skill without a person being asked, and sees its body', async () => {
    const { turns, result } = await client.talk('Which auth should we use?', (_, turn) => (turn === 0 ? [{ call: 'Skill', with: { skill: 'operational-patterns:operational-patterns' } }] : [{ say: 'done' }]))
    expect(result.permission_denials).toEqual([])
    const lines = client.plainLines('skills/operational-patterns/SKILL.md')
    expect(lines.length).toBeGreaterThan(20)
    expect(lines.filter((line) => !allText(turns[1]!).includes(line))).toEqual([])
  })

  test('a tool is found by its bare name when the client defers it', async () => {
    const { turns } = await client.talk('/operational-patterns:auth', (seen, turn) => (turn === 0 && toolNames(seen).includes('ToolSearch') ? [{ call: 'ToolSearch', with: { query: 'select_auth' } }] : [{ say: 'done' }]))
    expect(toolNames(turns.at(-1)!)).toContain(selectAuth)
  })

  test('wrong arguments are answered with a sentence, and the next call works', async () => {
    const wrong: readonly (readonly [args: object, mentions: readonly string[]])[] = [
      [{ projctType: 'web-app' }, ['projctType', 'projectType']],
      [{ projectType: 'web-ap' }, ['projectType', 'web-ap', 'web-app']],
      [{ monthlyActiveUsers: -5 }, ['monthlyActiveUsers', '-5']],
      [{ compliance: ['hippa'] }, ['compliance', 'hippa', 'hipaa']],
      [{ project: '../..' }, ['project', '../..']],
    ]
    const { turns } = await client.talk('/operational-patterns:auth', (_, turn) => {
      if (turn > wrong.length) return [{ say: 'done' }]
      return [{ call: selectAuth, with: wrong[turn]?.[0] ?? { asOf } }]
    })
    wrong.forEach(([args, mentions], at) => {
      const [outcome] = outcomes(turns[at + 1]!)
      expect(outcome, JSON.stringify(args)).toMatchObject({ isError: true })
      expect(mentions.filter((word) => !outcome!.text.includes(word)), outcome!.text).toEqual([])
      expect(outcome!.text).not.toMatch(/\n\s+at /)
    })
    expect(structuredOf(turns[wrong.length + 1]!, selectAuth)).toHaveProperty('decision')
  })
})
