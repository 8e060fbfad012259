import type { Claim } from '../claim.ts'
import type { CheckFacts } from '../facts.ts'
import type { Statement } from '../statements.ts'
import { regimesIn } from './record.ts'

/** Standards that something is done for, and who signs in: what the summary says too. */
export function regimeClaims({ text, label, line, sections, kind }: Statement, file: string, facts: CheckFacts): readonly Claim[] {
  if (kind !== 'sentence') return []
  const named = (said: string): readonly Claim[] => regimesIn(said, facts.regimes).filter((id) => id !== 'none').map((id) => ({ kind: 'regime', key: id, value: 'applied', said: id, file, line, weight: 'trace' }))
  const [, head = '', rest = ''] = /^([\w /.-]{2,40}): (.*)/s.exec(label === '' ? text : `${label}: ${text}`) ?? []
  if (sections.has('controls') && facts.regimes.some(({ names }) => names.includes(head)) && !/\b(no|not|never|none|n\/a|out of scope|later|until|once|when)\b/i.test(rest.slice(0, 60))) return named(head)
  if (/^audit trail\b/i.test(label) || /^audit trail\b/i.test(text)) return named(/\(([^()]+)\)[^()]{0,40}$/.exec(text)?.[1] ?? '')
  if (sections.has('promotion')) return named([...text.matchAll(/\boutside CI\b[^()]{0,40}\(([^()]+)\)/g)].map(([, said = '']) => said).join(', '))
  const people = sections.has('summary') ? /^Stage \S+(?: \S+)?, sign-in by (.+?), hosting /.exec(text)?.[1] : undefined
  return people === undefined ? [] : people.split(', ').map((who) => ({ kind: 'sign-in-by', key: '', value: who, said: who, file, line, weight: 'statement' }))
}
