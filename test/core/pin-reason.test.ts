import { expect, test } from 'vitest'
import { pinReason } from '../../src/core/pin-reason.ts'

test.each<[string | undefined, string | undefined]>([
  ['we know it.', 'we know it'],
  ['auth: one provider for all.; logs: they are cheap; really', 'one provider for all'],
  ['logs: they are cheap; really', undefined],
  ['ours; auth: both.', 'ours; both'],
  ['see https://x.example; it: works', 'see https://x.example; it: works'],
  [undefined, undefined],
])('the reason %j says about the pin of auth: %j', (reason, said) => expect(pinReason({ auth: 'clerk', reason }, 'auth')).toBe(said))
