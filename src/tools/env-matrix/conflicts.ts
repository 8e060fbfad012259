import { needsSecondPerson } from '../../core/branching.ts'
import { isCustomerHosted, isTinyDespiteStage } from '../../core/environments.ts'
import { stageRank } from '../../core/profile.ts'
import { hostingId } from '../../core/stack.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { isDead, removalRule, runningIds } from './candidates.ts'
import { roughUsd } from './cost.ts'
import type { Decision } from './decide.ts'
import { deployedNames, hasStrictData } from './environments.ts'
import { flagRemoval, flagUsage, type FlagsChoice } from './flags.ts'
import type { Input } from './input.ts'
import { fewFlags, manyClientUsers, manyEnvironments, type RemovalRule } from './rules.ts'
import type { RuntimeEnd } from './runtimes.ts'
import { needsAudit, type SecretsChoice } from './secrets.ts'
import { isClientOnly, looksSecret, publicPrefix } from './variables.ts'
import { serviceLanguage } from './validation.ts'

export type ConflictId = 'air-gap-on-outside-platform' | 'delivered-and-hosted' | 'existing-tool-ended' | 'existing-tool-fails-filter' | 'no-store-passes' | 'self-host-without-operations' | 'client-holds-secret' | 'environment-named-by-node-env' | 'more-environments-than-people' | 'shared-development-environment' | 'over-budget' | 'production-rows-below-production' | 'flag-environment-limit' | 'flag-price-grows-with-users' | 'flag-service-for-few-flags' | 'secret-files-on-many-servers' | 'secrets-without-audit' | 'small-product-large-label' | 'runtime-ended' | 'fixed-choice-fails-filter' | 'house-rules-clash' | 'secret-in-public-variable' | 'approval-with-one-person' | 'no-production-planned' | 'unknown-hosting'
/** A contradiction as ids and values; the words are in render. */
export interface FoundConflict { readonly id: ConflictId, readonly inputs: readonly string[], readonly values: Readonly<Record<string, string | number>> }

interface Findings { readonly given: Input, readonly input: Input, readonly decision: Decision, readonly secrets: SecretsChoice, readonly flags: FlagsChoice, readonly runtimes: readonly RuntimeEnd[], readonly knowledge: Knowledge, readonly hosting: string, readonly asOf: string }

const listed = (values: readonly string[] | undefined): string => (values ?? []).join(', ')

function dataConflicts({ input }: Findings): FoundConflict[] {
  const asked = input.stagingData
  if (asked !== 'production-copy' && asked !== 'masked-copy') return []
  const strict = hasStrictData(input)
  if (!strict && (asked === 'masked-copy' || !input.dataClasses?.some((kind) => kind === 'pii' || kind === 'confidential'))) return []
  return [{ id: 'production-rows-below-production', inputs: [`stagingData: ${asked}`, `compliance: ${listed(input.compliance) || 'none'}`], values: { asked, data: listed(input.dataClasses) } }]
}

function flagConflicts({ input, decision, flags, knowledge }: Findings): FoundConflict[] {
  const sheet = knowledge['flag-services'][flags.id]
  const deployed = deployedNames(decision.environments).length
  const most = sheet?.facts.maxEnvironments.value ?? null
  const users = flagUsage(sheet, input, deployed).clientMau ?? 0
  const perClient = sheet?.price?.plans.some((plan) => plan.meters.some((meter) => meter.meter === 'clientMau')) === true
  const isService = sheet?.facts.hosting.value === 'hosted' || sheet?.facts.hosting.value === 'self-hosted'
  const found: FoundConflict[] = []
  if (most !== null && deployed > most) found.push({ id: 'flag-environment-limit', inputs: [`flags: ${flags.id}`, `environments: ${deployedNames(decision.environments).join(', ')}`], values: { service: flags.id, most, deployed } })
  if (perClient && users >= manyClientUsers) found.push({ id: 'flag-price-grows-with-users', inputs: [`flags: ${flags.id}`, `monthlyActiveUsers: ${users}`], values: { service: flags.id, users } })
  if (isService && input.flagCount !== undefined && input.flagCount <= fewFlags && input.needsTargeting !== true && input.needsExperiments !== true) found.push({ id: 'flag-service-for-few-flags', inputs: [`flags: ${flags.id}`, `flagCount: ${input.flagCount}`], values: { service: flags.id, count: input.flagCount } })
  return found
}

