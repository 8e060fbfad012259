import { describe, expect, test } from 'vitest'
import { predicates } from '../../../src/knowledge/collections/controls.ts'
import { knowledge } from '../../support/knowledge.ts'

const controls = Object.values(knowledge().controls)
const providers = knowledge()['identity-providers']
const compliance = Object.values(knowledge().compliance)

describe('sheets of sign-in, controls and compliance', () => {
  test('there are sheets to look at', () => {
    expect(controls.length).toBeGreaterThan(40)
    expect(Object.keys(providers).length).toBeGreaterThan(30)
    expect(compliance.length).toBe(15)
  })

  test.each(controls.map((control) => [control.id, control] as const))('control %s names valid ids and says when it is due', (_, control) => {
    for (const id of Object.values(control.facts.asvs.value ?? {}).flat()) expect(id).toMatch(/^v5\.0\.0-\d+\.\d+\.\d+$/)
    for (const id of control.facts.appliesTo.value ?? []) expect(predicates).toContain(id)
    expect(control.facts.priority.value).not.toBeNull()
    expect((control.facts.owasp2025.value ?? []).length).toBeGreaterThan(0)
    const waits = control.facts.priority.value === 'should' && !['poc', 'mvp'].includes(control.facts.fromStage.value ?? '')
    if (waits) expect(control.facts.addWhen.value).not.toBeNull()
  })

  test('every control a regime raises has a sheet', () => {
    for (const regime of compliance) for (const id of regime.facts.raises.value ?? []) expect(Object.keys(knowledge().controls)).toContain(id)
  })

  test('every replacement of a dead provider has a living sheet', () => {
    const dead = Object.values(providers).filter((sheet) => sheet.lifecycle.status !== 'active')
    expect(dead.map((sheet) => sheet.id).sort()).toEqual(['azure-ad-b2c', 'custom-passwords', 'lucia', 'nextauth'])
    for (const sheet of dead) expect(providers[sheet.lifecycle.replacedBy ?? '']?.lifecycle.status).toBe('active')
  })

  test('secrets and plain variables do not overlap', () => {
    for (const sheet of Object.values(providers)) for (const name of sheet.facts.secretVariables.value ?? []) expect(sheet.facts.variables.value ?? []).not.toContain(name)
  })
})
