import { sameValue, type Stand } from '../claim.ts'
import type { ClaimKind } from '../facts.ts'
import { aboutWords, kindWords, type Hit, type Subject } from '../subject.ts'

type Lists = Pick<Subject, 'stands' | 'facts'>

const other = ({ file, line }: Pick<Stand, 'file' | 'line'>) => ({ file, line })

/** Companies on the list of processors that nobody chose, and chosen ones that our own list lacks. */
export function processors({ stands, facts: { products, record } }: Lists): readonly Hit[] {
  const rows = stands.filter(({ kind }) => kind === 'processor')
  const chosenFor = (kind: ClaimKind): readonly Stand[] => stands.filter((stand) => stand.kind === kind && stand.weight === 'statement')
  const strangers = (named: readonly Stand[], among: string): readonly Hit[] => [...new Set(named.map(({ key }) => key as ClaimKind))].flatMap((kind): readonly Hit[] => {
    const chosen = chosenFor(kind)
    const also = kind === 'identity-provider' ? stands.filter((stand) => stand.kind === 'plane') : []
    const mine = named.filter(({ key }) => key === kind)
    const [first] = chosen
    const agrees = ({ values }: Stand): boolean => [...chosen, ...also].some((stand) => stand.values.some((value) => values.some((one) => sameValue(kind, one, value))))
    return first === undefined || mine.some(agrees) ? [] : mine.map((row) => ({ file: row.file, line: row.line, found: `${kindWords[kind]} ${row.said} ${among}`, expected: `${first.said}, as in ${first.file}:${first.line}`, other: other(first) }))
  })
  const strange = [...strangers(rows.filter(({ key }) => key !== 'whole'), 'among the processors'), ...strangers(stands.filter(({ kind }) => kind === 'bill'), 'on the bill')]
  const whole = rows.filter(({ key }) => key === 'whole')
  const [list] = whole
  const own = record?.profile.selfHost === 'required' || record?.profile.airGapped === true
  if (list === undefined || own) return strange
  const lacking = (['identity-provider', 'logs', 'errors', 'metrics', 'tracing', 'alerting', 'secrets-store', 'flag-service', 'ci-provider'] as const).flatMap((kind) => chosenFor(kind).filter(({ decides }) => decides === true).flatMap((stand): readonly Hit[] => stand.values.flatMap((value): readonly Hit[] => {
    const product = products.find(({ id, kinds: serves }) => id === value && serves.includes(kind))
    if (product === undefined || product.outside !== true || whole.some(({ values }) => values.includes(value))) return []
    return [{ file: stand.file, line: stand.line, found: `${aboutWords(stand)} ${stand.said}, which is not among the processors`, expected: `a row for it in ${list.file}:${list.line}, or another choice`, other: other(list) }]
  })))
  return [...strange, ...lacking]
}

/** Branches that the section on branches does not know, and a strategy that the branches in use belie. */
export function branchLists({ stands }: Lists): readonly Hit[] {
  const said = stands.filter(({ kind }) => kind === 'branch')
  const [listed, used] = [said.filter(({ weight }) => weight === 'statement'), said.filter(({ weight }) => weight === 'trace')]
  const [first] = listed
  if (first === undefined) return []
  const names = [...new Set(listed.map(({ key }) => key))]
  const strange = used.filter(({ key }) => !names.includes(key))
  const mains = (list: readonly Stand[]): readonly Stand[] => list.filter(({ key }) => key !== 'develop')
  const [lone] = mains(listed).filter(({ key }) => mains(used).every((stand) => stand.key !== key))
  // One name listed, and another in all other places: the list is the odd one.
  const renamed = lone !== undefined && mains(listed).length === 1 && new Set(mains(used).map(({ key }) => key)).size === 1 && mains(used).length > 1
  const outside = renamed ? [{ file: lone.file, line: lone.line, found: `branch ${lone.key}`, expected: `${mains(used)[0]?.key}, as in ${mains(used)[0]?.file}:${mains(used)[0]?.line}`, other: other(mains(used)[0] ?? lone) }] : strange.map((stand): Hit => ({ file: stand.file, line: stand.line, found: `branch ${stand.key}`, expected: `one of ${names.join(', ')}, as in ${first.file}:${first.line}`, other: other(first) }))
  // Where `develop` is the one main line, no strategy is needed to explain it.
  const develop = said.some(({ key }) => key === 'main' || key === 'master' || key === 'trunk') ? used.find(({ key }) => key === 'develop') : undefined
  return [...outside, ...stands.filter(({ kind, weight }) => kind === 'branch-strategy' && weight === 'statement').flatMap((stand): readonly Hit[] => {
    const gitflow = stand.values.includes('gitflow')
    if (gitflow && develop === undefined && used.length > 1 && !names.includes('develop')) return [{ file: stand.file, line: stand.line, found: 'gitflow without a develop branch', expected: `a strategy with ${names.join(', ')} alone, as in ${first.file}:${first.line}`, other: other(first) }]
    return !gitflow && develop !== undefined ? [{ file: stand.file, line: stand.line, found: `${stand.said} with a develop branch`, expected: `a strategy that has one, as in ${develop.file}:${develop.line}`, other: other(develop) }] : []
  })]
}

