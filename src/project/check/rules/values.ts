import { zoneOf } from '../claims/places.ts'
import type { Stand } from '../claim.ts'
import { kindWords, type Hit, type Subject } from '../subject.ts'

const at = ({ file, line }: Pick<Stand, 'file' | 'line'>) => ({ file, line })

/** Objectives and channels that are used somewhere and that the section which lists them does not know. */
export function unlisted({ stands }: Pick<Subject, 'stands'>): readonly Hit[] {
  return (['objective', 'channel'] as const).flatMap((kind) => {
    const said = stands.filter((stand) => stand.kind === kind)
    const listed = said.filter(({ weight }) => weight === 'statement')
    const names = new Set(listed.flatMap(({ values }) => values))
    const [first] = listed
    if (first === undefined) return []
    return said.filter(({ weight, values }) => weight === 'trace' && values.every((value) => !names.has(value))).map((stand): Hit => ({
      file: stand.file, line: stand.line, found: `${kindWords[kind]} ${stand.said}`, expected: `one of ${[...new Set(listed.map(({ said: words }) => words))].slice(0, 6).join(', ')}, as in ${first.file}:${first.line}`, other: at(first),
    }))
  })
}

/** A health path on another port than in another document. Within one document several services may answer on ports of their own. */
export function ports({ stands }: Pick<Subject, 'stands'>): readonly Hit[] {
  const said = stands.filter(({ kind }) => kind === 'port').toSorted((a, b) => Number(b.file.endsWith('observability.md')) - Number(a.file.endsWith('observability.md')))
  return said.flatMap((stand, index): readonly Hit[] => {
    const earlier = said.slice(0, index).filter(({ key, file }) => key === stand.key && file !== stand.file)
    const [first] = earlier
    return first === undefined || earlier.some(({ values }) => values.some((value) => stand.values.includes(value))) ? [] : [{ file: stand.file, line: stand.line, found: `port ${stand.said} for ${stand.key}`, expected: `port ${first.said}, as in ${first.file}:${first.line}`, other: at(first) }]
  })
}

/** Documents that share no region, and regions outside the part of the world that the record or a document promises. */
export function places({ stands, facts: { record } }: Pick<Subject, 'stands' | 'facts'>): readonly Hit[] {
  const said = stands.filter(({ kind, key }) => kind === 'place' && key === '')
  const promised = stands.find(({ kind, key }) => kind === 'place' && key === 'zone')
  const wanted = record?.profile.dataResidency ?? promised?.values
  const outside = wanted === undefined ? [] : said.filter(({ values }) => values.some((value) => zoneOf(value) !== undefined && !wanted.some((zone) => zone === zoneOf(value) || value.includes(zone))))
  const named = record?.profile.dataResidency !== undefined ? record.path : promised && `${promised.file}:${promised.line}`
  const residency = outside.map((stand): Hit => ({ file: stand.file, line: stand.line, found: `region ${stand.said}`, expected: `a region in ${wanted?.join(' or ')}, as in ${named}`, ...(record?.profile.dataResidency === undefined && promised && { other: at(promised) }) }))
  const files = ['security-architecture.md', 'devops-blueprint.md', 'observability.md'].map((name) => said.filter(({ file }) => file.endsWith(name))).filter((list) => list.length > 0)
  const [home, ...others] = files
  const [first] = home ?? []
  if (first === undefined) return residency
  const known = new Set(home?.flatMap(({ values }) => values))
  return [...residency, ...others.flatMap((list): readonly Hit[] => {
    const [one] = list
    if (one === undefined || outside.includes(one) || list.some(({ values }) => values.some((value) => known.has(value)))) return []
    return [{ file: one.file, line: one.line, found: `region ${one.said}`, expected: `${home?.map(({ said: words }) => words).slice(0, 4).join(', ')}, as in ${first.file}:${first.line}`, other: at(first) }]
  })]
}
