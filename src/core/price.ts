import * as z from 'zod'
import { counted, dollars, grouped, meters, unitOf, type Meter } from './meters.ts'

export { meters, type Meter } from './meters.ts'

const MeterPrice = z.strictObject({
  meter: z.enum(meters),
  /** Units covered by the plan's base price. */
  included: z.number().min(0).default(0),
  /** Units one price step covers: 1000 for "per thousand". */
  per: z.number().positive().default(1),
  /** Ascending bands over the total count; the last has `upTo: null`. `usd` is for each `per` units above `included`. */
  tiers: z.array(z.strictObject({ upTo: z.number().positive().nullable(), usd: z.number().min(0) })).min(1),
})

const Plan = z.strictObject({
  name: z.string(),
  usdPerMonth: z.number().min(0),
  /** Needs this plan covers, as kebab-case words: sso, scim, mfa, passkeys, organizations, baa, self-host. */
  features: z.array(z.string()).default([]),
  /** Hard caps: the plan cannot be used above them. */
  limits: z.partialRecord(z.enum(meters), z.number()).default({}),
  meters: z.array(MeterPrice).default([]),
  /** Key of one of the sheet's sources. */
  source: z.string(),
})

/** List prices in US dollars a month. `model` says in one line what is counted, and is all that is printed once the figures are stale. */
export const Price = z.strictObject({ model: z.string(), plans: z.array(Plan).min(1) })
export type Price = z.infer<typeof Price>
export type Plan = z.infer<typeof Plan>
export type Usage = Partial<Record<Meter, number>>

export interface Quote { readonly plan: Plan, readonly usdPerMonth: number | null, readonly formula: string }

const round = (usd: number): number => Math.round(usd * 100) / 100

/** Dollars a month for `count` units under one graduated meter. */
export function meterUsd(price: z.infer<typeof MeterPrice>, count: number): number {
  let from = price.included
  let usd = 0
  for (const tier of price.tiers) {
    const upTo = Math.min(tier.upTo ?? Infinity, count)
    if (upTo > from) {
      usd += ((upTo - from) / price.per) * tier.usd
      from = upTo
    }
  }
  return usd
}

/** Dollars a month of a plan for these counts; null when a count it meters is not given. */
function planUsd(plan: Plan, usage: Usage): number | null {
  let total = plan.usdPerMonth
  for (const price of plan.meters) {
    const count = usage[price.meter]
    if (count === undefined) return null
    total += meterUsd(price, count)
  }
  return round(total)
}

const beyond = (included: number): string => (included === 0 ? '' : ` above ${grouped(included)}`)

/** The plan's price in words: base, then each meter that costs something or whose count is not given. */
function planFormula(plan: Plan, usage: Usage): string {
  const parts = plan.meters.flatMap((price) => {
    const count = usage[price.meter]
    if (count === undefined) return [`${dollars(price.tiers[0]?.usd ?? 0)} per ${price.per === 1 ? unitOf(price.meter, 1) : counted(price.meter, price.per)}${beyond(price.included)} (count not given)`]
    const usd = meterUsd(price, count)
    return usd > 0 ? [`${counted(price.meter, round(count - price.included))}${beyond(price.included)}: ${dollars(round(usd))}`] : []
  })
  return [`${plan.name} ${dollars(plan.usdPerMonth)}`, ...parts].join(' + ')
}

/**
 * The cheapest plan that covers `needs` and whose limits hold for `usage`, with its monthly price;
 * undefined when none does. Unknown counts make the price null, never zero. Ties go to the plan listed first.
 */
export function cheapestPlan(price: Price, usage: Usage, needs: readonly string[]): Omit<Quote, 'formula'> | undefined {
  const usable = price.plans.filter((plan) =>
    needs.every((need) => plan.features.includes(need))
    && Object.entries(plan.limits).every(([meter, cap]) => (usage[meter as Meter] ?? 0) <= cap))
  const priced = usable.map((plan) => ({ plan, usdPerMonth: planUsd(plan, usage) }))
  // A plan whose price is unknown is ranked by its base price, so that an unknown count never looks cheap or dear.
  const cost = ({ plan, usdPerMonth }: (typeof priced)[number]): number => usdPerMonth ?? plan.usdPerMonth
  const [first, ...others] = priced
  if (first === undefined) return undefined
  return others.reduce((cheapest, next) => (cost(next) < cost(cheapest) ? next : cheapest), first)
}

/** The cheapest plan, with its price in words. */
export function quote(price: Price, usage: Usage, needs: readonly string[]): Quote | undefined {
  const cheapest = cheapestPlan(price, usage, needs)
  return cheapest === undefined ? undefined : { ...cheapest, formula: planFormula(cheapest.plan, usage) }
}
