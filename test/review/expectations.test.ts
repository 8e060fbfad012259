import { spawnSync } from 'node:child_process'
import { countTokens } from '../support/count-tokens.ts'
import { describe, expect, test } from 'vitest'
import { vocabulary } from '../../src/core/profile.ts'
import { hostingId } from '../../src/core/stack.ts'
import { asOf, knowledge } from '../support/knowledge.ts'
import { ask, type Reply } from './answers.ts'
import { complaints } from './judge.ts'
import { loadProjects, type Project, type ToolName, toolNames } from './projects.ts'

const projects = loadProjects()
const expected = projects.flatMap((project) => toolNames.flatMap((tool) => {
  const expectation = project.expect?.[tool]
  return expectation === undefined ? [] : [{ id: project.id, tool, project, expectation }]
}))
const reply = (project: Project, tool: ToolName): Reply => ask(tool, project, knowledge(), asOf)

const answers = () => projects.flatMap((project) => toolNames.flatMap((tool) => {
  const one = reply(project, tool)
  return one.kind === 'answer' ? [{ id: project.id, tool, ...one }] : []
}))

test('at least 40 projects are judged, and the three decisions of most are expected', () => {
  expect(projects.length).toBeGreaterThanOrEqual(40)
  for (const tool of ['select_auth', 'observability_stack', 'env_matrix']) expect(expected.filter((one) => one.tool === tool).length, tool).toBeGreaterThanOrEqual(40)
})

const covered = ['projectType', 'stage', 'signInBy', 'clients', 'compliance', 'dataClasses', 'selfHost', 'opsCapacity', 'tenancy', 'ciProvider', 'releaseCadence'] as const

test.each(covered)('every %s of the vocabulary is met by some project', { timeout: 60_000 }, (field) => {
  const met = new Set(projects.flatMap(({ profile }) => [profile[field] ?? []].flat()) as readonly string[])
  expect(vocabulary[field].filter((value) => !met.has(value))).toEqual([])
})

test('every hosting platform that has a sheet is met by some project', { timeout: 60_000 }, () => {
  const met = new Set(projects.map(({ profile }) => hostingId(profile.hosting)))
  const sheets = Object.keys(knowledge()['hosting-platforms'])
  expect(sheets.length).toBeGreaterThan(15)
  expect(sheets.filter((id) => !met.has(id))).toEqual([])
})

test.each(expected)('$id is answered by $tool as a senior person would accept', { timeout: 60_000 }, ({ id, tool, project, expectation }) => {
  const one = reply(project, tool)
  expect(one.kind === 'answer' ? complaints(project, tool, one.result, expectation) : [`${id}, ${tool}: not asked, ${one.why}`]).toEqual([])
})

const only = (decision: Readonly<Record<string, unknown>>, fields: readonly string[]): Record<string, unknown> => Object.fromEntries(fields.map((field) => [field, decision[field]]))

describe('every answer', { timeout: 60_000 }, () => {
  test('asks at most three questions', () => {
    expect(answers().filter(({ result }) => result.questions.length > 3).map(({ id, tool }) => `${id} ${tool}`)).toEqual([])
  })

  test('holds no value that was printed by accident', () => {
    const accidents = answers().flatMap(({ id, tool, text }) => [...text.matchAll(/.{0,40}(\bundefined\b|\[object|\bNaN\b|\$null).{0,40}/g)].map(([found]) => `${id} ${tool}: ${found}`))
    expect(accidents).toEqual([])
  })

  test('names commands that a shell reads as they are meant', () => {
    const commands = new Set(answers().flatMap(({ result }) => result.files.map(({ verifyWith }) => verifyWith)))
    expect(commands.size).toBeGreaterThan(15)
    // What stands between backticks or in $( ) would be run by the person who pastes the line.
    expect([...commands].filter((command) => /`|\$\(/.test(command) || spawnSync('bash', ['-n', '-c', command]).status !== 0)).toEqual([])
  })

  test('stays within 2,500 tokens at normal detail', () => {
    const counted = answers().map(({ id, tool, result }) => ({ id, tool, tokens: countTokens(JSON.stringify(result)) }))
    expect(counted.length).toBeGreaterThanOrEqual(160)
    const over = counted.filter(({ tokens }) => tokens > 2500)
    expect(over).toEqual([])
  })

  test('decides for things that have a sheet, or for a way of working that the contract lists', () => {
    const known = new Set(Object.values(knowledge()).flatMap((collection) => Object.keys(collection)))
    const ways: Readonly<Record<string, readonly string[]>> = { tracing: ['otel', 'error-tool', 'llm-tracing'], slo: ['target-only', 'burn-rate'] }
    const chosen = answers().flatMap(({ id, tool, result: { decision } }) => {
      const parts = tool === 'observability_stack' ? decision['slots'] as Record<string, unknown> : tool === 'select_auth' ? only(decision, ['primary', 'machine', 'device', 'staff', 'agent']) : tool === 'env_matrix' ? only(decision, ['secrets', 'flags', 'validation']) : {}
      return Object.entries(parts).flatMap(([part, value]) => [value].flat().filter((one) => typeof one === 'string' && one !== 'none').map((one) => ({ part, one: String(one), where: `${id} ${tool} ${part}: ${String(one)}` })))
    })
    expect(chosen.length).toBeGreaterThan(400)
    expect(chosen.filter(({ part, one }) => !(ways[part]?.includes(one) ?? known.has(one))).map(({ where }) => where)).toEqual([])
  })
})
