import { branchStrategy } from '../../core/branching.ts'
import { isCustomerHosted, isPublished, isStaticSite } from '../../core/environments.ts'
import { cloudId, hostingId, ownRooms } from '../../core/hosting.ts'
import { quote, type Usage } from '../../core/price.ts'
import { stageRank, vocabulary } from '../../core/profile.ts'
import { readStack } from '../../core/stack.ts'
import { byText } from '../../core/order.ts'
import type { Knowledge, SheetOf } from '../../knowledge/collections.ts'
import { preferred, removalRule, required, runningIds, type Removed } from './candidates.ts'
import type { Input } from './input.ts'
import { budgetShare, eventsPerUser, fewFlags, type FlagsRule, type RemovalRule } from './rules.ts'
import { depthOf } from './secrets.ts'
import { isClientOnly } from './variables.ts'

type FlagSheet = SheetOf<'flag-services'>
export interface FlagsChoice { readonly id: string, readonly rule: FlagsRule, readonly alternatives: readonly string[], readonly rejected: readonly Removed[] }

const clientSide: readonly string[] = ['web', 'ios', 'android', 'desktop', 'game']

/** Servers that evaluate flags: as many as were told, and at least one for each service in each deployed environment. */
export const flagServers = (input: Input, deployed: number): number => Math.max(input.serverCount ?? 1, Math.max(1, input.services ?? 1) * deployed)

/** Counts a flag service may charge for. A service connection is one service in one deployed environment; requests are those of servers that evaluate flags themselves. */
export function flagUsage(sheet: FlagSheet | undefined, input: Input, deployed: number): Usage {
  const perServer = sheet?.facts.requestsPerServer.value ?? null
  const clientMau = (input.clients ?? []).some((client) => clientSide.includes(client)) ? input.monthlyActiveUsers ?? 0 : 0
  return {
    serviceConnections: Math.max(1, input.services ?? 1) * deployed, clientMau, seats: input.developers ?? 1,
    ...(perServer === null ? {} : { requests: flagServers(input, deployed) * perServer }),
    ...(input.needsExperiments === true ? { events: (input.monthlyActiveUsers ?? 0) * eventsPerUser } : {}),
  }
}

/** What a plan must include: health data needs an agreement, and some vendors sign it for higher plans only. */
export const flagNeeds = (sheet: FlagSheet, input: Input): readonly string[] =>
  [...(sheet.facts.runtimeTargeting.value === true ? ['targeting'] : []), ...(input.needsExperiments === true ? ['experiments'] : []), ...(input.compliance?.includes('hipaa') === true && sheet.facts.baa.value === 'higher-plan' ? ['baa'] : [])]

const usd = (sheet: FlagSheet, input: Input, deployed: number): number | null =>
  sheet.price === null ? null : quote(sheet.price, flagUsage(sheet, input, deployed), flagNeeds(sheet, input))?.usdPerMonth ?? null

/** A vendor that decides per user sees who the users are, so it has to be where their data may be. An account in the own cloud is. */
function regionRule(sheet: FlagSheet, input: Input): RemovalRule | undefined {
  const wanted = input.dataResidency ?? []
  if (sheet.facts.hosting.value !== 'hosted' || wanted.length === 0) return undefined
  const offered = sheet.facts.residency.value
  if (offered === null) return 'region-unknown'
  return wanted.every((region) => offered.includes(region)) ? undefined : 'other-region'
}

/** The first filter a flag service fails, or undefined. `deployed` counts environments other than local and CI. */
export function flagRemoval(sheet: FlagSheet, input: Input, deployed: number, asOf: string): RemovalRule | undefined {
  const shared = removalRule(sheet, input, asOf)
  if (shared !== undefined) return shared
  const { facts } = sheet
  if (facts.runtimeTargeting.value !== true) return 'no-targeting'
  if (input.needsExperiments === true && facts.experiments.value !== true) return 'no-experiments'
  if (facts.maxEnvironments.value !== null && deployed > facts.maxEnvironments.value) return 'environment-limit'
  if (facts.hosting.value === 'hosted' && input.compliance?.includes('hipaa') === true && facts.baa.value !== 'yes' && facts.baa.value !== 'higher-plan') return 'no-baa'
  if (facts.hosting.value === 'hosted' && input.compliance?.includes('coppa') === true) return 'sees-children'
  const region = regionRule(sheet, input)
  if (region !== undefined) return region
  // What runs already is paid for already.
  if (input.budgetUsdPerMonth == null || facts.hosting.value !== 'hosted' || runningIds(input.existing).includes(sheet.id)) return undefined
  const cost = usd(sheet, input, deployed)
  if (cost === null) return 'price-unknown'
  return cost > input.budgetUsdPerMonth ? 'over-budget' : undefined
}

