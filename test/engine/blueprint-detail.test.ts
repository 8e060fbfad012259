import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { planBlueprint } from '../../src/engine/blueprint-run.ts'
import { asOf, knowledge } from '../support/knowledge.ts'

const plan = (example: string, args: object = {}) => {
  const root = fileURLToPath(new URL(`../../examples/${example}`, import.meta.url))
  return planBlueprint(args, { root, cwd: root, today: () => asOf, knowledge, progress: () => undefined })
}
const chosen = (example: string, args: object = {}) => plan(example, args).drafts['select_auth']?.decision as { kind: string, controls: unknown[], alsoDue: string[] }

describe('the detail of a blueprint', () => {
  test('holds every control from growth on or under a regime, the short form before, and what the caller asks for', () => {
    expect(chosen('b2b-saas-soc2').alsoDue).toEqual([])
    expect(chosen('regulated-self-hosted').alsoDue).toEqual([])
    expect(chosen('b2b-saas-soc2', { detail: 'normal' }).alsoDue.length).toBeGreaterThan(0)
    expect(chosen('solo-nextjs-mvp').controls.length).toBeLessThan(chosen('solo-nextjs-mvp', { detail: 'full' }).controls.length)
  })
})

test('no provider left is a conflict, never a pin that says nobody signs in', () => {
  const forbid = Object.keys(knowledge()['identity-providers']).map((id) => ({ id }))
  const blueprint = plan('solo-nextjs-mvp', { houseRules: { forbid } })
  expect(blueprint.drafts['select_auth']?.decision).toMatchObject({ kind: 'none-left' })
  expect(blueprint.joined.conflicts.map(({ id }) => id)).toContain('none-left')
  expect(blueprint.documents.flatMap(({ parts }) => parts.map(({ body }) => body)).join('\n')).not.toContain('Nobody signs in')
})
