import type { Claim } from '../claim.ts'
import type { Document } from '../document.ts'
import { seen } from '../inline.ts'
import type { Statement } from '../statements.ts'

/** How many services there are, where a document counts them. */
export function serviceClaims({ text, label, line, sections }: Statement, file: string): readonly Claim[] {
  const claim = (value: string, said: string): Claim => ({ kind: 'services', key: '', value, said, file, line, weight: 'statement' })
  const [said, count] = /\beach of the (\d{1,4}) services\b/i.exec(text) ?? (sections.has('cost') ? /(?:\(|read hourly by )(\d{1,4}) services(?: × |\))/.exec(`${label}: ${text}`) : null) ?? []
  return count === undefined ? [] : [claim(count, said ?? count)]
}

const assumed = /^(\w+) is taken as ([^;]{1,80});/
/** The same on a page: `field` value, `field` value. */
const short = /`(\w+)` ([^`]{1,80}?)(?:, (?=`)|\.?$)/g
const kinds: Readonly<Record<string, Claim['kind']>> = { packageManager: 'package-manager', ciProvider: 'ci-provider', services: 'services' }

/** What stands apart from the decisions and still says what they were made for: assumptions, the stage that something is not due at, services in a drawing. */
export function asideClaims({ blocks, file }: Document): readonly Claim[] {
  return blocks.flatMap(({ block, sections }): readonly Claim[] => {
    if (block.kind === 'code' && block.language === 'mermaid') {
      return block.body.flatMap(({ line, text }): readonly Claim[] => {
        const [said, more] = /"API and (\d{1,4}) more services?"/.exec(text) ?? []
        return more === undefined ? [] : [{ kind: 'services', key: '', value: String(Number(more) + 1), said: said ?? more, file, line, weight: 'statement' }]
      })
    }
    if (block.kind !== 'item' && block.kind !== 'paragraph') return []
    return block.lines.flatMap(({ line, text: raw }): readonly Claim[] => {
      const text = seen(raw)
      const [, ...whole] = sections.has('assumptions') ? assumed.exec(text) ?? [] : []
      const given = whole.length > 0 ? [whole] : sections.has('assumptions') && raw.startsWith('`') ? [...raw.matchAll(short)].map(([, ...pair]) => pair) : []
      const stage = sections.has('not-yet') ? /\bnot due at stage ([a-z]+)\b/.exec(text)?.[1] : undefined
      return [
        ...given.flatMap(([field = '', value = '']): readonly Claim[] => {
          const kind = kinds[field]
          return [{ kind: kind ?? 'assumed', key: kind === undefined ? field : '', value, said: value, file, line, weight: kind === undefined || kind === 'services' ? 'statement' : 'trace' }]
        }),
        ...(stage === undefined ? [] : [{ kind: 'stage', key: '', value: stage, said: stage, file, line, weight: 'trace' } as const]),
      ]
    })
  })
}
