import { expect, test } from 'vitest'
import { knowledge } from '../../support/knowledge.ts'

test('telemetry, signals and practices have sheets, and every replacement exists', () => {
  const { telemetry, signals, practices } = knowledge()
  expect(Object.keys(telemetry).length).toBeGreaterThanOrEqual(40)
  expect(Object.keys(signals).length).toBeGreaterThanOrEqual(8)
  expect(Object.keys(practices).length).toBeGreaterThanOrEqual(8)
  for (const sheet of Object.values(telemetry)) {
    if (sheet.lifecycle.replacedBy !== undefined) expect(Object.keys(telemetry)).toContain(sheet.lifecycle.replacedBy)
    for (const plan of sheet.price?.plans ?? []) expect(plan.features.length).toBeGreaterThan(0)
  }
})
