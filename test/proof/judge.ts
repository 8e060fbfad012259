import type { Measured } from './run.ts'

/** How many times longer the naive way must block than ours when that is all the harm it does. */
export const manyTimes = 3

export type ProblemId = 'plan-stopped' | 'plan-fails-queries' | 'plan-loses-writes' | 'plan-reads-wrong' | 'plan-works-under-lock' | 'naive-harmless' | 'too-little-traffic'

/** What speaks against a case: our plan does harm, or the naive way does none and the case proves nothing. Empty when the proof holds. */
export function judge(naive: Measured, ours: Measured, rows: number): ProblemId[] {
  const harm = naive.failed > 0 || (naive.lost ?? 0) > 0 || naive.wrongReads > 0 || naive.longestMs >= manyTimes * ours.longestMs
  const found: readonly (readonly [ProblemId, boolean])[] = [
    ['plan-stopped', ours.stopped !== undefined],
    ['plan-fails-queries', ours.failed > 0],
    ['plan-loses-writes', ours.lost !== 0],
    ['plan-reads-wrong', ours.wrongReads > 0],
    ['plan-works-under-lock', ours.rowsUnderLock >= rows / 10],
    ['naive-harmless', !harm],
    ['too-little-traffic', Math.min(naive.writes, ours.fewestWrites) < 20],
  ]
  return found.filter(([, holds]) => holds).map(([id]) => id)
}
