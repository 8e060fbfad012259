import { expect, test } from 'vitest'
import { asOf, knowledge } from '../support/knowledge.ts'
import { ask } from './answers.ts'
import { shownAt } from './judge.ts'
import { loadProjects, type Project, type ToolName } from './projects.ts'

/** One profile feeds all tools, so their answers must not contradict each other. */
const projects = loadProjects()

const decided = (project: Project, tool: ToolName): unknown => {
  const reply = ask(tool, project, knowledge(), asOf)
  return reply.kind === 'answer' ? reply.result.decision : undefined
}
const words = (decision: unknown, path: string): string[] => (shownAt(decision, path) ?? '').split(' ').filter((word) => word !== '' && word !== 'none')

test('a pipeline deploys only to environments that are planned', { timeout: 60_000 }, () => {
  const pairs = projects.map((project) => ({ id: project.id, planned: words(decided(project, 'env_matrix'), 'environments'), deployed: words(decided(project, 'pipeline_template'), 'environments') }))
  expect(pairs.filter(({ deployed }) => deployed.length > 0).length).toBeGreaterThan(30)
  expect(pairs.filter(({ planned, deployed }) => deployed.some((name) => !planned.includes(name)))).toEqual([])
})

test('environments stand in the same order in both', { timeout: 60_000 }, () => {
  const orders = projects.map((project) => {
    const deployed = words(decided(project, 'pipeline_template'), 'environments')
    return { id: project.id, planned: words(decided(project, 'env_matrix'), 'environments').filter((name) => deployed.includes(name)), deployed }
  })
  expect(orders.filter(({ planned, deployed }) => planned.join() !== deployed.join())).toEqual([])
})

const conflictsOf = (project: Project, tool: ToolName) => {
  const reply = ask(tool, project, knowledge(), asOf)
  return reply.kind === 'answer' ? reply.result.conflicts : []
}
const deciding = ['select_auth', 'observability_stack', 'env_matrix'] as const

test('a conflict names the values that clash', { timeout: 60_000 }, () => {
  const inputs = projects.flatMap((project) => deciding.flatMap((tool) => conflictsOf(project, tool).flatMap(({ id, inputs: named }) => named.map((input) => `${project.id}, ${tool}, ${id}: ${input}`))))
  expect(inputs.length).toBeGreaterThan(50)
  expect(inputs.filter((input) => !/: .*[:=]/.test(input))).toEqual([])
})
