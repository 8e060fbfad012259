import { quote, type Usage } from '../../core/price.ts'
import type { Cost } from '../../core/result.ts'
import { costLine, type Citations } from '../../knowledge/cite.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { totalCost } from '../tool.ts'
import type { Product, Slot } from './rules.ts'
import type { View } from './view.ts'

/** Slots each product was taken for. */
export type Taken = ReadonlyMap<string, readonly Slot[]>

/** What is counted for a product: a pager counts people on call, tracing off counts no spans. */
export function usageFor(slots: readonly Slot[], view: View, tracing: boolean): Usage {
  const { usage, onCall } = view.volumes
  return { ...usage, ...(tracing ? {} : { spans: 0 }), ...(slots.every((slot) => slot === 'alerting') ? { seats: Math.max(1, onCall) } : {}) }
}

const isPriced = (product: Product): boolean => product.facts.hosting.value !== 'built-in' && product.facts.hosting.value !== 'library' && product.id !== 'slack'

/** The slots as they are bought: together when one plan covers them all, else one by one. */
function bundles(product: Product, slots: readonly Slot[], extra: readonly string[], usage: Usage): (readonly string[])[] {
  const together = [...slots, ...extra]
  if (product.price === null || slots.length === 1 || quote(product.price, usage, together) !== undefined) return [together]
  return slots.map((slot) => [slot, ...extra])
}

const extraNeeds = (product: Product, view: View): string[] =>
  view.health && product.facts.baa.value === 'higher-plan' ? ['baa'] : []

/** List price of what was taken, in dollars a month; unknown parts count as nothing. For comparing with a budget, never for printing. */
export function roughUsd(taken: Taken, view: View, tracing: boolean, knowledge: Knowledge): number {
  let usd = 0
  for (const [id, slots] of taken) {
    const product = knowledge.telemetry[id]
    if (product === undefined || product.price === null || !isPriced(product)) continue
    const usage = usageFor(slots, view, tracing)
    for (const needs of bundles(product, slots, extraNeeds(product, view), usage)) {
      const found = quote(product.price, usage, needs)
      usd += found?.usdPerMonth ?? found?.plan.usdPerMonth ?? 0
    }
  }
  return Math.round(usd * 100) / 100
}

/** One line for each product with a price of its own, products in the order they were taken. Built-in parts are in the platform's bill. */
export function costOf(taken: Taken, view: View, tracing: boolean, knowledge: Knowledge, asOf: string, citations: Citations): Cost {
  const lines = [...taken].flatMap(([id, slots]) => {
    const product = knowledge.telemetry[id]
    if (product === undefined || !isPriced(product)) return []
    const usage = usageFor(slots, view, tracing)
    return bundles(product, slots, extraNeeds(product, view), usage)
      .map((needs) => costLine(product, `${product.name} (${needs.join(', ')})`, usage, needs, asOf, citations))
  })
  return totalCost(lines)
}
