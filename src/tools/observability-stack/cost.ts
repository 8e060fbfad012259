import { quote, type Meter, type Usage } from '../../core/price.ts'
import type { Cost } from '../../core/result.ts'
import { costLine, type Citations } from '../../knowledge/cite.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { ownMachines } from '../own-machines.ts'
import { totalCost } from '../tool.ts'
import { channels } from './alerting.ts'
import type { Product, Slot } from './rules.ts'
import type { View } from './view.ts'

/** Slots each product was taken for. */
export type Taken = ReadonlyMap<string, readonly Slot[]>

/** What each slot is counted in. Spans count only for the store of the traces: an error tracker is given a sample that its plan includes. */
const countedIn: Readonly<Record<Slot, readonly Meter[]>> = {
  logs: ['gbLogs', 'gbIngested', 'events'], errors: ['errors'], metrics: ['hosts', 'activeSeries'], tracing: ['spans', 'apmHosts', 'gbIngested'], alerting: [],
}

/** Volumes for a product in these slots, what it does not take counted as nothing; a pager counts people on call. */
function usageFor(slots: readonly Slot[], view: View): Usage {
  const { usage, onCall } = view.volumes
  const counted = new Set(slots.flatMap((slot) => countedIn[slot]))
  const volumes = Object.fromEntries(Object.entries(usage).map(([meter, count]) => [meter, counted.has(meter as Meter) ? count : 0]))
  return { ...volumes, seats: slots.every((slot) => slot === 'alerting') ? Math.max(1, onCall) : usage.seats }
}

const isPriced = (product: Product): boolean => product.facts.hosting.value !== 'built-in' && product.facts.hosting.value !== 'library' && !channels.includes(product.id)

/** The slots as they are bought, each with its needs and volumes: together when one plan covers them all, else one by one. */
function bundles(product: Product, slots: readonly Slot[], view: View): { readonly needs: readonly string[], readonly usage: Usage }[] {
  const extra = extraNeeds(product, view)
  const bundle = (taken: readonly Slot[]) => ({ needs: [...taken, ...extra], usage: usageFor(taken, view) })
  const together = bundle(slots)
  return product.price === null || slots.length === 1 || quote(product.price, together.usage, together.needs) !== undefined ? [together] : slots.map((slot) => bundle([slot]))
}

const extraNeeds = (product: Product, view: View): string[] =>
  view.health && product.facts.baa.value === 'higher-plan' ? ['baa'] : []

/** True when no listed plan of the product covers the slot at these volumes, so nobody can say what it would cost. */
export function isPriceUnknown(product: Product, slot: Slot, view: View): boolean {
  if (!isPriced(product)) return false
  return product.price === null || quote(product.price, usageFor([slot], view), [slot, ...extraNeeds(product, view)]) === undefined
}

/** List price of what was taken, in dollars a month; unknown parts count as nothing. For comparing with a budget, never for printing. */
export function roughUsd(taken: Taken, view: View, knowledge: Knowledge): number {
  let usd = 0
  for (const [id, slots] of taken) {
    const product = knowledge.telemetry[id]
    if (product === undefined || product.price === null || !isPriced(product)) continue
    for (const { needs, usage } of bundles(product, slots, view)) {
      const found = quote(product.price, usage, needs)
      usd += found?.usdPerMonth ?? found?.plan.usdPerMonth ?? 0
    }
  }
  return Math.round(usd * 100) / 100
}

/** Products whose plan at these volumes has fewer seats than the team has developers, with the plan's name and seats. */
export function seatGaps(taken: Taken, view: View, knowledge: Knowledge): { readonly id: string, readonly plan: string, readonly seats: number }[] {
  return [...taken].flatMap(([id, slots]) => {
    const product = knowledge.telemetry[id]
    if (product === undefined || product.price === null || !isPriced(product)) return []
    const { usage, needs } = bundles(product, slots, view)[0] ?? { usage: {}, needs: [] }
    const plan = quote(product.price, usage, needs)?.plan
    const seats = plan?.limits.seats
    return plan === undefined || seats === undefined || seats >= (view.input.developers ?? 0) || slots.every((slot) => slot === 'alerting') ? [] : [{ id, plan: plan.name, seats }]
  })
}

/** The product that costs most at list price; undefined when nothing has a price. */
export function dearest(taken: Taken, view: View, knowledge: Knowledge): string | undefined {
  const [first] = [...taken].map(([id, slots]) => ({ id, usd: roughUsd(new Map([[id, slots]]), view, knowledge) })).filter(({ usd }) => usd > 0).sort((a, b) => b.usd - a.usd)
  return first?.id
}

/** What vendors host and people can install is installed where hosted products are out of reach. */
const isOwn = (product: Product | undefined, view: View): boolean =>
  product?.facts.hosting.value === 'self-hosted' || (product?.facts.hosting.value === 'either' && view.place === 'own')

/** One line for each product with a price of its own, in the order they were taken, then one for what you run yourself. Built-in parts are in the platform's bill. */
export function costOf(taken: Taken, view: View, knowledge: Knowledge, asOf: string, citations: Citations): Cost {
  const ownIds = view.place === 'delivered' ? [] : [...taken.keys()].filter((id) => isOwn(knowledge.telemetry[id], view))
  const added = ownIds.filter((id) => !view.existing.includes(id))
  const lines = [...taken].filter(([id]) => !ownIds.includes(id)).flatMap(([id, slots]) => {
    const product = knowledge.telemetry[id]
    if (product === undefined || !isPriced(product) || view.place === 'delivered') return []
    return bundles(product, slots, view)
      .map(({ needs, usage }) => costLine(product, `${product.name} (${needs.join(', ')})`, usage, needs, asOf, citations))
  })
  return totalCost([...lines, ...ownMachines(added.flatMap((id) => knowledge.telemetry[id] ?? []), asOf)])
}
