import { findFlips, type Probe } from '../../core/flips.ts'
import type { Flip } from '../../core/result.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { settle } from './choose.ts'
import type { Input } from './input.ts'
import { readSituation } from './situation.ts'
import type { Size } from './size.ts'

/** One field set to another value, said as `field: value`; lists are said whole. */
const change = <Field extends keyof Input>(field: Field, value: Input[Field]): Probe<Input> =>
  ({ change: `${field}: ${Array.isArray(value) ? value.join(', ') : String(value)}`, set: { [field]: value } as Partial<Input> })

const withOne = <Value>(list: readonly Value[] | undefined, one: Value): Value[] => [...new Set([...(list ?? []), one])]

/** Sizes at which price lists bend. */
const usersSteps = [1000, 3000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_000_000, 5_000_000]
/** Growth beyond this factor is another product. */
const sight = 30
const connectionSteps = [1, 2, 3, 6, 11, 16, 31, 51, 101]
const budgetSteps = [0, 50, 100, 300, 1000, 3000, 10_000, 30_000]

/** Single changes by what they are about, the likeliest first. Within a group the first that changes the choice is the smallest, and the only one told. */
function groups(input: Input): Probe<Input>[][] {
  const companies = (input.signInBy ?? []).includes('business-users') || input.projectType === 'b2b-saas'
  const staff = (input.signInBy ?? []).includes('staff') || input.projectType === 'internal-tool'
  const tool = input.projectType === 'internal-tool' || input.projectType === 'data-platform' || (input.signInBy ?? []).every((who) => who === 'staff') && input.signInBy !== undefined
  const users = input.monthlyActiveUsers ?? 1000
  const page = input.projectType === 'content-site'
  const budget = input.budgetUsdPerMonth
  const above = (steps: readonly number[], now: number) => steps.filter((step) => step > now)
  return [
    ...(companies && input.needsSso !== true ? [[change('needsSso', true)]] : []),
    ...(companies && input.needsSso === true ? [above(connectionSteps, input.ssoConnections ?? 1).filter((step) => step <= Math.max(6, (input.ssoConnections ?? 1) * 5)).map((step) => change('ssoConnections', step)), [change('needsScim', true)]] : []),
    tool ? [] : above(usersSteps, users).filter((step) => step <= users * sight).map((step) => change('monthlyActiveUsers', step)),
    typeof budget === 'number' ? above(budgetSteps, budget).map((step) => change('budgetUsdPerMonth', step)) : [],
    [...budgetSteps].reverse().filter((step) => step < (budget ?? Infinity)).map((step) => change('budgetUsdPerMonth', step)),
    [change('opsCapacity', 'medium')],
    [change('noUsSubprocessors', input.noUsSubprocessors !== true)],
    ...((input.dataClasses === undefined && (input.compliance ?? []).length === 0) || (input.dataClasses ?? []).includes('phi') ? [[change('compliance', withOne(input.compliance, 'hipaa'))]] : []),
    [change('dataResidency', withOne(input.dataResidency, 'eu'))],
    [change('selfHost', 'required')],
    ...(input.hosting === undefined && input.opsCapacity !== 'none' ? [[change('hosting', 'aws-ecs')], [change('hosting', 'firebase')], [change('hosting', 'azure')]] : []),
    ...(tool && staff ? [[change('existing', withOne(input.existing, 'google-workspace'))], [change('existing', withOne(input.existing, 'entra-id'))]] : []),
    ...(input.stack === undefined ? [[change('stack', ['supabase'])]] : []),
    ...(input.signInBy === undefined || page ? [[change('signInBy', ['business-users'])], [change('signInBy', ['staff'])]] : []),
    ...(tool ? [] : [[change('distributedToCustomers', true)]]), [change('airGapped', true)],
  ]
}

function outcome(input: Input, knowledge: Knowledge, now?: string): string {
  const { choice } = settle(readSituation(input, knowledge), knowledge)
  if (choice.kind !== 'picked') return 'none-left'
  // Less money does not buy what has no price: only a quote could tell.
  return now !== undefined && choice.picked[0].usdPerMonth === undefined ? now : choice.picked[0].id
}

/** Every single change that would change the provider, the smallest of its kind; `flipsShown` keeps as many as the size allows. */
export function flipsOf(input: Input, knowledge: Knowledge): Flip[] {
  const now = outcome(input, knowledge)
  return groups(input).flatMap((probes) => {
    for (const probe of probes) {
      const found = findFlips(input, [probe], (changed) => (changed === input ? now : outcome(changed, knowledge, 'budgetUsdPerMonth' in probe.set ? now : undefined)), (id) => id)
      if (found.length > 0) return found
    }
    return []
  })
}

/** As many as the size allows, no two with the same outcome while others wait. */
export function flipsShown(flips: readonly Flip[], size: Size): Flip[] {
  const first = flips.filter((flip, index) => flips.findIndex(({ outcome: other }) => other === flip.outcome) === index)
  const chosen = [...first, ...flips.filter((flip) => !first.includes(flip))].slice(0, size.flips)
  return flips.filter((flip) => chosen.includes(flip))
}
