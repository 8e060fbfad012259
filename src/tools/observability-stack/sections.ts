import { blocks, bullets, code, plain, table } from '../../core/markdown.ts'
import { dollars } from '../../core/meters.ts'
import { costSentence } from '../own-machines.ts'
import type { Section } from '../tool.ts'
import { productsIn } from './decide.ts'
import { collectorFile, wantsCollector } from './files/collector.ts'
import { health } from './health-section.ts'
import { lacksTelemetry, telemetryFile } from './files/telemetry.ts'
import { logging } from './logging.ts'
import { items, nameOf, names, type Page } from './page.ts'
import { burnRatesOf, limitFor } from './prometheus-rules.ts'
import { unconfirmedFacts } from './rules.ts'
import { freshnessPercent } from './slo.ts'
import { makesSpans, manyServices } from './tracing.ts'
import { signals } from './signals-section.ts'
import { reasonWords } from './words.ts'


function stack(page: Page): Section {
  const { view, outcome, cost, knowledge, citations } = page
  const seen = new Map<string, string>()
  const price = (id: string, slot: string): string => {
    const name = knowledge.telemetry[id]?.name
    const found = cost.lines.find((entry) => name !== undefined && entry.item.startsWith(`${name} (`) && entry.item.includes(slot))
    if (knowledge.telemetry[id]?.facts.hosting.value === 'self-hosted') return view.place === 'delivered' ? 'with the customer' : 'own machines, no licence fee'
    if (found === undefined) return id === 'none' ? 'nothing' : view.existing.includes(id) ? 'already in the company' : knowledge.telemetry[id]?.facts.hosting.value === 'either' ? 'own machines, licence to be checked' : 'included'
    const first = seen.get(found.item)
    if (first !== undefined) return first === slot ? 'included' : `with ${first}`
    seen.set(found.item, slot)
    if (found.usdPerMonth === null) return found.stale ? 'figure is old: look it up' : found.formula.includes('not confirmed') ? 'figure not confirmed' : 'ask the vendor'
    return `${dollars(found.usdPerMonth)} a month`
  }
  const { slots, traceStore } = outcome.decision
  const cell = (slot: 'logs' | 'errors' | 'metrics' | 'alerting'): string[] => {
    const ids = productsIn(slots[slot])
    return [slot[0]?.toUpperCase() + slot.slice(1), names(knowledge, ids), [...new Set(ids.map((id) => price(id, slot)))].join('; ') || 'nothing', reasonWords[outcome.reasons[slot]]]
  }
  const tracing = slots.tracing === 'none' ? 'none' : view.place === 'delivered' ? 'OpenTelemetry, to the collector the customer names' : traceStore === 'none' ? 'OpenTelemetry, no store yet' : names(knowledge, [traceStore])
  for (const id of outcome.taken.keys()) {
    const product = knowledge.telemetry[id]
    if (product !== undefined && page.detail === 'full') citations.cite(product, product.facts.slots.source)
  }
  const words = { baa: 'business associate agreement', residency: 'storage region', operatorCountry: 'operator' } as const
  const confirm = (Object.keys(words) as (keyof typeof words)[]).flatMap((fact) => {
    // The alarms of a cloud are under the agreement of its logs.
    const open = [...outcome.taken.keys()].filter((id) => id !== 'cloud-native').filter((id) => {
      const product = knowledge.telemetry[id]
      return product !== undefined && unconfirmedFacts(product, view).includes(fact)
    })
    return open.length === 0 ? [] : [`Get the ${words[fact]} in writing from ${open.map((id) => nameOf(knowledge, id)).join(', ')}.`]
  })
  // A contract that is in place is no line here, but its price follows what is sent.
  const held = view.place === 'own' ? view.existing.filter((id) => outcome.taken.has(id) && knowledge.telemetry[id]?.facts.hosting.value === 'either') : []
  const contracts = held.length === 0 ? [] : [`Ask who holds the contract for ${names(knowledge, held)} what these volumes add to it.`]
  // Nobody else watches a machine that one rents.
  const watched = (view.place === 'open' || view.place === 'own') && view.hosting === 'virtual-server' ? items(page, 'one-server').map(plain) : []
  return {
    id: 'stack', title: 'Stack and cost', body: blocks(
      table(['Slot', 'Choice', 'Cost', 'Why'], [cell('logs'), cell('errors'), cell('metrics'), ['Tracing', tracing, traceStore === 'none' ? 'nothing' : price(traceStore, 'tracing'), reasonWords[outcome.reasons.tracing]], cell('alerting')]),
      costSentence(cost), bullets([...confirm, ...contracts, ...watched]),
    ),
  }
}

