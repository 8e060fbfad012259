import { describe, expect, test } from 'vitest'
import { isSpoken } from '../../src/core/errors.ts'
import { decidingTools } from '../../src/tools/registry.ts'
import type { DecidingTool } from '../../src/tools/tool.ts'
import { asOf, knowledge } from '../support/knowledge.ts'

/** Names every object answers to: a look-up in a plain object finds a function behind them. */
const names = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf']
const base = { stage: 'growth', stack: ['typescript', 'express', 'postgresql'], hosting: 'aws-ecs', signInBy: ['consumers'], developers: 6, database: 'postgresql 17', change: 'add-index', table: 'orders', column: 'id' } as const
const places = (name: string): Record<string, unknown>[] => [
  { hosting: name }, { stack: [name] }, { stack: ['typescript', name] }, { existing: [name] }, { deployTarget: name }, { migrationTool: name }, { name },
  { dataResidency: ['eu', name.toLowerCase()] }, { table: name, column: name }, { variables: [name] }, { serviceNames: [name] }, { database: name }, { framework: name },
  ...['require', 'forbid', 'prefer'].map((rule) => ({ houseRules: { [rule]: [{ id: name.toLowerCase() }] } })),
  ...['auth', 'errors', 'logs', 'metrics', 'alerting', 'ciProvider', 'branchStrategy', 'migrationTool', 'secrets', 'flags', 'validation'].map((slot) => ({ decisions: { [slot]: name.toLowerCase() } })),
]

describe.each(decidingTools.map((tool) => [tool.name, tool as unknown as DecidingTool] as const))('%s', (_, tool) => {
  test.each(names)('takes %s for a word like any other', (name) => {
    const accepts = new Set([...tool.reads, ...Object.keys(tool.own)] as string[])
    const cases = places(name).filter((place) => Object.keys(place).some((field) => accepts.has(field)))
    expect(cases.length).toBeGreaterThan(5)
    for (const place of cases) {
      const input = Object.fromEntries(Object.entries({ ...base, ...place }).filter(([field]) => accepts.has(field)))
      try {
        const result = tool.run(input as never, { knowledge: knowledge(), asOf, detail: 'normal' })
        expect(JSON.stringify(result), JSON.stringify(place)).not.toMatch(/\[native code\]|\[object /)
      } catch (error) {
        if (!isSpoken(error)) throw new Error(`${JSON.stringify(place)}: ${(error as Error).stack}`)
      }
    }
  })
})
