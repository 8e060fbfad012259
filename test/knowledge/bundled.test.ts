import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { loadBundled } from '../../src/knowledge/load-bundled.ts'
import { knowledge } from '../support/knowledge.ts'

test('the bundled sheets are the sheets', () => {
  const bundled = loadBundled(fileURLToPath(new URL('../../dist/knowledge.jsonl', import.meta.url)))
  expect(Object.keys(bundled)).toEqual(Object.keys(knowledge()))
  expect(JSON.stringify(bundled) === JSON.stringify(knowledge()), 'run npm run build and commit dist/').toBe(true)
})

test.each([['a missing file', undefined], ['a broken file', '{}\n']])('%s says what to do', (_, text) => {
  const file = join(mkdtempSync(join(tmpdir(), 'bundled-')), 'knowledge.jsonl')
  if (text !== undefined) writeFileSync(file, text)
  expect(() => loadBundled(file)).toThrow(/Install the plugin again/)
})

test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('%s is the id of no sheet, bundled or not', (id) => {
  const bundled = loadBundled(fileURLToPath(new URL('../../dist/knowledge.jsonl', import.meta.url)))
  for (const sheets of [...Object.values(knowledge()), ...Object.values(bundled)] as Record<string, unknown>[]) expect(sheets[id]).toBeUndefined()
})
