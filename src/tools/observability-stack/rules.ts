import { isPrintable } from '../../knowledge/sheet.ts'
import type { SheetOf } from '../../knowledge/collections.ts'
import { channels } from './alerting.ts'
import { covers, touchesEurope } from './regions.ts'
import type { View } from './view.ts'

export type Product = SheetOf<'telemetry'>
export type Slot = 'logs' | 'errors' | 'metrics' | 'tracing' | 'alerting'

/** Why a product was removed. */
export type FilterId =
  | 'house-forbidden' | 'end-of-life' | 'air-gapped' | 'self-host-required' | 'no-baa' | 'baa-unknown' | 'outside-region' | 'region-unknown'
  | 'us-operator' | 'us-subprocessor-unknown' | 'outside-authorized-boundary' | 'needs-operations' | 'other-platform' | 'no-place-to-run' | 'over-budget' | 'price-unknown'

/** Why a product was taken. */
export type ReasonId =
  | 'pinned' | 'house-required' | 'house-preferred' | 'existing-tool' | 'built-in' | 'on-the-machine' | 'no-place-to-run' | 'stage-default' | 'same-vendor' | 'own-machines' | 'inside-agreement' | 'customer-collects' | 'nothing-deployed'
  | 'mobile-crashes' | 'small-footprint' | 'same-family' | 'cheaper-own' | 'shipped-with-product' | 'nothing-calls-home' | 'no-requests' | 'many-services' | 'agent-loops' | 'depth' | 'spans-included' | 'not-yet' | 'on-call-roster' | 'no-roster' | 'last-resort' | 'enough-traffic' | 'low-traffic' | 'no-metrics-store'

const opsRank = { none: 0, low: 1, medium: 2, high: 3 } as const
/** True when any wanted region lies in the European Union. */
export const wantsEurope = (view: View): boolean => touchesEurope(view.input.dataResidency ?? [])

/** How a product would be run here: one that vendors host and people can install is installed where hosted products are out of reach. */
function runAs({ facts }: Product, view: View): Product['facts']['hosting']['value'] {
  if (facts.hosting.value !== 'either') return facts.hosting.value
  return view.place === 'open' && view.input.airGapped !== true ? 'hosted' : 'self-hosted'
}

/** Hard filters on one product, in the order they are reported; the first that fails, or undefined. */
export function filterFor(product: Product, view: View): FilterId | undefined {
  const { facts } = product
  const { input } = view
  if ((input.houseRules?.forbid ?? []).some((rule) => rule.id === product.id)) return 'house-forbidden'
  if (product.lifecycle.status !== 'active') return 'end-of-life'
  const hosting = runAs(product, view)
  if (hosting === 'built-in' || hosting === 'library') return undefined
  if (hosting === 'self-hosted') {
    if (view.kind === 'shared' && !view.existing.includes(product.id)) return 'no-place-to-run'
    const capacity = opsRank[input.opsCapacity ?? 'low']
    // What runs already is run by somebody.
    const waived = view.place === 'delivered' || view.existing.includes(product.id) || (view.place === 'own' && capacity >= opsRank.low)
    return capacity < opsRank[facts.opsNeeded.value ?? 'medium'] && !waived ? 'needs-operations' : undefined
  }
  if (input.airGapped === true) return 'air-gapped'
  // A cluster or a machine without a store of its own may send to the store of a cloud that the company uses.
  const belongsHere = (facts.platforms.value ?? []).includes(view.hosting) || (view.existing.includes(product.id) && view.builtInLogs === null && !view.attested && input.selfHost !== 'required')
  if (hosting === 'cloud-service' && !belongsHere) return 'other-platform'
  if (input.selfHost === 'required' && !belongsHere) return 'self-host-required'
  if (view.health && facts.baa.value !== 'yes' && facts.baa.value !== 'higher-plan') return facts.baa.value === 'no' ? 'no-baa' : 'baa-unknown'
  if (view.attested && !(hosting === 'cloud-service' && belongsHere)) return 'outside-authorized-boundary'
  if (input.noUsSubprocessors === true) {
    if (facts.operatorCountry.value === 'us' || facts.usSubprocessors.value === true) return 'us-operator'
    if (facts.usSubprocessors.value === null) return 'us-subprocessor-unknown'
  }
  // Alerts name no person: where a chat room keeps them is no matter of the data of users.
  const regions = channels.includes(product.id) ? ['any'] : facts.residency.value
  for (const wanted of input.dataResidency ?? []) {
    if (regions === null) return 'region-unknown'
    if (!covers(regions, wanted)) return 'outside-region'
  }
  return undefined
}

/** Facts a filter relied on that were not read on the vendor's own page: to be confirmed in writing. */
export function unconfirmedFacts(product: Product, view: View): ('baa' | 'residency' | 'operatorCountry')[] {
  const asked: ('baa' | 'residency' | 'operatorCountry')[] = []
  if (view.health) asked.push('baa')
  if ((view.input.dataResidency ?? []).length > 0) asked.push('residency')
  if (view.input.noUsSubprocessors === true) asked.push('operatorCountry')
  const hosting = runAs(product, view)
  if ((hosting !== 'hosted' && hosting !== 'cloud-service') || channels.includes(product.id)) return []
  return asked.filter((fact) => {
    const source = product.sources[product.facts[fact].source]
    return source === undefined || !isPrintable(source)
  })
}
