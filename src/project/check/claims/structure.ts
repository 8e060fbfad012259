import type { Claim } from '../claim.ts'
import type { Statement } from '../statements.ts'

const role = '(CTO|CEO|CISO|release managers?|engineering managers?|product (?:owner|manager)s?|tech(?:nical)? leads?|team leads?|maintainers?|change (?:advisory )?board|CAB|QA|SREs?|operations|founders?|security team|platform team|shift lead|duty engineer|nobody|no one)'
const approves = [new RegExp(`\\bapprov(?:al|ed|es|als)? (?:by|of|from) (?:the |a |an )?(?:on-call )?${role}\\b`, 'i'), new RegExp(`\\b${role} (?:must |has to |have to |may )?(?:approves?|signs? off|agrees)\\b`, 'i')]

/** Who says yes before production, where a text names the role. Reviews of a change are another matter. */
export function approverClaims({ text, label, line, sections, kind }: Statement, file: string): readonly Claim[] {
  const whole = label === '' ? text : `${label}: ${text}`
  if (kind === 'first-cell' || !/approv|sign|agrees/i.test(whole) || /\b(?:pull|merge) requests?\b|\bPRs?\b|\breviews?\b|\bcode owners?\b/i.test(whole)) return []
  if (!/\bprod(?:uction)?\b|\breleases?\b/i.test(whole) && !sections.has('promotion')) return []
  const said = approves.map((pattern) => pattern.exec(whole)?.[1]).find((found) => found !== undefined)
  return said === undefined ? [] : [{ kind: 'approver', key: '', value: said.toLowerCase().replace(/s$/, '').replace('no one', 'nobody'), said, file, line, weight: 'statement' }]
}

const ways: readonly (readonly [string, RegExp])[] = [
  ['a database for each tenant', /\b(?:own |separate |one )?database (?:per|for each|for every) [a-z]+\b|\bdatabase-per-tenant\b/i], ['a schema for each tenant', /\bschema (?:per|for each|for every) [a-z]+\b|\bschema-per-tenant\b/i],
  ['row-level security', /\brow[- ]level security\b|\bRLS\b/i],
]

/** How tenants are kept apart. */
export function isolationClaims({ text, label, line, kind }: Statement, file: string): readonly Claim[] {
  if (kind === 'first-cell' || !/\btenan|\bisolat|\bcustomers\b/i.test(`${label} ${text}`) || /\b(?:considered|rejected|not|never|instead of|rather than|until|once|when)\b/i.test(text)) return []
  return ways.filter(([, pattern]) => pattern.test(text)).map(([value]) => ({ kind: 'isolation', key: '', value, said: value, file, line, weight: 'statement' }))
}

const table = /\b[Tt]ables? [`"']?([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\b|\b([a-z][a-z0-9]*(?:_[a-z0-9]+)+) tables?\b/g

/** Names of tables; the key is the name without its ending, so that two spellings of one name meet. */
export function tableClaims({ text, label, line, kind }: Statement, file: string): readonly Claim[] {
  const whole = kind === 'cell' || label === '' ? text : `${label}: ${text}`
  return [...whole.matchAll(table)].map(([, before, after]) => before ?? after ?? '').map((name) => ({ kind: 'table', key: name.replace(/(?<=s|x|ch|sh)es$|(?<!s)s$/, '').replaceAll('_', ''), value: name, said: name, file, line, weight: 'statement' }))
}
