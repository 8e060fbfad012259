import { expect, test } from 'vitest'
import { planOf } from './plans.ts'
import { play } from './play.ts'

const pack = planOf({ projectType: 'library', stack: ['python'], packageManager: 'uv', stage: 'growth' }).publish?.pack ?? []
const built = (version: string) => ({ uv: `mkdir -p release; touch "release/shop-${version}.tar.gz" "release/shop-${version}-py3-none-any.whl"` })

test.each([['v1.2.3', 0], ['v1.2', 1], ['v1.2.30', 1], ['v2.0.0', 1]])('what was built as 1.2.3 goes out under %s: exit %i', (tag, status) => {
  expect(pack.length).toBeGreaterThan(1)
  expect(play(pack, built('1.2.3'), { TAG: tag }).status).toBe(status)
})
