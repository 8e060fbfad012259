import { code, plain } from '../../core/markdown.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import type { FilterId } from './rules.ts'
import { budgetMinutes } from './slo.ts'
import { manyServices } from './tracing.ts'
import type { View } from './view.ts'
import { filterWords } from './words.ts'

export type ConflictId =
  | 'beyond-shared-hosting' | 'air-gap-against-hosting' | 'boundary-against-hosting' | 'pin-breaks-filter' | 'pin-above-stage' | 'analytics-as-metrics' | 'existing-tool-ending' | 'existing-tool-against-rule' | 'house-rule-against-existing'
  | 'stage-above-scale' | 'stage-against-tracing' | 'traces-without-store' | 'health-data-on-free-plan' | 'platform-agreement' | 'agreement-needs-plan' | 'region-against-operator' | 'us-hosting'
  | 'no-budget-with-paging' | 'paging-without-roster' | 'thin-roster' | 'objective-above-people' | 'burn-rate-without-traffic' | 'per-device-labels' | 'free-plan-seats' | 'over-budget' | 'self-host-without-operations' | 'retention-above-platform'

/** One contradiction: the inputs with their values, the product or number it is about, and the filter where one is behind it. */
export interface Found { readonly id: ConflictId, readonly inputs: readonly string[], readonly about?: string, readonly rule?: FilterId }
interface Said { readonly problem: string, readonly resolution: string }

const nameIn = (knowledge: Knowledge, id: string | undefined): string => plain(knowledge.telemetry[id ?? '']?.name ?? id ?? '')

const joined = (words: readonly string[]): string => words.join(', ').replace(/, ([^,]*)$/, ' and $1')
const namesIn = (knowledge: Knowledge, ids: string | undefined): string => joined((ids ?? '').split(' ').map((id) => nameIn(knowledge, id)))
const sizes: Readonly<Record<string, string>> = { developers: 'a team of this size', monthlyActiveUsers: 'this traffic', budgetUsdPerMonth: 'this budget' }