/** Lower is better, compared left to right: belongs to what is there, a price somebody can say and the budget carries, little to run, cheap, then the id. */
function score(sheet: FlagSheet, input: Input, deployed: number): readonly number[] {
  const used = [...runningIds(input.existing), input.decisions?.errors, input.decisions?.logs, input.decisions?.metrics]
  const home = [hostingId(input.hosting), cloudId(input.hosting) ?? ''].some((id) => sheet.facts.platforms.value?.includes(id)) || (sheet.facts.stacks.value ?? []).length > 0 || (ownRooms.includes(hostingId(input.hosting)) && sheet.facts.hosting.value !== 'hosted')
  const bought = sheet.facts.hosting.value === 'hosted'
  // In own rooms, what runs there comes before what somebody else holds.
  const price = bought ? usd(sheet, input, deployed) : 0
  const dear = price !== null && input.budgetUsdPerMonth != null && price > input.budgetUsdPerMonth * budgetShare
  return [used.includes(sheet.id) ? 0 : 1, home ? 0 : 1, price === null ? 1 : 0, dear ? 1 : 0, vocabulary.opsCapacity.indexOf(sheet.facts.opsNeeded.value ?? 'none'), price ?? 0]
}

/** The framework's own flags, or the mobile platform's, where plain switches would do but these cost nothing more and turn at run time. */
function atHand(input: Input): readonly [FlagsRule, string] | undefined {
  const mobile = (input.clients ?? []).some((client) => client === 'ios' || client === 'android')
  if (hostingId(input.hosting) === 'firebase' && mobile) return ['platform-flags', 'firebase-remote-config']
  const { frameworks } = readStack(input)
  const one = frameworks.some((id) => ['rails', 'laravel', 'django'].includes(id)) && (input.services ?? 1) <= 1
  return one && (input.flagCount ?? 0) > fewFlags ? ['framework-flags', 'framework-native'] : undefined
}

function simpleChoice(input: Input): readonly [FlagsRule, string] | undefined {
  const count = input.flagCount
  if (input.needsExperiments === true || input.needsTargeting === true) return undefined
  if (count === 0) return ['no-flags-asked', 'none']
  // Shared web hosting has no variables to switch with.
  if ((isStaticSite(input) || hostingId(input.hosting) === 'shared-hosting') && count === undefined) return ['no-flags-yet', 'none']
  // Nothing around an installed application has variables or files to switch with: a flag of it comes from a service, or with a release.
  if (isClientOnly(input)) return (count ?? 0) > 0 ? undefined : ['installed-client', 'none']
  const near = atHand(input)
  if (near !== undefined && (count !== undefined || depthOf(input) >= stageRank('early'))) return near
  if (count !== undefined) return count <= fewFlags ? ['few-flags', 'env-var'] : ['several-flags', 'config-file']
  if (isPublished(input) || depthOf(input) < stageRank('early')) return ['no-flags-yet', 'none']
  if (branchStrategy(input).needsFlags) return ['trunk-needs-flags', 'config-file']
  return depthOf(input) >= stageRank('production') ? ['grown-product', 'config-file'] : ['small-product', 'env-var']
}

const compare = (a: readonly number[], b: readonly number[]): number => a.reduce((order, value, index) => (order !== 0 || value === b[index] ? order : value - (b[index] ?? 0)), 0)

/** Services that can be used, best first; ties by id. Flags in the own database come last: they are the team's own code. */
function services(input: Input, knowledge: Knowledge, deployed: number, asOf: string): { readonly usable: FlagSheet[], readonly removed: Removed[] } {
  const sheets = Object.values(knowledge['flag-services']).filter((sheet) => sheet.facts.runtimeTargeting.value === true && sheet.id !== 'db-flags')
  const judged = sheets.map((sheet) => ({ sheet, rule: flagRemoval(sheet, input, deployed, asOf) }))
  const usable = judged.filter(({ rule }) => rule === undefined).map(({ sheet }) => sheet)
  usable.sort((a, b) => compare(score(a, input, deployed), score(b, input, deployed)) || byText(a.id, b.id))
  return { usable, removed: judged.flatMap(({ sheet, rule }) => (rule === undefined || rule === 'other-platform' || rule === 'other-stack' ? [] : [{ id: sheet.id, rule }])) }
}

