import { expect, test } from 'vitest'
import { judge, manyTimes, type ProblemId } from './judge.ts'
import type { Measured } from './run.ts'

const rows = 20_000
const good: Measured = { change: 'x', way: 'ours', failed: 0, lost: 0, wrongReads: 0, longestMs: 100, lock: { mode: 'none', ms: 0 }, rowsUnderLock: 0, planMs: 1000, writes: 1000, fewestWrites: 100, stopped: undefined, errors: {} }
const harmful: Measured = { ...good, way: 'naive', failed: 3 }

test.each<[string, Partial<Measured>, Partial<Measured>, readonly ProblemId[]]>([
  ['nothing speaks against it', {}, {}, []],
  ['the naive way only blocks', { failed: 0, longestMs: 100 * manyTimes }, {}, []],
  ['the naive way blocks a little', { failed: 0, longestMs: 100 * manyTimes - 1 }, {}, ['naive-harmless']],
  ['the naive way loses writes', { failed: 0, lost: 1 }, {}, []],
  ['the naive way left nothing to look into', { failed: 0, lost: null }, {}, ['naive-harmless']],
  ['one failed query', {}, { failed: 1 }, ['plan-fails-queries']],
  ['one lost write', {}, { lost: 1 }, ['plan-loses-writes']],
  ['writes that could not be looked for', {}, { lost: null }, ['plan-loses-writes']],
  ['one wrong read', {}, { wrongReads: 1 }, ['plan-reads-wrong']],
  ['the plan stopped', {}, { stopped: 'lock timeout' }, ['plan-stopped']],
  ['the table read under a lock', {}, { rowsUnderLock: rows }, ['plan-works-under-lock']],
  ['a version that wrote nothing', {}, { fewestWrites: 0 }, ['too-little-traffic']],
])('%s', (_, naive, ours, problems) => {
  expect(judge({ ...harmful, ...naive }, { ...good, ...ours }, rows)).toEqual(problems)
})
