import type { CitedSource } from '../../core/result.ts'
import { byText } from '../../core/order.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import type { Sheet } from '../../knowledge/sheet.ts'
import type { Decided } from './decide.ts'
import type { Size } from './size.ts'

/** Sources of the facts that were printed, the weightiest first: the price, what the filters and the reasons rest on, the regimes, the standards. */
function used({ primary, situation, decision }: Decided, priced: readonly CitedSource[], knowledge: Knowledge): { readonly sheet: Sheet<unknown>, readonly key: string }[] {
  const { needs, input } = situation
  const facts = primary?.facts
  const wanted = facts === undefined ? [] : [
    ...((input.dataResidency ?? []).length > 0 ? [facts.residency] : []), ...(needs.baa ? [facts.baa] : []), ...(needs.sso ? [facts.samlSso] : []), ...(needs.scim ? [facts.scim] : []),
    ...(needs.organizations ? [facts.organizations] : []), facts.exit, facts.hosting, facts.serves,
  ]
  const standards = ['asvs', 'top10', 'llm'].flatMap((key) => {
    const sheet = decision.controls.map(({ id }) => knowledge.controls[id]).find((one) => one?.sources[key] !== undefined)
    return sheet === undefined ? [] : [{ sheet, key }]
  })
  return [
    ...(primary === undefined ? [] : [...priced.map(({ id }) => id.split('/')[1] ?? ''), ...wanted.map(({ source }) => source)].map((key) => ({ sheet: primary, key }))),
    ...standards.slice(0, 1), ...situation.regimes.map((regime) => ({ sheet: regime, key: regime.facts.kind.source })), ...standards.slice(1),
  ]
}

/** Pages somebody read, each once, as many as the size allows, sorted by id: general knowledge is no source to show. */
export function readPages(decided: Decided, priced: readonly CitedSource[], knowledge: Knowledge, size: Size): CitedSource[] {
  const pages = new Map<string, CitedSource>()
  for (const { sheet, key } of used(decided, priced, knowledge)) {
    const source = sheet.sources[key]
    if (source === undefined || source.confidence === 'unconfirmed' || pages.has(source.url)) continue
    pages.set(source.url, { id: `${sheet.id}/${key}`, title: source.title, url: source.url, checked: source.checked })
  }
  return [...pages.values()].slice(0, size.sources).sort((a, b) => byText(a.id, b.id))
}
