import { isCustomerHosted } from '../../core/environments.ts'
import { hostingId } from '../../core/hosting.ts'
import { serverLanguages } from '../../core/service-language.ts'
import { readStack } from '../../core/stack.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { isDead, isForbidden, removalRule, runningIds, storesWithoutSheet } from './candidates.ts'
import { deployedNames } from './environments.ts'
import { chooseFlags, flagRemoval, flagUsage } from './flags.ts'
import { listed, type Findings, type FoundConflict } from './found.ts'
import type { Input } from './input.ts'
import { fewFlags, manyClientUsers, type RemovalRule } from './rules.ts'
import { chooseSecrets, needsAudit } from './secrets.ts'
import { chooseValidation, serviceLanguage } from './validation.ts'
import { isClientOnly, looksSecret, publicPrefix } from './variables.ts'

export function flagConflicts({ given, input, decision, flags, knowledge }: Findings): FoundConflict[] {
  const sheet = knowledge['flag-services'][flags.id]
  const deployed = deployedNames(decision.environments).length
  const most = sheet?.facts.maxEnvironments.value ?? null
  // Assumed users are no reason to warn.
  const users = flagUsage(sheet, { ...input, monthlyActiveUsers: given.monthlyActiveUsers }, deployed).clientMau ?? 0
  const perClient = sheet?.price?.plans.some((plan) => plan.meters.some((meter) => meter.meter === 'clientMau')) === true
  const isService = sheet?.facts.hosting.value === 'hosted' || sheet?.facts.hosting.value === 'self-hosted'
  const found: FoundConflict[] = []
  if (most !== null && deployed > most) found.push({ id: 'flag-environment-limit', inputs: [`flags: ${flags.id}`, `environments: ${deployedNames(decision.environments).join(', ')}`], values: { service: flags.id, most, deployed } })
  if (perClient && users >= manyClientUsers) found.push({ id: 'flag-price-grows-with-users', inputs: [`flags: ${flags.id}`, `monthlyActiveUsers: ${users}`], values: { service: flags.id, users } })
  if (isService && input.flagCount !== undefined && input.flagCount <= fewFlags && input.needsTargeting !== true && input.needsExperiments !== true) found.push({ id: 'flag-service-for-few-flags', inputs: [`flags: ${flags.id}`, `flagCount: ${input.flagCount}`], values: { service: flags.id, count: input.flagCount } })
  if (sheet?.facts.hosting.value === 'hosted' && input.dataClasses?.includes('minors') === true && input.compliance?.includes('coppa') !== true) found.push({ id: 'children-in-flag-service', inputs: ['dataClasses: minors', `flags: ${flags.id}`], values: { service: sheet.name } })
  if (flags.rule === 'pinned' && flags.id === 'none' && (input.flagCount ?? 0) > 0) found.push({ id: 'flags-wanted-and-none', inputs: ['decisions.flags: none', `flagCount: ${input.flagCount}`], values: { count: input.flagCount ?? 0 } })
  if (flags.rule === 'nothing-else-left') {
    const wish = input.needsExperiments === true ? 'needsExperiments: true' : 'needsTargeting: true'
    const reasons = flags.rejected.flatMap(({ rule }) => ruledBy(rule, input)).filter((reason) => reason !== wish)
    found.push({ id: 'no-flag-service-passes', inputs: [wish, ...[...new Set(reasons)].slice(0, 3)], values: { measured: input.needsExperiments === true ? 1 : 0, table: flags.id === 'none' ? 0 : 1 } })
  }
  return found
}

/** Words of values that are no publishable key: passwords, and keys of services that bill whoever holds them. */
const neverPublic = /(SECRET|PASSWORD|PRIVATE|SERVICE_ROLE|ADMIN_KEY|ADMIN_API_KEY|DATABASE_URL|(OPENAI|ANTHROPIC|CLAUDE|GEMINI|MISTRAL|GROQ|COHERE|REPLICATE|HUGGINGFACE|SENDGRID|RESEND|POSTMARK|MAILGUN|TWILIO|GITHUB|SLACK|AWS_ACCESS)_?[A-Z_]*(KEY|TOKEN))/

