import { environmentNames } from '../../../core/environments.ts'
import { nearest } from '../../../core/nearest.ts'
import { areCompatible, sameValue, type Stand } from '../claim.ts'
import type { ClaimKind } from '../facts.ts'
import { aboutWords, rule, type Hit, type Subject } from '../subject.ts'
import { places, ports, unlisted } from './values.ts'
import { branchLists, healthPaths, narrower, otherWords, outsiders, processors } from './lists.ts'
import { stated } from './record.ts'

/** The document in which a kind of decision is at home: what it says there counts. */
const home: Readonly<Partial<Record<ClaimKind, string>>> = {
  'identity-provider': 'security-architecture.md', 'token-check': 'security-architecture.md', compliance: 'security-architecture.md', retention: 'security-architecture.md',
  logs: 'observability.md', errors: 'observability.md', metrics: 'observability.md', tracing: 'observability.md', alerting: 'observability.md', availability: 'observability.md', latency: 'observability.md', 'health-path': 'observability.md',
}
/** Kinds with rules of their own: sets that may differ in part. */
const sets: readonly ClaimKind[] = ['environment', 'health-path', 'variable', 'compliance', 'objective', 'place', 'port', 'channel', 'sign-in-by', 'branch', 'processor', 'region', 'regime', 'health-place', 'bill', 'plane']

const isHome = ({ kind, file }: Stand): boolean => file.endsWith(home[kind] ?? 'devops-blueprint.md')
/** Statements before traces, the home document before the others, then as they stand. */
const authority = (a: Stand, b: Stand): number => Number(b.weight === 'statement') - Number(a.weight === 'statement') || Number(b.decides === true) - Number(a.decides === true) || Number(isHome(b)) - Number(isHome(a)) || (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line)

/** Places that name something which the list of it lacks: an environment, a health path. */
function outsideList(kind: ClaimKind, what: string, { stands }: Pick<Subject, 'stands'>): readonly Hit[] {
  const said = stands.filter((stand) => stand.kind === kind)
  const listed = said.filter(({ weight }) => weight === 'statement')
  const nameOf = ({ key, values }: Stand): readonly string[] => (key === '' ? values : [key])
  const names = new Set(listed.flatMap(nameOf))
  const [first] = listed
  if (first === undefined) return []
  const outside = said.filter(({ weight }) => weight === 'trace').flatMap((stand) => nameOf(stand).filter((name) => !names.has(name) && !(kind === 'environment' && [...names].some((known) => known.split(/[^a-z]+/).includes(name)))).map((name) => ({ stand, name })))
  // A name that the list spells in its own way: the list is wrong, not each place that uses it.
  const misspelt = listed.flatMap((stand) => {
    const near = kind === 'environment' && !(environmentNames as readonly string[]).includes(stand.key) ? nearest(stand.key, outside.map(({ name }) => name)) : undefined
    return near === undefined ? [] : [{ stand, near }]
  })
  // One row that nothing uses, and one name that no row has: the row was renamed.
  const used = new Set(said.filter(({ weight }) => weight === 'trace').flatMap(nameOf))
  const idle = kind === 'environment' && misspelt.length === 0 ? listed.filter((stand) => nameOf(stand).every((name) => !used.has(name))) : []
  const [strange, ...more] = new Set(outside.map(({ name }) => name))
  const [lone, ...others] = idle
  if (lone !== undefined && others.length === 0 && strange !== undefined && more.length === 0 && outside.length > 1) misspelt.push({ stand: lone, near: strange })
  const once = new Map(outside.filter(({ name }) => !misspelt.some(({ near }) => near === name)).map((use) => [`${use.stand.file} ${use.name}`, use] as const).reverse())
  return [...misspelt.map(({ stand, near }) => ({ file: stand.file, line: stand.line, found: `${what} ${stand.said}, which is ${near} elsewhere`, expected: `one name in all places` })), ...[...once.values()].reverse().map(({ stand, name }) => ({
    file: stand.file, line: stand.line, found: `${what} ${name}`, expected: `one of ${[...names].join(', ')}, as in ${first.file}:${first.line}`, other: { file: first.file, line: first.line },
  }))]
}

/** Standards that one document names and another leaves out. */
function otherRegimes({ stands }: Pick<Subject, 'stands'>): readonly Hit[] {
  const said = stands.filter(({ kind }) => kind === 'compliance').toSorted(authority)
  const [first] = said
  if (first === undefined) return []
  return said.filter(({ values }) => values.some((value) => !first.values.includes(value)) || first.values.some((value) => !values.includes(value)))
    .map((stand) => ({ file: stand.file, line: stand.line, found: `compliance ${stand.values.join(', ')}`, expected: `${first.values.join(', ')}, as in ${first.file}:${first.line}`, other: { file: first.file, line: first.line } }))
}

