import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { lookAt } from '../../src/engine/check-look.ts'
import { checkDeliverables } from '../../src/project/check.ts'
import { worldAt } from '../support/world.ts'

/**
 * Documents of invented projects as people and assistants write them, without our headings and markers. `expected.json` names the
 * faults that were put in before the first run, those that no rule finds with the reason, and what is wrong besides.
 */
interface Expected {
  readonly faults: readonly { readonly what: string, readonly at: readonly string[], readonly rule?: string, readonly unseen?: string }[]
  readonly besides: readonly { readonly rule: string, readonly at: string, readonly found: string }[]
}

const strangers = fileURLToPath(new URL('../fixtures/check/strangers', import.meta.url))
const folder = 'architecture-output'
const names = readdirSync(strangers).sort()
const expectedOf = (name: string): Expected => JSON.parse(readFileSync(join(strangers, name, 'expected.json'), 'utf8')) as Expected
const place = ({ file, line }: { readonly file: string, readonly line: number }): string => `${file.replace(`${folder}/`, '')}:${line}`

/** Errors and warnings about the documents; what is wrong with the CI files beside them is another matter. */
async function findingsOf(name: string) {
  const root = join(strangers, name)
  const looked = lookAt(root, folder, worldAt(root))
  const { findings } = await checkDeliverables(root, folder, looked.facts, looked.repository)
  return findings.filter(({ severity, file }) => severity !== 'info' && file.startsWith(`${folder}/`))
}

test('there are enough documents, half of them without a fault, and few faults that no rule finds', () => {
  const all = names.map(expectedOf)
  const faults = all.flatMap(({ faults: each }) => each)
  expect(all.length).toBeGreaterThanOrEqual(32)
  expect(all.filter(({ faults: each }) => each.length === 0).length).toBeGreaterThanOrEqual(16)
  expect(faults.length).toBeGreaterThanOrEqual(120)
  expect(faults.filter(({ unseen }) => unseen !== undefined).length / faults.length).toBeLessThan(0.1)
})

describe('documents of strangers', () => {
  test.each(names)('%s: every fault on its line, and nothing else', async (name) => {
    const { faults, besides } = expectedOf(name)
    const findings = await findingsOf(name)
    for (const { what, at, rule } of faults.filter(({ rule: known }) => known !== undefined)) {
      expect(findings.filter((finding) => finding.rule === rule && at.includes(place(finding))).length, `${what}, on ${at.join(' or ')}`).toBeGreaterThan(0)
    }
    const places = new Set(faults.flatMap(({ at }) => at))
    const alone = findings.filter((finding) => !places.has(place(finding)) && (finding.other === undefined || !places.has(place(finding.other))))
    expect(alone.map((finding) => ({ rule: finding.rule, at: place(finding), found: finding.found }))).toEqual(besides)
  })
})