function secretConflicts({ input, decision, secrets, knowledge }: Findings): FoundConflict[] {
  const sheet = knowledge['secrets-stores'][secrets.id]
  const servers = input.serverCount ?? 1
  const found: FoundConflict[] = []
  if (sheet?.facts.reachesManyServers.value === false && servers > 1 && !isCustomerHosted(input)) found.push({ id: 'secret-files-on-many-servers', inputs: [`secrets: ${secrets.id}`, `serverCount: ${servers}`], values: { store: secrets.id, servers } })
  if (sheet?.facts.accessAudit.value === false && secrets.id !== 'none' && needsAudit(input) && !isCustomerHosted(input)) found.push({ id: 'secrets-without-audit', inputs: [`secrets: ${secrets.id}`, `compliance: ${listed(input.compliance)}`], values: { store: secrets.id } })
  const names = [...decision.variables.map(({ name }) => name), ...(input.variables ?? [])]
  const open = [...new Set(names.filter((name) => publicPrefix.test(name) && /(SECRET|PASSWORD|PRIVATE|SERVICE_ROLE)/.test(name) && looksSecret(name)))]
  // Without a server every value ships to the phone, and what ships can be read.
  const shipped = serviceLanguage(input) === null && isClientOnly(input) ? [...new Set((input.variables ?? []).filter((name) => looksSecret(name) && !publicPrefix.test(name)))] : []
  if (shipped.length > 0) found.push({ id: 'client-holds-secret', inputs: [`variables: ${shipped.join(', ')}`, `clients: ${listed(input.clients)}`], values: { names: shipped.join(', ') } })
  if (open.length > 0) found.push({ id: 'secret-in-public-variable', inputs: [`variables: ${open.join(', ')}`], values: { names: open.join(', ') } })
  return found
}

/** Fields with values that a filter is about. */
function ruledBy(rule: RemovalRule, input: Input): string[] {
  const compliance = [`compliance: ${listed(input.compliance) || 'none'}`]
  const fields: Partial<Record<RemovalRule, readonly string[]>> = {
    'air-gap': ['airGapped: true'], 'not-redistributable': ['distributedToCustomers: true'], 'ops-capacity': [`opsCapacity: ${input.opsCapacity}`], 'self-host-required': ['selfHost: required'],
    'us-operator': ['noUsSubprocessors: true'], 'operator-unknown': ['noUsSubprocessors: true'], 'subprocessors-unknown': ['noUsSubprocessors: true'], 'outside-authorized-boundary': compliance, 'attestation-unknown': compliance, 'no-baa': compliance, 'no-audit': compliance,
    'other-region': [`dataResidency: ${listed(input.dataResidency)}`], 'region-unknown': [`dataResidency: ${listed(input.dataResidency)}`], 'other-platform': [`hosting: ${hostingId(input.hosting)}`], 'other-stack': [`stack: ${listed(input.stack)}`],
    'over-budget': [`budgetUsdPerMonth: ${input.budgetUsdPerMonth}`], 'budget-share': [`budgetUsdPerMonth: ${input.budgetUsdPerMonth}`], 'price-unknown': [`budgetUsdPerMonth: ${input.budgetUsdPerMonth}`],
    'no-targeting': ['needsTargeting: true'], 'no-experiments': ['needsExperiments: true'], 'one-server-only': [`serverCount: ${input.serverCount ?? 1}`],
  }
  return [...(fields[rule] ?? [])]
}