/** What each conflict says; the resolution is the cheapest way out. */
export const conflictWords: Readonly<Record<ConflictId, (found: Found, view: View, knowledge: Knowledge) => Said>> = {
  'beyond-shared-hosting': () => ({ problem: 'Shared web hosting runs PHP and files: no process, worker, container or database of your own.', resolution: 'Take a small Linux server or a platform; the rest below assumes that the host runs what it can.' }),
  'air-gap-against-hosting': (_, view) => ({ problem: `Nothing inside a closed network reaches ${code(view.hosting)}.`, resolution: 'Package the application for machines inside and bring updates on signed media; the stack below assumes that.' }),
  'boundary-against-hosting': (_, view) => ({ problem: `${code(view.hosting)} is not the cloud whose authorization or attestation covers the data.`, resolution: 'Move to an authorized cloud region before the first regulated record; until then run with synthetic data.' }),
  'pin-breaks-filter': ({ about, rule }) => ({ problem: `${code(about ?? '')} was chosen by you, but ${rule === undefined ? 'a rule is against it' : filterWords[rule]}.`, resolution: 'The choice stands. Settle this point in writing or change the choice.' }),
  'pin-above-stage': () => ({ problem: 'The chosen products are bought for more traffic and people than this stage has.', resolution: 'The choice stands. Cheaper: read the platform log now and write JSON lines and OpenTelemetry, so that adding the product later changes configuration, not code.' }),
  'analytics-as-metrics': () => ({ problem: 'PostHog counts what users do; it keeps no server metrics and evaluates no alert rules.', resolution: 'Keep it for product questions; the metrics below come from elsewhere.' }),
  'existing-tool-ending': ({ about }, _, knowledge) => {
    const life = knowledge.telemetry[about ?? '']?.lifecycle
    return { problem: `${code(about ?? '')} is ending${life?.reason === undefined ? '' : `: ${life.reason}`}${life?.until === undefined ? '' : ` (${life.until})`}.`, resolution: life?.replacedBy === undefined ? 'Plan the move now.' : `Not reused; plan the move to ${code(life.replacedBy)}.` }
  },
  'existing-tool-against-rule': ({ about, rule }, _, knowledge) => ({ problem: `${namesIn(knowledge, about)} ${about?.includes(' ') === true ? 'are in use. Of each:' : 'is in use, but'} ${rule === undefined ? 'a rule is against it' : filterWords[rule]}.`, resolution: 'Not reused here. Keep this data away from it, or settle the point in writing and name it in decisions.' }),
  'house-rule-against-existing': ({ about }, _, knowledge) => ({ problem: `The house rules and ${nameIn(knowledge, about)}, which the company already runs, exclude each other.`, resolution: 'The house rule decides here. Two tools for one job cost twice: retire one, or ask for an exception.' }),
  'stage-above-scale': (_, view) => ({ problem: `The stage asks for more than ${joined(view.smallIn.map((field) => sizes[field] ?? field))} can carry.`, resolution: 'Treated as an early product; the rest is listed under not yet, with triggers. What a regime demands stays.' }),
  'stage-against-tracing': (_, view) => (view.agents
    ? { problem: 'At this stage tracing would wait, but model calls and agents fail without an error.', resolution: 'Tracing is on: one span for each model call and tool, with tokens and outcome, without prompts of people.' }
    : { problem: `At this stage tracing would wait, but with ${manyServices} services or more no log shows where a request was lost.`, resolution: 'Tracing is on, sampled, from the entry service inwards.' }),
  'traces-without-store': () => ({ problem: 'Traces are needed, but no store passed the rules and the people at hand.', resolution: 'Pass trace context on and log trace ids now; one container of Jaeger is the smallest store once somebody looks after it.' }),
  'health-data-on-free-plan': () => ({ problem: 'No free hosted plan comes with a business associate agreement.', resolution: 'Stay inside the cloud agreement you already signed, or keep health data out of telemetry and pilot with synthetic records.' }),
  'platform-agreement': (_, view) => ({ problem: `Log lines stay on ${code(view.hosting)}, which then handles health data.`, resolution: 'Have its agreement signed before real patients, or move to a cloud whose agreement covers logs. Lines hold pseudonyms only either way.' }),
  'agreement-needs-plan': ({ about }, _, knowledge) => ({ problem: `${nameIn(knowledge, about)} signs a business associate agreement only above its usual plans.`, resolution: 'Sign it before health data can reach the product, or keep that product out of code that sees patients.' }),
  'region-against-operator': () => ({ problem: 'The data stays in the region, but a US company runs the store.', resolution: 'If the promise is about the company too, set noUsSubprocessors to true.' }),
  'us-hosting': () => ({ problem: 'The hosting platform is itself run by a US company, so telemetry elsewhere does not keep the promise.', resolution: 'Change the hosting or drop the rule; the stack here follows the rule.' }),
  'no-budget-with-paging': () => ({ problem: 'People are on call, but nothing may be spent.', resolution: 'A free pager plan covers a small roster with one schedule; above its user limit somebody has to pay.' }),
  'paging-without-roster': () => ({ problem: 'One person cannot be on call every night.', resolution: 'Alerts go where they are read by day; a pager starts with the second person.' }),
  'thin-roster': () => ({ problem: 'Two people on call have every second week of nights, and no cover for holidays or illness.', resolution: 'Page only on burned error budget, leave the rest for the morning, and name a third person before promising an answer at night.' }),
  'objective-above-people': ({ about }) => ({ problem: 'The stage speaks of 99.9 % or more, but nobody shares the nights: one missed evening is the whole month.', resolution: about === '' ? 'Promise office hours in writing.' : `The target here is ${about} %, ${budgetMinutes(Number(about), 30)} minutes in 30 days. Raise it with the second person on call.` }),
  'burn-rate-without-traffic': () => ({ problem: 'Burn-rate alerts belong to this stage, but with so few requests one failure looks like an outage.', resolution: 'Objectives are reviewed monthly; an uptime check and the error tracker tell of failures meanwhile.' }),
  'per-device-labels': () => ({ problem: 'A label for each device makes a series for each device and metric, all kept in memory.', resolution: 'Label by model, firmware and region; the single device belongs in logs or in the database of its readings.' }),
  'free-plan-seats': ({ about }, _, knowledge) => ({ problem: `The free plan of ${nameIn(knowledge, about)} has fewer users than the team.`, resolution: 'One person looks after it and its mails go to a shared address; the next plan starts when a second person must triage. Do not share a password.' }),
  'over-budget': ({ about }, _, knowledge) => ({ problem: 'What was chosen costs more than the stated budget at the given volumes.', resolution: `Raise the budget, cut volume (shorter retention, sampling), or drop what costs most${about === undefined || about === '' ? '' : `: ${nameIn(knowledge, about)}`}.` }),
  'self-host-without-operations': ({ about }, _, knowledge) => ({ problem: about === undefined || about === '' ? 'Nobody has time to run the stack that the rules ask for.' : `Nobody has time to run what the rules ask for: ${namesIn(knowledge, about)}.`, resolution: about === undefined || about === '' ? 'The smallest set is chosen. Give somebody the hours for upgrades, disks and backups, or relax one of the two.' : 'Give somebody the hours for upgrades, disks and backups, start with logs and alerts alone, or relax one of the two.' }),
  'retention-above-platform': ({ about }, view, knowledge) => ({ problem: `${(about ?? '').split(' ').map((id) => plain(knowledge.compliance[id]?.name ?? id)).join(' and ')} says how long log lines are kept; nothing confirms that ${code(view.hosting)} keeps them so long.`, resolution: 'From the first day send sign-ins, refusals and changes of rights to storage that only adds and that you keep for that time; the other lines may stay where they are.' }),
}