/** Standards and regions that the record or the summary does not hold. */
export function narrower({ stands, facts: { record } }: Lists): readonly Hit[] {
  const summed = stands.filter(({ kind }) => kind === 'compliance')
  const known = new Set([...summed.flatMap(({ values }) => values), ...(record?.profile.compliance ?? [])])
  const regimes = summed.length === 0 && record?.profile.compliance === undefined ? [] : stands.filter(({ kind, key }) => kind === 'regime' && !known.has(key)).map((stand): Hit => ({
    file: stand.file, line: stand.line, found: `standard ${stand.key} where compliance is ${[...known].join(', ')}`, expected: 'a standard that the profile names', ...(summed[0] && { other: other(summed[0]) }),
  }))
  const wanted = record?.profile.dataResidency
  const regions = wanted === undefined || record === undefined ? [] : stands.filter(({ kind, values }) => kind === 'region' && !(values.every((value) => wanted.includes(value)) && wanted.length === values.length)).map((stand): Hit => ({
    file: stand.file, line: stand.line, found: `region ${stand.values.join(', ')}`, expected: `${wanted.join(', ')}, as in ${record.path}`,
  }))
  return [...regimes, ...regions]
}

/** Paths that a table lists under one name and the lines below it under another. */
export function healthPaths({ stands }: Lists): readonly Hit[] {
  const said = stands.filter(({ kind }) => kind === 'health-place')
  const of = (key: string): readonly Stand[] => said.filter((stand) => stand.key === key)
  const all = (list: readonly Stand[]): readonly string[] => [...new Set(list.flatMap(({ values }) => values))]
  const [table, described] = [of('table'), of('described')]
  const [first] = table
  if (first === undefined) return []
  const told = of('told').filter(({ values }) => values.some((path) => ![...all(table), ...all(described)].includes(path))).map((stand): Hit => ({ file: stand.file, line: stand.line, found: `health path ${stand.values.join(', ')}`, expected: `one of ${all(table).join(', ')}, as in ${first.file}:${first.line}`, other: other(first) }))
  const [mine, ...moreMine] = all(table).filter((path) => !all(described).includes(path))
  const [theirs, ...moreTheirs] = all(described).filter((path) => !all(table).includes(path))
  const row = table.find(({ values }) => values.includes(mine ?? ''))
  const line = described.find(({ values }) => values.includes(theirs ?? ''))
  if (mine === undefined || theirs === undefined || moreMine.length + moreTheirs.length > 0 || row === undefined || line === undefined) return told
  // The one that nothing else uses is the wrong one.
  const used = stands.filter(({ kind, weight }) => kind === 'health-path' && weight === 'trace').flatMap(({ values }) => values)
  const [wrong, path, right, other_] = used.includes(mine) ? [line, theirs, row, mine] : [row, mine, line, theirs]
  return [...told, { file: wrong.file, line: wrong.line, found: `health path ${path}`, expected: `${other_}, as in ${right.file}:${right.line}`, other: other(right) }]
}

/** Vendors outside, where the record asks for servers of one's own: what people pinned or run already is theirs to answer for. */
export function outsiders({ stands, facts: { products, record } }: Lists): readonly Hit[] {
  if (record === undefined || (record.profile.selfHost !== 'required' && record.profile.airGapped !== true)) return []
  const { decisions = {}, existing = [], houseRules } = record.profile
  const theirs = [...Object.values(decisions), ...existing, ...(houseRules?.require ?? []).map(({ id }) => id), ...(houseRules?.prefer ?? []).map(({ id }) => id)].map(String)
  return stands.filter(({ decides, weight }) => decides === true && weight === 'statement').flatMap((stand) => stand.values.flatMap((value): readonly Hit[] => {
    const product = products.find(({ id, kinds }) => id === value && kinds.includes(stand.kind))
    if (product?.outside !== true || stand.kind === 'ci-provider' || stand.kind === 'hosting' || theirs.includes(value)) return []
    return [{ file: stand.file, line: stand.line, found: `${aboutWords(stand)} ${stand.said}, which its vendor runs`, expected: `something that runs on your own machines, as ${record.path} asks` }]
  }))
}

/** Sets of words that all documents give in full. */
export function otherWords({ stands }: Lists): readonly Hit[] {
  const said = stands.filter(({ kind }) => kind === 'sign-in-by')
  const [first] = said
  if (first === undefined) return []
  return said.filter((stand) => stand.values.toSorted().join() !== first.values.toSorted().join()).map((stand) => ({ file: stand.file, line: stand.line, found: `sign-in by ${stand.values.join(', ')}`, expected: `${first.values.join(', ')}, as in ${first.file}:${first.line}`, other: other(first) }))
}
