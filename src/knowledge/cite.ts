import { isStale } from '../core/dates.ts'
import { counted, grouped, meters } from '../core/meters.ts'
import { quote, type Price, type Usage } from '../core/price.ts'
import type { CitedSource, CostLine } from '../core/result.ts'
import { byText } from '../core/order.ts'
import { isPrintable, type Sheet, type Source } from './sheet.ts'

/** Collects the sources of facts actually used, once each, sorted by id. Ids read `sheet/source`. */
export class Citations {
  readonly #used = new Map<string, CitedSource>()

  /** Notes that `key` of `sheet` was used. A page that nobody read is not cited as read. */
  cite(sheet: Sheet<unknown>, key: string): void {
    const source = sheet.sources[key]
    if (source !== undefined && source.confidence !== 'unconfirmed') this.#used.set(`${sheet.id}/${key}`, { id: `${sheet.id}/${key}`, title: source.title, url: source.url, checked: source.checked })
  }

  list(): CitedSource[] {
    return [...this.#used.values()].sort((a, b) => byText(a.id, b.id))
  }
}

/** Address of a page that somebody read; empty otherwise. */
const pageOf = (source: Source | undefined): string => (source === undefined || source.confidence === 'unconfirmed' ? '' : source.url)

const listed = (words: readonly string[]): string => (words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`)

/** Features of plans whose id is not what people call them. */
const featureNames: Readonly<Record<string, string>> = { baa: 'a business associate agreement', sso: 'company sign-in (SSO)', scim: 'user provisioning (SCIM)', mfa: 'a second factor', 'self-host': 'self-hosting', audit: 'an audit trail', 'audit-export': 'export of the audit trail', 'audit-report': 'an audit report' }
const named = (features: readonly string[]): string => listed(features.map((id) => featureNames[id] ?? id))

/** Why no plan fits: a need that none includes, needs that none joins, or counts above the limits of the largest that would. */
export function whyNoPlan(price: Price, usage: Usage, needs: readonly string[]): string {
  const missing = needs.filter((need) => !price.plans.some((plan) => plan.features.includes(need)))
  if (missing.length > 0) return `no listed plan includes ${named(missing)}`
  const fitting = price.plans.filter((plan) => needs.every((need) => plan.features.includes(need)))
  const largest = fitting[fitting.length - 1]
  if (largest === undefined) return `no single listed plan includes ${named(needs)}`
  const over = meters.flatMap((meter) => {
    const [cap, count] = [largest.limits[meter], usage[meter] ?? 0]
    return cap !== undefined && count > cap ? [`${counted(meter, count)} where ${largest.name} ends at ${grouped(cap)}`] : []
  })
  return listed(over)
}

/**
 * One line of a cost for a sheet: the cheapest plan that covers `needs`. Figures that are stale on `asOf`, or whose source is
 * not the vendor's own page or a copy of it, are withheld: the line then says how the price is counted and when that was read.
 */
export function costLine(sheet: Sheet<unknown>, item: string, usage: Usage, needs: readonly string[], asOf: string, citations: Citations): CostLine {
  const unit = 'USD per month, list price'
  if (sheet.price === null) {
    const source = sheet.sources[sheet.lifecycle.source]
    return { item, formula: 'price not known: ask the vendor', usdPerMonth: null, unit, asOf: source?.checked ?? asOf, source: pageOf(source), stale: false }
  }
  const found = quote(sheet.price, usage, needs)
  const plan = found?.plan ?? sheet.price.plans[sheet.price.plans.length - 1]
  const source = sheet.sources[plan?.source ?? '']
  if (plan === undefined || source === undefined) return { item, formula: sheet.price.model, usdPerMonth: null, unit, asOf, source: '', stale: false }
  citations.cite(sheet, plan.source)
  const stale = isStale(source.checked, asOf)
  const base = { item, unit, asOf: source.checked, source: pageOf(source), stale }
  if (stale) return { ...base, formula: `${sheet.price.model} (last checked ${source.checked}: look up the figure)`, usdPerMonth: null }
  if (!isPrintable(source)) return { ...base, formula: `${sheet.price.model} (figure not confirmed on the vendor's page)`, usdPerMonth: null }
  if (found === undefined) return { ...base, formula: `${sheet.price.model} (${whyNoPlan(sheet.price, usage, needs)}: ask the vendor)`, usdPerMonth: null }
  return { ...base, formula: found.formula, usdPerMonth: found.usdPerMonth }
}