function tracing(page: Page): Section {
  const { view, outcome, knowledge } = page
  const { slots, traceStore } = outcome.decision
  if (slots.tracing === 'none') return { id: 'tracing', title: 'Tracing', body: view.place === 'local' ? 'None: nothing is deployed.' : view.staticFiles ? 'None: files have no steps to follow.' : view.scheduled ? `Not for runs by schedule: one run id in every line of a run joins its steps. A service that people wait for is traced from ${manyServices} services on one path.` : view.place === 'delivered' ? `Left to customers: pass W3C trace context on and write ${code('trace_id')} into logs.` : makesSpans(view) ? `The code makes spans with OpenTelemetry already, and nothing keeps them yet. Name a place for them at ${manyServices} services on one path, or with the first agent or model loop; until then write ${code('trace_id')} into logs.` : `Not yet. Switch it on at ${manyServices} services on one path, or with the first agent or model loop. Writing ${code('trace_id')} into logs from the start makes that a change of configuration.` }
  const llm = outcome.tracing.includes('llm-tracing')
  const intro = outcome.tracing.includes('error-tool') ? 'The error tracker takes a sample that its plan includes; no further product.' : `OpenTelemetry in the services${view.place === 'delivered' ? ', silent until the customer names a collector' : traceStore === 'none' ? '; traces wait for a store' : `, traces to ${names(knowledge, [traceStore])}`}.`
  const lacks = [
    ...(lacksTelemetry(view, outcome, knowledge) ? [`No start-up file is written for this stack yet: the SDK of its language takes the same ${code('OTEL_*')} variables.`] : []),
    ...(wantsCollector(view, outcome, knowledge) && collectorFile(view, outcome, knowledge) === undefined ? ['No Collector file is written for these stores yet.'] : []),
  ]
  // What the start-up file does is said in it.
  const rules = page.short || (page.detail !== 'full' && telemetryFile(view, outcome, knowledge, false) !== undefined) ? [] : items(page, 'tracing-rules')
  return { id: 'tracing', title: 'Tracing', body: blocks(intro, bullets([...rules, ...(llm ? items(page, 'llm-tracing') : [])].map(plain)), lacks.join(' ')) }
}

function slos(page: Page): Section {
  const { view, outcome, knowledge, citations } = page
  const { slots, sloTargets } = outcome.decision
  const title = 'Objectives'
  if (view.scheduled && slots.slo !== 'none') {
    return { id: 'slos', title, body: blocks(table(['Objective', 'Target', 'Counted'], [['Freshness', `${freshnessPercent(view, knowledge) ?? 95} % of runs complete, checks passed, before the hour their readers were promised`, 'one run of each pipeline a day']]), `Write the hour of each pipeline beside it and review the misses monthly. ${reasonWords[outcome.reasons.slo]}`) }
  }
  if (sloTargets === null || slots.slo === 'none') {
    const aim = sloTargets === null ? '' : ` As an aim without alarms: ${sloTargets.availabilityPercent} % of requests answered without a server error, which leaves ${sloTargets.budgetMinutes} minutes in ${sloTargets.windowDays} days.`
    return { id: 'slos', title, body: view.staticFiles ? 'No promise beyond that of the host.' : view.place === 'local' || view.place === 'delivered' ? `None. ${reasonWords[outcome.reasons.slo]}` : `No promise yet.${aim}` }
  }
  const rows = [
    ['Availability', `${sloTargets.availabilityPercent} % of requests without a server error`, `${sloTargets.budgetMinutes} minutes in ${sloTargets.windowDays} days`],
    ['Latency', `${sloTargets.latencyPercent} % of requests on the main journeys within ${sloTargets.latencyMs} ms`, `${Math.round((100 - sloTargets.latencyPercent) * 10) / 10} % may be slower`],
  ]
  const sheet = knowledge.signals['availability']
  if (sheet !== undefined && slots.slo === 'burn-rate') citations.cite(sheet, sheet.facts.burnRates.source)
  // The rules hold the windows; the table beside them is for readers of the whole document.
  const burn = slots.slo !== 'burn-rate' ? '' : page.rulesPath !== null && page.detail !== 'full' ? `Windows and burn rates: ${code(page.rulesPath)}.` : table(['Told as', 'Windows', 'Burn rate', 'Failing share'], burnRatesOf(knowledge).map((rate) =>
    [rate.severity, `${rate.long} and ${rate.short}`, `${rate.factor}`, `${Math.round(limitFor(rate.factor, sloTargets.availabilityPercent) * 1e4) / 100} %`]))
  const lead = view.place === 'delivered' ? `Defaults that ship with the product and that customers change. ${slots.slo === 'burn-rate' ? `Rules need both windows and at least ${sheet?.facts.threshold.value ?? 10} bad requests.` : ''}` : slots.slo === 'burn-rate' ? `Measured where the user enters. Alerts need both windows and at least ${sheet?.facts.threshold.value ?? 10} bad requests, so quiet nights stay quiet.` : `Reviewed monthly, no alarms on them yet.${outcome.reasons.slo === 'stage-default' ? '' : ` ${reasonWords[outcome.reasons.slo]}`}`
  return { id: 'slos', title, body: blocks(table(['Objective', 'Target', 'Leaves'], rows), burn, lead, page.detail === 'full' && 'When the budget is gone, reliability work comes before features until it recovers.') }
}

/** The parts of the deliverable, in its order. */
export function sectionsFor(page: Page): Section[] {
  return [logging(page), health(page), signals(page), stack(page), tracing(page), slos(page)]
}