export function secretConflicts({ input, decision, secrets, knowledge }: Findings): FoundConflict[] {
  const sheet = knowledge['secrets-stores'][secrets.id]
  const servers = input.serverCount ?? 1
  const found: FoundConflict[] = []
  if (sheet?.facts.reachesManyServers.value === false && servers > 1 && !isCustomerHosted(input)) found.push({ id: 'secret-files-on-many-servers', inputs: [`secrets: ${secrets.id}`, `serverCount: ${servers}`], values: { store: secrets.id, servers } })
  if (sheet?.facts.accessAudit.value === false && secrets.id !== 'none' && needsAudit(input) && !isCustomerHosted(input)) found.push({ id: 'secrets-without-audit', inputs: [`secrets: ${secrets.id}`, `compliance: ${listed(input.compliance)}`], values: { store: secrets.id } })
  const unread = storesWithoutSheet(input.existing)
  const chosen = secrets.rule !== 'pinned' && secrets.rule !== 'house-requires' && secrets.rule !== 'already-run' && secrets.id !== 'none' && !isCustomerHosted(input)
  if (chosen && unread.length > 0) found.push({ id: 'existing-store-without-sheet', inputs: [`existing: ${unread.join(', ')}`], values: { names: unread.join(', '), store: sheet?.name ?? secrets.id } })
  if (input.compliance?.includes('fips-140') === true && secrets.id !== 'none') found.push({ id: 'validated-cryptography-unconfirmed', inputs: ['compliance: fips-140', `secrets: ${secrets.id}`], values: { store: sheet?.name ?? secrets.id } })
  const names = [...decision.variables.map(({ name }) => name), ...(input.variables ?? [])]
  const open = [...new Set(names.filter((name) => publicPrefix.test(name) && neverPublic.test(name)))]
  // Without a server every value ships to the phone, and what ships can be read.
  const shipped = serviceLanguage(input) === null && isClientOnly(input) ? [...new Set((input.variables ?? []).filter((name) => looksSecret(name) && !publicPrefix.test(name)))] : []
  if (shipped.length > 0) found.push({ id: 'client-holds-secret', inputs: [`variables: ${shipped.join(', ')}`, `clients: ${listed(input.clients)}`], values: { names: shipped.join(', ') } })
  if (open.length > 0) found.push({ id: 'secret-in-public-variable', inputs: [`variables: ${open.join(', ')}`], values: { names: open.join(', ') } })
  return found
}

/** Fields with values that a filter is about. */
export function ruledBy(rule: RemovalRule, input: Input): string[] {
  const compliance = [`compliance: ${listed(input.compliance) || 'none'}`]
  const fields: Partial<Record<RemovalRule, readonly string[]>> = {
    'air-gap': ['airGapped: true'], 'not-redistributable': ['distributedToCustomers: true'], 'ops-capacity': [`opsCapacity: ${input.opsCapacity}`], 'self-host-required': ['selfHost: required'],
    'us-operator': ['noUsSubprocessors: true'], 'operator-unknown': ['noUsSubprocessors: true'], 'subprocessors-unknown': ['noUsSubprocessors: true'], 'outside-authorized-boundary': compliance, 'attestation-unknown': compliance, 'no-baa': compliance, 'no-audit': compliance, 'sees-children': compliance,
    'other-region': [`dataResidency: ${listed(input.dataResidency)}`], 'region-unknown': [`dataResidency: ${listed(input.dataResidency)}`], 'other-platform': [`hosting: ${hostingId(input.hosting)}`], 'other-stack': [`stack: ${listed(input.stack)}`], 'other-language': [`stack: ${listed(input.stack)}`],
    'over-budget': [`budgetUsdPerMonth: ${input.budgetUsdPerMonth}`], 'budget-share': [`budgetUsdPerMonth: ${input.budgetUsdPerMonth}`], 'price-unknown': [`budgetUsdPerMonth: ${input.budgetUsdPerMonth}`],
    'no-targeting': ['needsTargeting: true'], 'no-experiments': ['needsExperiments: true'], 'no-place-to-run': [`hosting: ${hostingId(input.hosting)}`], 'one-server-only': [`serverCount: ${input.serverCount ?? 1}`],
  }
  return [...(fields[rule] ?? [])]
}

/** Filters that a tool must not fail merely because it is there already. */
const grave: readonly RemovalRule[] = ['air-gap', 'not-redistributable', 'self-host-required', 'us-operator', 'subprocessors-unknown', 'outside-authorized-boundary', 'no-baa', 'sees-children']

