import { accessWords, triggerWords } from '../../tools/env-matrix/words.ts'
import { gateWords } from '../../tools/pipeline-template/words.ts'
import { html, join, type Html } from './html.ts'
import { nameOf } from './names.ts'
import { inline } from './prose.ts'
import { table } from './table.ts'
import { capital, type Decision, type View } from './view.ts'

/** Labels that the name of a slot does not say by itself. */
const labels: Readonly<Record<string, string>> = {
  kind: 'Outcome', primary: 'Identity provider', signInClass: 'Made for', serviceToken: 'Services check callers by', machine: 'Machines', device: 'Devices', agent: 'Agents', staff: 'Staff', alsoDue: 'Controls also due', slo: 'Objectives',
  traceStore: 'Traces go to', sloTargets: 'Targets', healthEndpoints: 'Health endpoints', secretsBackend: 'Store behind it', flags: 'Feature flags', validation: 'Configuration checked by', provider: 'Pipeline runs on', branchStrategy: 'Branches',
  triggers: 'Runs on', apps: 'Deploys to', jobs: 'Checks run in', controls: 'Controls', level: 'Risk level', deploysNeeded: 'Deploys needed', naiveBlockMs: 'The obvious way would block, ms', change: 'Change', tool: 'Migration tool',
}
const kinds: Readonly<Record<string, string>> = { picked: 'one was picked', 'none-left': 'every candidate was ruled out', one: 'one job', split: 'one job a stage' }
/** Numbers that mean little without a unit. */
const units: Readonly<Record<string, (value: number) => string>> = {
  availabilityPercent: (value) => `${value} % of requests without a server error`, windowDays: (value) => `counted over ${value} days`, budgetMinutes: (value) => `which leaves ${value} minutes`,
  latencyPercent: (value) => `${value} % of requests in time`, latencyMs: (value) => `in time is ${value} ms`,
}

const spaced = (key: string): string => key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
const labelOf = (key: string): string => labels[key] ?? capital(spaced(key))

/** An id by name; the id stands beside a name that differs, because a pin asks for it. */
function idWords(view: View, id: string): Html {
  const name = kinds[id] ?? triggerWords[id as keyof typeof triggerWords] ?? accessWords[id as keyof typeof accessWords] ?? nameOf(view.knowledge, id)
  const plain = name.toLowerCase().replace(/[\s_]+/g, '-')
  return plain === id ? html`${name}` : html`${name} <code>${id}</code>`
}

function objectWords(view: View, value: Decision): Html {
  const { id, before, from, to, by, name, target, because, priority } = value as Record<string, string | readonly string[] | undefined>
  if (typeof from === 'string' && typeof to === 'string') return html`${from} → ${to}${typeof by === 'string' && html` (${idWords(view, by)})`}`
  if (typeof id === 'string' && typeof before === 'string') return html`${inline(view.parse, gateWords[id as keyof typeof gateWords]?.(before) ?? id)} <code>${id}</code>`
  if (typeof target === 'string') return html`${typeof name === 'string' && `${name}: `}${idWords(view, target)}`
  if (typeof id === 'string') return html`${idWords(view, id)}${typeof priority === 'string' && ` (${priority})`}${Array.isArray(because) && html`, because of ${words(view, because)}`}`
  if (typeof name === 'string') return html`${name}`
  return join(Object.entries(value).filter(([, inner]) => inner !== null).map(([key, inner]) => (typeof inner === 'number' && units[key] !== undefined ? html`${units[key]?.(inner)}` : html`${spaced(key)} ${words(view, inner, true)}`)), ', ')
}

/** Any value of a decision in words. `exact` is for paths and the like, which are no ids. */
function words(view: View, value: unknown, exact = false): Html {
  if (Array.isArray(value)) return join(value.map((each) => words(view, each, exact)), ', ')
  if (typeof value === 'string') return exact ? html`<code>${value}</code>` : idWords(view, value)
  if (typeof value === 'boolean') return html`${value ? 'yes' : 'no'}`
  if (typeof value === 'object' && value !== null) return objectWords(view, value as Decision)
  return html`${String(value)}`
}

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === 'none' || (Array.isArray(value) && value.length === 0)

/** Every slot of a decision with what was chosen; `elsewhere` are those that have a drawing or a table of their own. Slots that hold nothing share the last row. */
export function slotsTable(view: View, caption: string, decision: Decision, elsewhere: readonly string[]): Html {
  const flat = Object.entries(decision).flatMap(([key, value]) => (key === 'slots' ? Object.entries(value as Decision) : [[key, value] as const])).filter(([key]) => !elsewhere.includes(key))
  const empty = flat.filter(([, value]) => isEmpty(value)).map(([key]) => labelOf(key).toLowerCase())
  const rows = flat.filter(([, value]) => !isEmpty(value)).map(([key, value]) => [labelOf(key), words(view, value)])
  return table(caption, ['What', 'Decided'], empty.length === 0 ? rows : [...rows, ['Nothing chosen for', empty.join(', ')]])
}
