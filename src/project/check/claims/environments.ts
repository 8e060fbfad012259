import { environmentNames } from '../../../core/environments.ts'
import type { Claim } from '../claim.ts'
import type { Statement } from '../statements.ts'

const aliases: Readonly<Record<string, string>> = { prod: 'production', live: 'production', stage: 'staging', stg: 'staging', development: 'dev', 'pre-production': 'preprod', preproduction: 'preprod', qa: 'test', testing: 'test', review: 'preview', previews: 'preview', 'local development': 'local', 'load test': 'load', 'user acceptance': 'uat', acceptance: 'uat' }
const known: readonly string[] = environmentNames

/** The environment a cell or word means, or undefined. */
export function environmentId(text: string): string | undefined {
  const word = text.trim().toLowerCase().replace(/\s*\(.*\)$/, '').replace(/ (environment|env)$/, '')
  return known.includes(word) ? word : aliases[word]
}

const copied = /\b(copy|copies|dump|snapshot|clone|replica|restore)\b[^.;]{0,40}\b(production|prod|live|real)\b|\b(production|prod|live|real)\b[^.;]{0,20}\b(copy|copies|dump|snapshot|clone|data|rows|records)\b/i
const made = /\bsynthetic|\bseed|\bfake|\binvented|\bgenerated|\bmade[- ]up|\bfixtures?|\btest data|\bdemo rows/i

/** What kind of data a text speaks of; what it rules out does not count. */
export function dataKind(text: string): 'none' | 'synthetic' | 'masked' | 'real' | undefined {
  const said = text.replace(/\b(never|no|not|without|instead of|rather than)\b[^,.;)]*/gi, '')
  if (/^\s*(none|nothing|-|n\/a)\s*$/i.test(text)) return 'none'
  if (/\bmask|\banonymi|\bpseudonymi|\bscrubbed|\bsanitized/i.test(said)) return 'masked'
  if (made.test(said)) return 'synthetic'
  return copied.test(said) || /\breal\b|\blive\b|\bcustomer'?s?'? (own )?data/i.test(said) ? 'real' : undefined
}

/** True for the heads of a table that says what environments there are, wherever it stands. */
const listsEnvironments = (heads: readonly string[]): boolean => /^(environments?|env)$/i.test(heads[0] ?? '') && [/^(purpose|for|used for|what for)$/i, /^data$/i, /trigger/i, /^(access|who)$/i].filter((wanted) => heads.some((head) => wanted.test(head))).length > 2

/** Environments: their names where they are listed and used, and the data they hold. */
export function environmentClaims({ text, label, column, line, sections, kind, generated, heads }: Statement, file: string): readonly Claim[] {
  const claim = (of: Claim['kind'], key: string, value: string, said: string, weight: Claim['weight']): Claim => ({ kind: of, key, value, said, file, line, weight })
  const inTable = sections.has('environments') || listsEnvironments(heads)
  if (kind === 'first-cell') {
    const id = environmentId(text)
    if (!/^(environments?|env)$/i.test(column)) return []
    // A name that no list of ours knows is an environment all the same, in the table that lists them.
    return [claim('environment', id ?? text.toLowerCase(), inTable ? 'listed' : 'used', text, inTable ? 'statement' : 'trace')]
  }
  const row = environmentId(label)
  if (kind === 'cell') {
    if (inTable && /^data$/i.test(column) && row !== undefined) {
      const value = dataKind(text)
      return value === undefined || value === 'none' ? [] : [claim('environment-data', row, value, text.slice(0, 60), 'statement')]
    }
    if (/^(needed|required) in$/i.test(column)) return text.split(/,\s*/).flatMap((word) => (environmentId(word) === undefined ? [] : [claim('environment', environmentId(word) ?? '', 'used', word, 'trace')]))
    return []
  }
  if (generated) return []
  const claims: Claim[] = []
  for (const [name] of text.matchAll(/\b(staging|stage|uat|preprod|pre-production|demo|preview|qa|dev|test|local)\b/gi)) {
    const id = environmentId(name)
    const after = text.slice(text.indexOf(name) + name.length)
    // "staging holds a copy of production", not "production data is never copied to staging".
    const value = /^(?: environment| database)?s?\s+(?:holds?|has|have|uses?|runs? (?:on|with)|gets?|contains?|is (?:filled|seeded|loaded) with|works? (?:on|with))\b/i.test(after) ? dataKind(after) : undefined
    if (id !== undefined && value !== undefined && value !== 'none') claims.push(claim('environment-data', id, value, after.trim().slice(0, 60), 'statement'))
  }
  // Names that mean nothing else: a place where a change goes, said to exist.
  for (const match of text.matchAll(/\b(uat|preprod|pre-production|staging)\b(?! (?:area|tables?|schemas?|models?|layers?|zones?|buckets?|data|is (?:not|planned)|when|later)\b)/gi)) {
    if (/\b(?:no|not|never|without|instead of|until|once|when|if|later|first|own|considered|would|could|need)\b[^.;]*$/i.test(text.slice(0, match.index))) continue
    claims.push(claim('environment', environmentId(match[1] ?? '') ?? '', 'used', match[1] ?? '', 'trace'))
  }
  for (const [, name = ''] of text.matchAll(/\b(?:against|deployed to|deploys to|promoted to|runs? on) (?:the )?(qa|sit|uat|test|demo|dev|preview)\b(?! (?:team|data|cards?|accounts?|suite|users?|runner|machine))/gi)) claims.push(claim('environment', environmentId(name) ?? name.toLowerCase(), 'used', name, 'trace'))
  if (row !== undefined && inTable && dataKind(text) !== undefined && /\bdata\b|\brows\b/i.test(text)) claims.push(claim('environment-data', row, dataKind(text) ?? '', text.slice(0, 60), 'statement'))
  return claims
}
