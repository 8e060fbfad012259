import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { planBlueprint } from '../../src/engine/blueprint-run.ts'
import { asOf, knowledge } from '../support/knowledge.ts'

const plan = (example: string, args: object = {}) => {
  const root = fileURLToPath(new URL(`../../examples/${example}`, import.meta.url))
  return planBlueprint(args, { root, cwd: root, today: () => asOf, knowledge, progress: () => undefined })
}
const chosen = (example: string, args: object = {}) => plan(example, args).drafts['select_auth']?.decision as { kind: string, controls: { id: string, priority: string }[], alsoDue: string[] }
const partOf = (example: string, part: string, args: object = {}): string => plan(example, args).documents.flatMap(({ parts }) => parts.filter(({ id }) => id === part).map(({ body }) => body)).join('\n')

describe('the detail of a blueprint', () => {
  test('holds every control; before growth those that should be there are named, and the brief form has rows for a few', () => {
    for (const args of [{}, { detail: 'normal' }]) for (const example of ['b2b-saas-soc2', 'regulated-self-hosted', 'solo-nextjs-mvp']) expect(chosen(example, args).alsoDue).toEqual([])
    expect(chosen('solo-nextjs-mvp', { detail: 'brief' }).alsoDue.length).toBeGreaterThan(5)
  })
  test('gives every control that must be there a row, whatever the stage', () => {
    for (const example of ['solo-nextjs-mvp', 'python-api', 'mobile-backend']) {
      const text = partOf(example, 'controls') + partOf(example, 'data-protection')
      const rows = text.split('\n').filter((line) => line.startsWith('| ')).map((line) => line.split(' | ')[0]?.slice(2))
      const musts = chosen(example).controls.filter(({ priority }) => priority !== 'should')
      expect(musts.length).toBeGreaterThan(12)
      expect(musts.filter(({ id }) => !rows.includes(knowledge().controls[id]?.name ?? id))).toEqual([])
    }
  })
  test('says each price once on a page, and lists the page it was read on', () => {
    const { documents } = plan('solo-nextjs-mvp')
    const observability = documents.find(({ file }) => file === 'observability.md')
    expect(observability?.parts.map(({ id }) => id)).not.toContain('cost')
    expect(observability?.parts.find(({ id }) => id === 'sources')?.body).toMatch(/sentry\.io\/pricing/)
  })
})

test('no provider left is a conflict, never a pin that says nobody signs in', () => {
  const forbid = Object.keys(knowledge()['identity-providers']).map((id) => ({ id }))
  const blueprint = plan('solo-nextjs-mvp', { houseRules: { forbid } })
  expect(blueprint.drafts['select_auth']?.decision).toMatchObject({ kind: 'none-left' })
  expect(blueprint.joined.conflicts.map(({ id }) => id)).toContain('none-left')
  expect(blueprint.documents.flatMap(({ parts }) => parts.map(({ body }) => body)).join('\n')).not.toContain('Nobody signs in')
})
