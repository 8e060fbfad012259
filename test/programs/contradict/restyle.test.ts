import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { checkerOf } from './guard.ts'
import { recordFolder, varied } from './profiles.ts'
import { restyles } from './restyle.ts'
import { documentSet } from './sets.ts'

const base = mkdtempSync(join(tmpdir(), 'ops-restyle-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))

test('there are twenty styles and more', () => {
  expect(Object.keys(restyles).length).toBeGreaterThanOrEqual(20)
})

test.each(varied)('%s says the same in every style, and nothing is reported', (id) => {
  const set = documentSet(id, 'full', base)
  const check = checkerOf(recordFolder(base, id), set)
  const alarms = Object.entries(restyles).flatMap(([style, restyle]) => {
    const texts = new Map(set.readings.map(({ document, lines }) => [document, restyle(lines.join('\n'))]))
    expect([...texts.values()].join('\n'), style).not.toBe(set.readings.map(({ lines }) => lines.join('\n')).join('\n'))
    // Without markers nobody can tell a fact that was old already when it was written from one that got old since.
    return check(texts).filter(({ severity, rule }) => severity !== 'info' && !(style === 'no markers' && rule === 'stale-fact')).map(({ rule, file, line, found }) => `${style}: ${rule} ${file}:${line} ${found}`)
  })
  expect(alarms).toEqual([])
})