/** Filters that a tool must not fail merely because it is there already. */
const grave: readonly RemovalRule[] = ['air-gap', 'not-redistributable', 'self-host-required', 'us-operator', 'subprocessors-unknown', 'outside-authorized-boundary', 'no-baa']

function existingConflicts({ input, decision, knowledge, asOf }: Findings): FoundConflict[] {
  const deployed = deployedNames(decision.environments).length
  return runningIds(input.existing).flatMap((id): FoundConflict[] => {
    const store = knowledge['secrets-stores'][id]
    const flags = knowledge['flag-services'][id]
    const sheet = store ?? flags
    if (sheet === undefined || id === 'none') return []
    const { until, replacedBy } = sheet.lifecycle
    if (isDead(sheet, asOf)) return [{ id: 'existing-tool-ended', inputs: [`existing: ${id}`], values: { name: sheet.name, until: until ?? '', next: replacedBy !== undefined && [decision.secrets, decision.flags].includes(replacedBy) ? replacedBy : store === undefined ? decision.flags : decision.secrets } }]
    const rule = store !== undefined ? removalRule(store, input, asOf) : flags === undefined ? undefined : flagRemoval(flags, input, deployed, asOf)
    return rule === undefined || !grave.includes(rule) ? [] : [{ id: 'existing-tool-fails-filter', inputs: [`existing: ${id}`, ...ruledBy(rule, input)], values: { name: sheet.name, rule } }]
  })
}

function placeConflicts({ input, hosting, knowledge, secrets }: Findings): FoundConflict[] {
  const kind = knowledge['hosting-platforms'][hosting]?.facts.kind.value ?? 'none'
  const outside = ['serverless', 'paas', 'containers'].includes(kind) || ['aws', 'aws-kubernetes', 'gke'].includes(hosting)
  const found: FoundConflict[] = []
  if (input.airGapped === true && outside) found.push({ id: 'air-gap-on-outside-platform', inputs: ['airGapped: true', `hosting: ${hosting}`], values: { platform: hosting } })
  if (input.distributedToCustomers === true && hosting !== 'customer' && hosting !== 'undecided' && input.projectType !== 'self-hosted-product') found.push({ id: 'delivered-and-hosted', inputs: ['distributedToCustomers: true', `hosting: ${hosting}`], values: { platform: hosting } })
  if (input.selfHost === 'required' && input.opsCapacity === 'none') found.push({ id: 'self-host-without-operations', inputs: ['selfHost: required', 'opsCapacity: none'], values: { store: secrets.id } })
  if (secrets.unmet !== null) found.push({ id: 'no-store-passes', inputs: [`secrets: ${secrets.id}`, ...ruledBy(secrets.unmet, input)], values: { store: secrets.id, rule: secrets.unmet } })
  return found
}

const environmentVariables = /^(APP_ENV|APP_ENVIRONMENT|ENVIRONMENT|ENV|DEPLOY_ENV|DEPLOYMENT_ENVIRONMENT|RAILS_ENV|DJANGO_ENV|ASPNETCORE_ENVIRONMENT|SPRING_PROFILES_ACTIVE|VERCEL_ENV)$/

function environmentConflicts({ given, input, decision }: Findings): FoundConflict[] {
  const deployed = deployedNames(decision.environments)
  const few = (input.developers ?? 2) <= 2 || stageRank(input.stage ?? 'mvp') < stageRank('early')
  const asked = given.environments ?? []
  const names = given.variables ?? []
  const found: FoundConflict[] = []
  if (asked.length > 0 && few && deployed.length >= manyEnvironments) found.push({ id: 'more-environments-than-people', inputs: [`environments: ${listed(asked)}`, `developers: ${input.developers}`, `stage: ${input.stage}`], values: { count: deployed.length, developers: input.developers ?? 2 } })
  if (asked.includes('dev')) found.push({ id: 'shared-development-environment', inputs: ['environments: dev'], values: { developers: input.developers ?? 2 } })
  if (names.includes('NODE_ENV') && !names.some((name) => environmentVariables.test(name)) && deployed.length > 1) found.push({ id: 'environment-named-by-node-env', inputs: ['variables: NODE_ENV', `environments: ${deployed.join(', ')}`], values: {} })
  return found
}

