import type { Claim } from '../claim.ts'
import { isAside, type Document } from '../document.ts'
import type { ClaimKind } from '../facts.ts'
import { seen } from '../inline.ts'
import type { NameIndex } from '../names.ts'

/** What a company is given, in the words of such a list, and the kind of decision that gives it. */
const handed: readonly (readonly [kind: ClaimKind, words: RegExp])[] = [
  ['identity-provider', /\bsign-?ins?\b|\bauthenticat|\bidentit/i], ['errors', /\berrors?\b|\bcrash(es)?\b/i], ['logs', /\blogs?\b/i], ['metrics', /\bmetrics?\b|\bnumbers without personal data\b/i],
  ['tracing', /\btrac(es?|ing)\b|\bdurations and names of calls\b/i], ['alerting', /\balerts?\b|\bpaging\b|\bon[- ]call\b/i], ['secrets-store', /\bsecrets\b/i], ['flag-service', /\bflags?\b/i], ['ci-provider', /\bsource code\b/i],
  ['hosting', /\ball data the application stores\b|^hosting\b/i],
]

/** Heads of the list that we write: it names everybody, so that one who is missing contradicts it. */
const ours = 'processor,gets,kept in,agreement'

/** Further people and machines that sign in, and what the cost section of the security document charges for. */
function beside({ blocks, file }: Document, names: NameIndex): readonly Claim[] {
  return blocks.flatMap(({ block, sections }) => {
    if ((block.kind !== 'item' && block.kind !== 'paragraph') || isAside(sections)) return []
    return block.lines.flatMap(({ line, text: raw }) => {
      const text = seen(raw)
      const claims = (kind: 'plane' | 'bill', said: string | undefined): readonly Claim[] => names.find(said ?? '', ['identity-provider']).map(({ product, text: name }) => ({ kind, key: kind === 'bill' ? 'identity-provider' : '', value: product.id, said: name, file, line, weight: 'trace' }))
      if (sections.has('sign-in')) return claims('plane', /^(?:staff|employees|machines|devices|agents|partners(?: and machines)?): ([^.]{2,80})/i.exec(text)?.[1])
      return sections.has('cost') && file.endsWith('security-architecture.md') ? claims('bill', /^(?:run by yourselves: )?([^:$]{2,60}?)(?::| \$| unknown\b)/i.exec(text)?.[1]) : []
    })
  })
}

/**
 * Companies that the list of processors names, for the kinds of decisions its words speak of: `key` is that kind. Rows of our own list
 * say with the key `whole` who is on it at all, and with `region` where data stays.
 */
export function processorClaims(document: Document, names: NameIndex): readonly Claim[] {
  const { blocks, file } = document
  return [...beside(document, names), ...blocks.flatMap(({ block, sections, headings }): readonly Claim[] => {
    if (block.kind !== 'table' || isAside(sections)) return []
    const heads = block.header.map((head) => seen(head).toLowerCase())
    const listed = /^(sub-?)?processors?$/.test(heads[0] ?? '') || (headings.some((title) => /\b(sub-?)?processors?\b/i.test(title)) && /^(company|vendor|provider|service|name|who)$/.test(heads[0] ?? ''))
    const purpose = heads.findIndex((head, index) => index > 0 && /^(gets|purpose|used for|what for|what it gets|role)$/.test(head))
    if (!listed || purpose < 0) return []
    const whole = heads.join(',') === ours
    return block.rows.flatMap(({ line, cells }): readonly Claim[] => {
      const [company = '', text = '', kept = ''] = [seen(cells[0] ?? ''), seen(cells[purpose] ?? ''), seen(cells[2] ?? '')]
      const claim = (kind: ClaimKind, key: string, value: string, said: string): Claim => ({ kind, key, value, said, file, line, weight: 'trace' })
      const regions = whole ? /^the region you choose: ([a-z, -]+)/.exec(kept)?.[1]?.split(', ') ?? [] : []
      return [
        ...handed.flatMap(([kind, words]) => (words.test(text) ? names.find(company, [kind]).map(({ product, text: said }) => claim('processor', kind, product.id, said)) : [])),
        ...(whole ? [claim('processor', 'whole', '', company), ...names.find(company).map(({ product, text: said }) => claim('processor', 'whole', product.id, said))] : []),
        ...regions.map((region) => claim('region', '', region.trim(), region.trim())),
      ]
    })
  })]
}
