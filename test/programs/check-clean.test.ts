import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { report, reviewed, reviewIds, originalsFolder, wrongIn } from '../engine/check/originals.ts'

const base = originalsFolder()
afterAll(() => rmSync(base, { recursive: true, force: true }))

test('there are forty profiles and more', () => {
  expect(reviewIds().length).toBeGreaterThanOrEqual(40)
})

test.each(reviewIds())('what the blueprint writes for %s contradicts nothing', async (id) => {
  const original = reviewed(base, id)
  expect(wrongIn(await report(original))).toEqual([])
  rmSync(join(base, id), { recursive: true, force: true })
})