function choiceConflicts({ input, secrets, flags, knowledge }: Findings): FoundConflict[] {
  const fixed = [{ slot: 'secrets', choice: secrets }, { slot: 'flags', choice: flags }]
  const told: readonly RemovalRule[] = ['environment-limit', 'one-server-only']
  const broken = fixed.flatMap(({ slot, choice }): FoundConflict[] => {
    const rule = choice.rule === 'pinned' || choice.rule === 'house-requires' ? choice.rejected.find(({ id }) => id === choice.id)?.rule : undefined
    return rule === undefined || told.includes(rule) ? [] : [{ id: 'fixed-choice-fails-filter', inputs: [`${choice.rule === 'pinned' ? 'decisions' : 'houseRules.require'}.${slot}: ${choice.id}`, ...ruledBy(rule, input)], values: { slot, id: choice.id, rule } }]
  })
  const validation = input.decisions?.validation
  if (validation !== undefined && knowledge['config-validators'][validation] === undefined) broken.push({ id: 'fixed-choice-fails-filter', inputs: [`decisions.validation: ${validation}`], values: { slot: 'validation', id: validation, rule: 'unknown-sheet' } })
  const forbidden = (input.houseRules?.forbid ?? []).map(({ id }) => id)
  const clash = (input.houseRules?.require ?? []).map(({ id }) => id).filter((id) => forbidden.includes(id))
  return clash.length === 0 ? broken : [...broken, { id: 'house-rules-clash', inputs: [`houseRules.require: ${clash.join(', ')}`, `houseRules.forbid: ${clash.join(', ')}`], values: { ids: clash.join(', ') } }]
}

/** Contradictions of the input and the plan, those about data first. */
export function findConflicts(findings: Findings): FoundConflict[] {
  const { given, input, decision, runtimes, knowledge, hosting } = findings
  const found = [...placeConflicts(findings), ...dataConflicts(findings), ...secretConflicts(findings), ...choiceConflicts(findings), ...existingConflicts(findings), ...flagConflicts(findings)]
  const usd = roughUsd(findings, knowledge)
  if (input.budgetUsdPerMonth != null && usd > input.budgetUsdPerMonth) found.push({ id: 'over-budget', inputs: [`budgetUsdPerMonth: ${input.budgetUsdPerMonth}`, `secrets: ${decision.secrets}`, `flags: ${decision.flags}`], values: {} })
  found.push(...environmentConflicts(findings))
  if (isTinyDespiteStage(given)) found.push({ id: 'small-product-large-label', inputs: [`stage: ${given.stage}`, `developers: ${given.developers}`, `monthlyActiveUsers: ${given.monthlyActiveUsers}`], values: { stage: given.stage ?? '' } })
  if (needsSecondPerson(input) && given.developers === 1) found.push({ id: 'approval-with-one-person', inputs: [`compliance: ${listed(input.compliance)}`, 'developers: 1'], values: {} })
  for (const { id, cycle, until, daysLeft, advised } of runtimes) if (daysLeft < 0) found.push({ id: 'runtime-ended', inputs: [`stack: ${id} ${cycle}`], values: { runtime: knowledge.runtimes[id]?.name ?? id, cycle, until, advised } })
  if (!decision.environments.some(({ name }) => name === 'production')) found.push({ id: 'no-production-planned', inputs: [`environments: ${decision.environments.map(({ name }) => name).join(', ')}`], values: {} })
  if (knowledge['hosting-platforms'][hosting] === undefined) found.push({ id: 'unknown-hosting', inputs: [`hosting: ${hosting}`], values: { known: Object.keys(knowledge['hosting-platforms']).filter((id) => id !== 'undecided').join(', ') } })
  return found
}
