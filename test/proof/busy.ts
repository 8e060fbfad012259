import { cpus } from 'node:os'
import { pause } from './traffic.ts'

const spent = (): readonly [number, number] => cpus().reduce<[number, number]>(([idle, all], { times }) => [idle + times.idle, all + Object.values(times).reduce((sum, ms) => sum + ms, 0)], [0, 0])

/** Share of the processors that other programs take, from 0 to 1: to be asked while this one and its server rest. */
export async function othersBusy(forMs = 1000): Promise<number> {
  const [idle, all] = spent()
  await pause(forMs)
  const [idleNow, allNow] = spent()
  return 1 - (idleNow - idle) / Math.max(allNow - all, 1)
}
