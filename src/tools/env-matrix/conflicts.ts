import { needsSecondPerson } from '../../core/branching.ts'
import { isCustomerHosted, isTinyDespiteStage } from '../../core/environments.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import type { Decision } from './decide.ts'
import { deployedNames, hasStrictData } from './environments.ts'
import { flagUsage, type FlagsChoice } from './flags.ts'
import type { Input } from './input.ts'
import { fewFlags, manyClientUsers, type RemovalRule } from './rules.ts'
import type { RuntimeEnd } from './runtimes.ts'
import { needsAudit, type SecretsChoice } from './secrets.ts'
import { looksSecret, publicPrefix } from './variables.ts'

export type ConflictId = 'production-rows-below-production' | 'flag-environment-limit' | 'flag-price-grows-with-users' | 'flag-service-for-few-flags' | 'secret-files-on-many-servers' | 'secrets-without-audit' | 'small-product-large-label' | 'runtime-ended' | 'fixed-choice-fails-filter' | 'house-rules-clash' | 'secret-in-public-variable' | 'approval-with-one-person' | 'no-production-planned' | 'unknown-hosting'
/** A contradiction as ids and values; the words are in render. */
export interface FoundConflict { readonly id: ConflictId, readonly inputs: readonly string[], readonly values: Readonly<Record<string, string | number>> }

interface Findings { readonly given: Input, readonly input: Input, readonly decision: Decision, readonly secrets: SecretsChoice, readonly flags: FlagsChoice, readonly runtimes: readonly RuntimeEnd[], readonly knowledge: Knowledge, readonly hosting: string }

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
  if (open.length > 0) found.push({ id: 'secret-in-public-variable', inputs: [`variables: ${open.join(', ')}`], values: { names: open.join(', ') } })
  return found
}

function choiceConflicts({ input, secrets, flags, knowledge }: Findings): FoundConflict[] {
  const fixed = [{ slot: 'secrets', choice: secrets }, { slot: 'flags', choice: flags }]
  const told: readonly RemovalRule[] = ['environment-limit', 'one-server-only']
  const broken = fixed.flatMap(({ slot, choice }): FoundConflict[] => {
    const rule = choice.rule === 'pinned' || choice.rule === 'house-requires' ? choice.rejected.find(({ id }) => id === choice.id)?.rule : undefined
    return rule === undefined || told.includes(rule) ? [] : [{ id: 'fixed-choice-fails-filter', inputs: [`${choice.rule === 'pinned' ? 'decisions' : 'houseRules.require'}.${slot}: ${choice.id}`], values: { slot, id: choice.id, rule } }]
  })
  const validation = input.decisions?.validation
  if (validation !== undefined && knowledge['config-validators'][validation] === undefined) broken.push({ id: 'fixed-choice-fails-filter', inputs: [`decisions.validation: ${validation}`], values: { slot: 'validation', id: validation, rule: 'unknown-sheet' } })
  const forbidden = (input.houseRules?.forbid ?? []).map(({ id }) => id)
  const clash = (input.houseRules?.require ?? []).map(({ id }) => id).filter((id) => forbidden.includes(id))
  return clash.length === 0 ? broken : [...broken, { id: 'house-rules-clash', inputs: ['houseRules.require', 'houseRules.forbid'], values: { ids: clash.join(', ') } }]
}

/** Contradictions of the input and the plan, those about data first. */
export function findConflicts(findings: Findings): FoundConflict[] {
  const { given, input, decision, runtimes, knowledge, hosting } = findings
  const found = [...dataConflicts(findings), ...secretConflicts(findings), ...choiceConflicts(findings), ...flagConflicts(findings)]
  if (isTinyDespiteStage(given)) found.push({ id: 'small-product-large-label', inputs: [`stage: ${given.stage}`, `developers: ${given.developers}`, `monthlyActiveUsers: ${given.monthlyActiveUsers}`], values: { stage: given.stage ?? '' } })
  if (needsSecondPerson(input) && given.developers === 1) found.push({ id: 'approval-with-one-person', inputs: [`compliance: ${listed(input.compliance)}`, 'developers: 1'], values: {} })
  for (const { id, cycle, until, daysLeft, advised } of runtimes) if (daysLeft < 0) found.push({ id: 'runtime-ended', inputs: [`stack: ${id} ${cycle}`], values: { runtime: knowledge.runtimes[id]?.name ?? id, cycle, until, advised } })
  if (!decision.environments.some(({ name }) => name === 'production')) found.push({ id: 'no-production-planned', inputs: ['environments'], values: {} })
  if (knowledge['hosting-platforms'][hosting] === undefined) found.push({ id: 'unknown-hosting', inputs: [`hosting: ${hosting}`], values: { known: Object.keys(knowledge['hosting-platforms']).filter((id) => id !== 'undecided').join(', ') } })
  return found
}