const ways: readonly string[] = ['oauth-client-credentials', 'api-keys', 'device-certificates', 'oauth-resource-server', 'pluggable-oidc', 'identity-aware-proxy', 'k8s-external-secrets']

/** True where two of a kind are known to live side by side: a trace of another that is stated, a second channel beside the first, a database of its own beside others. */
function standsBeside(other: Stand, first: Stand, group: readonly Stand[], { documents, names }: Pick<Subject, 'documents' | 'names'>): boolean {
  if (other.weight === 'trace' && group.some((stand) => stand.weight === 'statement' && areCompatible(stand, other))) return true
  // Ways to sign in that no vendor sells, and what only carries secrets, stand beside the one that is chosen.
  const isWay = ({ values }: Stand): boolean => values.every((value) => ways.includes(value))
  if ((other.kind === 'identity-provider' || other.kind === 'secrets-store') && isWay(other) !== isWay(first) && documents.every(({ file, parts }) => file !== other.file || parts.length === 0) && (isWay(other) || !other.said.startsWith('node '))) return true
  // Our own table of the stack names every channel.
  if (other.kind === 'alerting') return other.weight === 'trace' && documents.find(({ file }) => file === other.file)?.parts.some(({ id }) => id === 'stack') !== true && group.some((stand) => stand !== other && stand.file === other.file && areCompatible(stand, first))
  if (other.kind !== 'database' || other.file === first.file) return false
  const named = (file: string): readonly string[] => names.find(documents.find((document) => document.file === file)?.text ?? '', ['database']).map(({ product }) => product.id)
  return first.values.some((value) => named(other.file).includes(value)) || other.values.some((value) => named(first.file).includes(value))
}

/** True for a place that all others contradict in the same way, unless the record is on its side. */
function isOdd(first: Stand, against: readonly Stand[], others: readonly Stand[], { facts: { record } }: Pick<Subject, 'facts'>): boolean {
  const [next] = against
  if (next === undefined || against.length < 2 || others.some((other) => areCompatible(first, other) || !areCompatible(next, other))) return false
  const wanted = record === undefined ? [] : stated(record.profile).find(([kind]) => kind === first.kind)?.[2] ?? []
  return !first.values.some((value) => wanted.some((one) => sameValue(first.kind, value, one)))
}

/** Two places that cannot both be right. */
export const contradiction = rule({
  id: 'contradiction', severity: 'error',
  about: 'Two places of the documents say different things about the same decision.',
  expected: 'one answer in all documents', next: 'Decide which one holds, and write it in both places.',
  check: (subject) => {
    const { stands } = subject
    const groups = new Map<string, Stand[]>()
    for (const stand of stands) {
      if (sets.includes(stand.kind)) continue
      const key = `${stand.kind}\n${stand.key}`
      groups.set(key, [...(groups.get(key) ?? []), stand])
    }
    const hits = [...outsideList('environment', 'environment', subject), ...outsideList('health-path', 'health path', subject), ...otherRegimes(subject), ...unlisted(subject), ...ports(subject), ...places(subject), ...otherWords(subject), ...narrower(subject), ...branchLists(subject), ...processors(subject), ...outsiders(subject), ...healthPaths(subject), ...[...groups.values()].flatMap((group): readonly Hit[] => {
      const [first, ...others] = group.toSorted(authority)
      if (first === undefined || first.weight === 'trace') return []
      const against = others.filter((other) => !areCompatible(first, other) && !standsBeside(other, first, group, subject))
      const [next] = against
      // One place against all the others, which agree among themselves and with what the record says: that place is the odd one.
      if (next !== undefined && isOdd(first, against, others, subject)) return [{ file: first.file, line: first.line, found: `${aboutWords(first)} ${first.said}`, expected: `${next.said}, as in ${next.file}:${next.line} and in ${against.length === 2 ? 'one more place' : `${against.length - 1} more places`}`, other: { file: next.file, line: next.line } }]
      return against.map((other) => ({
        file: other.file, line: other.line, found: `${aboutWords(other)} ${other.said}`, expected: `${first.said}, as in ${first.file}:${first.line}`, other: { file: first.file, line: first.line },
      }))
    })]
    // A main branch under another name is said once.
    return hits.filter(({ file, line, found }) => !found.startsWith('branch ') || !hits.some((hit) => hit.file === file && hit.line === line && hit.found.startsWith('main branch ')))
  },
})
