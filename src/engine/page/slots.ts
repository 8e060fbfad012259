import { gateWords } from '../../tools/pipeline-template/words.ts'
import type { SloTargets } from '../../tools/observability-stack/slo.ts'
import { html, join, none, type Html } from './html.ts'
import { nameOf } from './names.ts'
import { inline } from './prose.ts'
import { table } from './table.ts'
import { capital, own, triggerOf, type Decision, type View } from './view.ts'

/** Labels that the name of a slot does not say by itself. */
const labels: Readonly<Record<string, string>> = {
  kind: 'Outcome', primary: 'Identity provider', signInClass: 'Made for', serviceToken: 'Services check callers by', machine: 'Machines', device: 'Devices', agent: 'Agents', staff: 'Staff', alsoDue: 'Controls also due', slo: 'Objectives',
  traceStore: 'Trace store', sloTargets: 'Targets', healthEndpoints: 'Health endpoints', secretsBackend: 'Store behind it', flags: 'Feature flags', validation: 'Configuration checked by', provider: 'Pipeline runs on', branchStrategy: 'Branches',
  triggers: 'Runs on', apps: 'Deploys to', jobs: 'Checks run in', controls: 'Controls', level: 'Risk level', deploysNeeded: 'Deploys needed', naiveBlockMs: 'The obvious way would block, ms', change: 'Change', tool: 'Migration tool',
}
const kinds: Readonly<Record<string, string>> = { 'none-left': 'every candidate was ruled out', one: 'one job', split: 'one job a stage' }
/** Slots that a person can pin: there the id stands beside the name. */
const pinned: ReadonlySet<string> = new Set(['primary', 'logs', 'errors', 'metrics', 'alerting', 'secrets', 'flags', 'validation', 'provider', 'branchStrategy', 'tool'])

const spaced = (key: string): string => key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
const labelOf = (key: string): string => own(labels, key) ?? capital(spaced(key))

const idWords = (view: View, id: string, slot: string): string => own(kinds, id) ?? triggerOf(view, id) ?? nameOf(view.knowledge, id, slot)

const targets = ({ availabilityPercent, windowDays, budgetMinutes, latencyMs, latencyPercent }: SloTargets): Html =>
  html`${availabilityPercent} % of requests without a server error over ${windowDays} days, which leaves ${budgetMinutes} minutes; ${latencyPercent} % of requests within ${latencyMs} ms`

function gate(view: View, id: string, before: string): Html {
  const said = own(gateWords, id)?.(before)
  return said === undefined ? html`${id} before ${before}` : inline(view.parse, said)
}

function objectWords(view: View, value: Decision, slot: string): Html {
  const { id, before, from, to, by, name, target, because, priority } = value as Record<string, string | readonly string[] | undefined>
  if (typeof from === 'string' && typeof to === 'string') return html`${from} → ${to}${typeof by === 'string' && html` (${idWords(view, by, slot)})`}`
  if (typeof id === 'string' && typeof before === 'string') return gate(view, id, before)
  if (typeof target === 'string') return html`${typeof name === 'string' && `${name}: `}${idWords(view, target, 'target')}`
  if (typeof id === 'string') return html`${idWords(view, id, slot)}${typeof priority === 'string' && ` (${priority})`}${Array.isArray(because) && html`, because of ${words(view, because, 'because')}`}`
  if (typeof name === 'string') return html`${name}`
  if ('availabilityPercent' in value && 'latencyMs' in value) return targets(value as unknown as SloTargets)
  return join(Object.entries(value).filter(([, inner]) => inner !== null).map(([key, inner]) => html`${spaced(key)} ${words(view, inner, slot, true)}`), ', ')
}

/** Any value of a decision in words. `exact` is for paths and the like, which are no ids. */
function words(view: View, value: unknown, slot: string, exact = false): Html {
  if (Array.isArray(value)) return join(value.map((each) => words(view, each, slot, exact)), ', ')
  if (typeof value === 'string') return exact ? html`<code>${value}</code>` : html`${idWords(view, value, slot)}`
  if (typeof value === 'boolean') return html`${value ? 'yes' : 'no'}`
  if (typeof value === 'object' && value !== null) return objectWords(view, value as Decision, slot)
  return html`${String(value)}`
}

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === 'none' || (Array.isArray(value) && value.length === 0)

interface Control { readonly id: string, readonly priority?: string }

const isControls = (key: string, value: unknown): value is readonly Control[] => key === 'controls' && Array.isArray(value) && value.every((each) => typeof each === 'object' && 'priority' in (each as object))

/** What a slot is called where it holds nothing, if its label would not say it. */
const emptyLabels: Readonly<Record<string, string>> = { controls: 'controls that a regime asks for', secretsBackend: 'a store behind the secrets', machine: 'sign-in of machines', device: 'sign-in of devices', agent: 'sign-in of agents', staff: 'a sign-in of its own for staff', signInClass: '', serviceToken: 'checks of callers' }

/** Controls by how much they matter, instead of a word behind each. */
function controlWords(view: View, controls: readonly Control[]): Html {
  // One that depends on something is here because that holds.
  const rank = ({ priority = '' }: Control): string => (priority === 'conditional' ? 'must' : priority)
  const priorities = [...new Set(controls.map(rank))]
  return join(priorities.map((priority) => {
    const ids = controls.filter((control) => rank(control) === priority).map(({ id }) => id)
    return html`<strong>${capital(priority)} (${ids.length})</strong>: ${ids.map((id) => nameOf(view.knowledge, id, 'controls')).join(', ')}`
  }), html`<br>`)
}

/** Every slot of a decision with what was chosen; `elsewhere` are those that have a drawing or a table of their own. Slots that hold nothing share the last row. */
export function slotsTable(view: View, caption: string, decision: Decision, elsewhere: readonly string[]): Html {
  const flat = Object.entries(decision).flatMap(([key, value]) => (key === 'slots' ? Object.entries(value as Decision) : [[key, value] as const])).filter(([key, value]) => !elsewhere.includes(key) && value !== 'picked')
  const empty = flat.filter(([key, value]) => isEmpty(value) && key !== 'alsoDue').map(([key]) => own(emptyLabels, key) ?? labelOf(key).toLowerCase()).filter((label) => label !== '')
  const ids = (key: string, value: unknown): Html => (pinned.has(key) ? html` <code>${Array.isArray(value) ? value.join(', ') : String(value)}</code>` : none)
  const rows = flat.filter(([, value]) => !isEmpty(value)).map(([key, value]) => [labelOf(key), html`${isControls(key, value) ? controlWords(view, value) : words(view, value, key)}${ids(key, value)}`])
  return table(caption, ['What', 'Decided'], empty.length === 0 ? rows : [...rows, ['Not needed now', empty.join(', ')]])
}
