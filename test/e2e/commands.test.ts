import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import matter from 'gray-matter'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { clientVersions } from './support/client-binary.ts'
import { commandLine } from './support/command-line.ts'
import { filesOf } from './support/files-of.ts'
import { checkout, fullName, installPlugin, pluginRepository } from './support/plugin-repo.ts'
import { createSandbox, type Sandbox } from './support/sandbox.ts'
import type { Script } from './support/scripted-model.ts'
import { allText, outcomes, toolNames, type Seen } from './support/seen.ts'
import { talk } from './support/session.ts'

const shop = join(import.meta.dirname, 'fixtures/shop')
const asOf = '2026-11-22'

/** The lines of a command that hold no placeholder: what the model must see word for word. */
const plainLines = (command: string): readonly string[] =>
  matter(readFileSync(join(checkout, 'commands', `${command}.md`), 'utf8')).content.split('\n').filter((line) => line.trim() !== '' && !line.includes('$'))

/** The structured result of the only call of the last turn. Throws with its text when it failed. */
function structured(seen: Seen): Record<string, unknown> {
  const [outcome] = outcomes(seen)
  if (outcome === undefined || outcome.isError) throw new Error(`Expected a result, found: ${outcome?.text ?? 'no outcome'}`)
  return JSON.parse(outcome.text) as Record<string, unknown>
}

let repository: string
let expected: string
let sandbox: Sandbox
beforeEach(() => {
  repository = pluginRepository()
  expected = mkdtempSync(join(tmpdir(), 'ops-expected-'))
  cpSync(shop, expected, { recursive: true })
})
afterEach(async () => {
  await sandbox?.remove()
  rmSync(repository, { recursive: true, force: true })
  rmSync(expected, { recursive: true, force: true })
})

describe.each(clientVersions)('client %s', (version) => {
  async function run(prompt: string, script: Script) {
    sandbox = await createSandbox(version)
    cpSync(shop, sandbox.project, { recursive: true })
    await installPlugin(sandbox, repository)
    const session = await talk(sandbox, prompt, script)
    expect(session.result.permission_denials, session.account).toEqual([])
    return session
  }

  test('auth: expands, decides, writes exactly what the command line writes', async () => {
    const args = { asOf, organizations: 40 }
    const { turns } = await run('/operational-patterns:auth wholesalers with SSO later', (seen, turn) => {
      if (turn === 0) return [{ call: fullName('select_auth'), with: args }]
      if (turn === 1) return structured(seen)['decision'] ? [{ call: fullName('write_files'), with: { tool: 'select_auth', arguments: args } }] : [{ say: 'no decision' }]
      return structured(seen) && [{ say: 'done' }]
    })
    const text = allText(turns[0]!)
    expect(plainLines('auth').length).toBeGreaterThan(2)
    expect(plainLines('auth').filter((line) => !text.includes(line))).toEqual([])
    expect(text).toContain('Request: wholesalers with SSO later')
    expect(turns).toHaveLength(3)
    expect(structured(turns[1]!)['decision']).toMatchObject({ primary: expect.any(String) })

    commandLine(expected, 'write_files', '--tool', 'select_auth', '--arguments', JSON.stringify(args))
    expect(Object.keys(filesOf(expected)).length).toBeGreaterThan(Object.keys(filesOf(shop)).length)
    expect(filesOf(sandbox.project)).toEqual(filesOf(expected))
  })

  test('blueprint: five decisions, then three documents exactly as the command line writes them', async () => {
    const deciding = ['select_auth', 'observability_stack', 'env_matrix', 'pipeline_template', 'migration_plan']
    const { turns } = await run('/operational-patterns:blueprint', (seen, turn) => {
      if (turn === 0) return [{ call: fullName('read_project'), with: {} }]
      if (turn === 1) return structured(seen) && deciding.map((tool) => ({ call: fullName(tool), with: { asOf, detail: 'brief' } }))
      if (turn === 2) return [{ call: fullName('write_files'), with: { tool: 'blueprint', arguments: { asOf } } }]
      return structured(seen) && [{ say: 'done' }]
    })
    expect(plainLines('blueprint').filter((line) => !allText(turns[0]!).includes(line))).toEqual([])
    expect(turns).toHaveLength(4)
    expect(outcomes(turns[2]!).map((outcome) => (outcome.isError ? outcome.text : Object.keys(JSON.parse(outcome.text) as object).includes('decision')))).toEqual(deciding.map(() => true))

    commandLine(expected, 'blueprint', '--project', '.', '--out', 'architecture-output', '--as-of', asOf)
    expect(Object.keys(filesOf(expected))).toEqual(expect.arrayContaining(['security-architecture.md', 'observability.md', 'devops-blueprint.md'].map((name) => `architecture-output/${name}`)))
    expect(filesOf(sandbox.project)).toEqual(filesOf(expected))
  })

  test('a deferred tool is found by its bare name', async () => {
    const { turns } = await run('/operational-patterns:auth', (seen, turn) => {
      if (turn > 0 || !toolNames(seen).includes('ToolSearch')) return [{ say: 'done' }]
      return [{ call: 'ToolSearch', with: { query: 'select_auth' } }]
    })
    expect(toolNames(turns.at(-1)!)).toContain(fullName('select_auth'))
  })

  test('the model loads the skill without asking, and sees its body', async () => {
    const { turns } = await run('Which auth should we use?', (_, turn) => (turn === 0 ? [{ call: 'Skill', with: { skill: 'operational-patterns:operational-patterns' } }] : [{ say: 'done' }]))
    const lines = matter(readFileSync(join(checkout, 'skills/operational-patterns/SKILL.md'), 'utf8')).content.split('\n').filter((line) => line.trim() !== '' && !line.includes('$'))
    expect(lines.length).toBeGreaterThan(20)
    expect(lines.filter((line) => !allText(turns[1]!).includes(line))).toEqual([])
  })

  test('wrong arguments are answered with a sentence, and the next call works', async () => {
    const wrong: readonly (readonly [args: object, mentions: readonly string[]])[] = [
      [{ projctType: 'web-app' }, ['projctType', 'projectType']],
      [{ projectType: 'web-ap' }, ['projectType', 'web-ap', 'web-app']],
      [{ monthlyActiveUsers: -5 }, ['monthlyActiveUsers', '-5']],
      [{ compliance: ['hippa'] }, ['compliance', 'hippa', 'hipaa']],
      [{ project: '../..' }, ['project']],
    ]
    const { turns } = await run('/operational-patterns:auth', (_, turn) => {
      if (turn < wrong.length) return [{ call: fullName('select_auth'), with: wrong[turn]![0] }]
      return turn === wrong.length ? [{ call: fullName('select_auth'), with: { asOf } }] : [{ say: 'done' }]
    })
    wrong.forEach(([args, mentions], at) => {
      const [outcome] = outcomes(turns[at + 1]!)
      expect(outcome, JSON.stringify(args)).toMatchObject({ isError: true })
      expect(mentions.filter((word) => !outcome!.text.includes(word)), outcome!.text).toEqual([])
      expect(outcome!.text, 'a stack trace').not.toMatch(/\n\s+at /)
    })
    expect(structured(turns[wrong.length + 1]!)).toHaveProperty('decision')
  })
})