/** Chooses how features are switched. `input` has its defaults filled; `deployed` counts environments other than local and CI. */
export function chooseFlags(input: Input, knowledge: Knowledge, deployed: number, asOf: string): FlagsChoice {
  const ids = Object.keys(knowledge['flag-services'])
  const fixed = input.decisions?.flags ?? required(ids.filter((id) => id !== 'none'), input)
  if (fixed !== undefined) {
    const sheet = knowledge['flag-services'][fixed]
    const wantsService = input.needsTargeting === true || input.needsExperiments === true
    const failed = sheet === undefined ? 'unknown-sheet' as const : flagRemoval(sheet, input, deployed, asOf)
    const counts = failed !== undefined && (failed !== 'no-targeting' || wantsService)
    return { id: fixed, rule: input.decisions?.flags !== undefined ? 'pinned' : 'house-requires', alternatives: [], rejected: counts ? [{ id: fixed, rule: failed }] : [] }
  }
  const simple = simpleChoice(input)
  const running = runningIds(input.existing).find((id) => { const sheet = knowledge['flag-services'][id]; return sheet !== undefined && flagRemoval(sheet, { ...input, needsExperiments: false, budgetUsdPerMonth: null }, deployed, asOf) === undefined })
  if (running !== undefined && simple !== undefined && simple[1] !== 'none' && (input.flagCount ?? fewFlags + 1) > fewFlags) return { id: running, rule: 'already-run', alternatives: [simple[1]], rejected: [] }
  const next: Readonly<Record<string, readonly string[]>> = { none: ['env-var'], 'env-var': ['config-file'], 'config-file': [] }
  if (simple !== undefined && simple[1] !== 'none') {
    const favoured = preferred(ids, input)
    const wished = favoured === undefined ? undefined : knowledge['flag-services'][favoured]
    const dear = wished?.facts.hosting.value === 'hosted' && input.budgetUsdPerMonth != null && (usd(wished, input, deployed) ?? Infinity) > input.budgetUsdPerMonth * budgetShare
    if (wished !== undefined && !dear && flagRemoval(wished, input, deployed, asOf) === undefined) return { id: wished.id, rule: 'house-prefers', alternatives: [simple[1]], rejected: [] }
    if (wished !== undefined && dear) return { id: simple[1], rule: simple[0], alternatives: next[simple[1]] ?? [], rejected: [{ id: wished.id, rule: 'budget-share' }] }
  }
  const sheet = simple === undefined ? undefined : knowledge['flag-services'][simple[1]]
  const barred = simple?.[0] === 'platform-flags' && sheet !== undefined ? removalRule(sheet, input, asOf) : undefined
  if (barred !== undefined) return { id: 'config-file', rule: 'several-flags', alternatives: [], rejected: [{ id: sheet?.id ?? '', rule: barred }] }
  if (simple !== undefined) return { id: simple[1], rule: simple[0], alternatives: simple[0] === 'installed-client' ? [] : next[simple[1]] ?? [], rejected: [] }
  const { usable, removed } = services(input, knowledge, deployed, asOf)
  const ran = usable[0] !== undefined && runningIds(input.existing).includes(usable[0].id)
  const why: FlagsRule = ran ? 'already-run' : input.needsTargeting !== true && isClientOnly(input) ? 'installed-client-flags' : input.needsExperiments === true ? 'needs-experiments' : 'needs-targeting'
  const favoured = usable.find((sheet) => sheet.id === preferred(ids, input))
  const first = favoured ?? usable[0]
  if (first === undefined && isClientOnly(input)) return { id: 'none', rule: 'nothing-else-left', alternatives: [], rejected: removed }
  if (first === undefined) return { id: 'db-flags', rule: 'nothing-else-left', alternatives: isCustomerHosted(input) ? ['config-file'] : [], rejected: removed }
  return { id: first.id, rule: favoured === undefined ? why : 'house-prefers', alternatives: usable.filter((sheet) => sheet !== first).map((sheet) => sheet.id).slice(0, 2), rejected: removed }
}