export function existingConflicts({ input, decision, knowledge, asOf }: Findings): FoundConflict[] {
  const deployed = deployedNames(decision.environments).length
  return runningIds(input.existing).flatMap((id): FoundConflict[] => {
    const store = knowledge['secrets-stores'][id]
    const flags = knowledge['flag-services'][id]
    const sheet = store ?? flags
    if (sheet === undefined || id === 'none') return []
    const { until, replacedBy } = sheet.lifecycle
    if (isDead(sheet, asOf)) return [{ id: 'existing-tool-ended', inputs: [`existing: ${id}`], values: { name: sheet.name, until: until ?? '', next: replacedBy !== undefined && [decision.secrets, decision.flags].includes(replacedBy) ? replacedBy : store === undefined ? decision.flags : decision.secrets } }]
    const rule = store !== undefined ? removalRule(store, input, asOf) : flags === undefined ? undefined : flagRemoval(flags, input, deployed, asOf)
    const passedOver = flags !== undefined && decision.flags !== id && ['hosted', 'cloud-service', 'self-hosted'].includes(knowledge['flag-services'][decision.flags]?.facts.hosting.value ?? '')
    return rule === undefined || !(grave.includes(rule) || passedOver) ? [] : [{ id: 'existing-tool-fails-filter', inputs: [`existing: ${id}`, ...ruledBy(rule, input)], values: { name: sheet.name, rule } }]
  })
}

/** What would be chosen for a slot if nobody had fixed it. */
function withoutPin(slot: string, { input, decision, knowledge, asOf }: Findings): string {
  const free: Input = { ...input, decisions: { ...input.decisions, secrets: undefined, flags: undefined }, houseRules: { ...input.houseRules, require: [] } }
  const deployed = deployedNames(decision.environments).length
  return slot === 'secrets' ? chooseSecrets(free, knowledge, deployed, asOf).id : chooseFlags(free, knowledge, deployed, asOf).id
}

/** Why a pinned validation cannot do its work here. */
function unfitValidation(id: string, input: Input, knowledge: Knowledge): RemovalRule | undefined {
  const sheet = knowledge['config-validators'][id]
  if (sheet === undefined) return 'unknown-sheet'
  const spoken = [serviceLanguage(input) ?? [], serverLanguages(readStack(input))].flat()
  if (spoken.length > 0 && sheet.facts.languages.value?.some((language) => spoken.includes(language)) === false) return 'other-language'
  return isForbidden(id, input) ? 'house-forbids' : undefined
}

export function choiceConflicts(findings: Findings): FoundConflict[] {
  const { input, secrets, flags, knowledge } = findings
  const fixed = [{ slot: 'secrets', choice: secrets }, { slot: 'flags', choice: flags }]
  const told: readonly RemovalRule[] = ['environment-limit', 'one-server-only']
  const broken = fixed.flatMap(({ slot, choice }): FoundConflict[] => {
    const rule = choice.rule === 'pinned' || choice.rule === 'house-requires' ? choice.rejected.find(({ id }) => id === choice.id)?.rule : undefined
    return rule === undefined || told.includes(rule) ? [] : [{ id: 'fixed-choice-fails-filter', inputs: [`${choice.rule === 'pinned' ? 'decisions' : 'houseRules.require'}.${slot}: ${choice.id}`, ...ruledBy(rule, input)], values: { slot, id: choice.id, rule, instead: withoutPin(slot, findings) } }]
  })
  const validation = input.decisions?.validation
  const unfit = validation === undefined || validation === 'none' ? undefined : unfitValidation(validation, input, knowledge)
  if (unfit !== undefined) broken.push({ id: 'fixed-choice-fails-filter', inputs: [`decisions.validation: ${validation}`, ...ruledBy(unfit, input)], values: { slot: 'validation', id: validation ?? '', rule: unfit, instead: chooseValidation({ ...input, decisions: {} }, knowledge).id } })
  const forbidden = (input.houseRules?.forbid ?? []).map(({ id }) => id)
  const clash = (input.houseRules?.require ?? []).map(({ id }) => id).filter((id) => forbidden.includes(id))
  return clash.length === 0 ? broken : [...broken, { id: 'house-rules-clash', inputs: [`houseRules.require: ${clash.join(', ')}`, `houseRules.forbid: ${clash.join(', ')}`], values: { ids: clash.join(', ') } }]
}
