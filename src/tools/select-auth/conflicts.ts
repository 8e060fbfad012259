import { hostingId, isHostedFromUs } from '../../core/hosting.ts'
import { plain } from '../../core/markdown.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import type { Choice } from './choose.ts'
import type { Input } from './input.ts'
import { cheapestOf, nextConnectionUsd, pricedPick } from './next-price.ts'
import { alreadyThere, coveredByCloud } from './reuse.ts'
import { runsServer, selfRun, type Provider, type RuleId } from './rules.ts'
import { canRunServers, type Situation } from './situation.ts'

export const conflictIds = [
  'none-left', 'pinned-end-of-life', 'pinned-against-rule', 'required-against-rule', 'existing-ruled-out', 'early-stage-with-regulated-data', 'free-with-sso', 'free-with-baa', 'self-run-without-ops', 'region-or-owner',
  'stage-above-scale', 'password-rotation', 'fips-with-argon2', 'air-gap-with-hosted-directory', 'air-gap-with-hosted-platform', 'us-hosting-without-us', 'nobody-and-somebody', 'consumers-with-sso', 'machines-with-sso', 'over-budget', 'over-budget-as-listed', 'pinned-other-cloud', 'deprecated-in-stack',
] as const
export type ConflictId = (typeof conflictIds)[number]

/** A conflict that holds. `inputs` are fields with the values they have; the rest is what its sentence is made of: names of products, a rule, dollars a month. */
export interface Found {
  readonly id: ConflictId
  readonly inputs: readonly string[]
  readonly about?: string | undefined
  readonly instead?: string | undefined
  readonly rule?: RuleId | undefined
  readonly usd?: number | undefined
  readonly count?: number | undefined
}

/** Platforms reachable over the internet alone. */
const hostedOnly = ['vercel', 'netlify', 'render', 'railway', 'fly', 'firebase', 'cloudflare-workers']
const clouds = ['aws', 'gcp', 'azure']
const deadWords = ['nextauth', 'next-auth', 'authjs', 'auth.js', 'lucia', 'azure-ad-b2c']
const unmanned = ['none', 'machine', 'partner', 'device', 'agent']

const shown = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : value === null || value === undefined ? 'not stated' : String(value))

/** Contradictory or jointly costly inputs, in the order they should be settled. */
export function conflictsOf(situation: Situation, choice: Choice, primary: Provider | undefined, knowledge: Knowledge): Found[] {
  const { input, given, needs, regimes, words } = situation
  const hosting = hostingId(input.hosting)
  const picked = choice.kind === 'picked' ? choice : undefined
  const free = input.budgetUsdPerMonth === 0
  const named = (...fields: (keyof Input)[]): string[] => fields.filter((field) => input[field] !== undefined).map((field) => `${field}: ${shown(input[field])}`)
  /** Only what somebody said, and said with weight: an empty list or `false` does not conflict. */
  const told = (...fields: (keyof Input)[]): string[] => named(...fields.filter((field) => given[field] !== undefined && given[field] !== false && shown(given[field]) !== '' && given[field] !== 'no'))
  const found: Found[] = []
  const when = (holds: boolean, one: () => Found): void => { if (holds) found.push(one()) }

  when(picked === undefined, () => ({ id: 'none-left', inputs: [...told('compliance', 'dataResidency', 'noUsSubprocessors', 'selfHost', 'airGapped'), ...named('opsCapacity')] }))
  const ended = primary !== undefined && primary.lifecycle.status !== 'active'
  const pin = picked?.by === 'pin' ? `decisions.auth: ${primary?.id}` : `houseRules.require: ${primary?.id}`
  when(ended, () => ({ id: 'pinned-end-of-life', inputs: [pin], about: primary?.name, instead: knowledge['identity-providers'][primary?.lifecycle.replacedBy ?? '']?.name, rule: picked?.against }))
  when(!ended && picked?.by === 'pin' && picked.against !== undefined, () => ({ id: 'pinned-against-rule', inputs: [pin], rule: picked?.against }))
  when(!ended && picked?.by === 'house-rule' && picked.against !== undefined, () => ({ id: 'required-against-rule', inputs: [pin], rule: picked?.against }))
  const lost = choice.removed.flatMap(({ id, rule }) => {
    const sheet = knowledge['identity-providers'][id]
    if (sheet === undefined || sheet.lifecycle.status !== 'active' || !(input.existing ?? []).includes(id)) return []
    const outside = input.airGapped === true && ['hosted', 'cloud-service'].includes(sheet.facts.hosting.value ?? '')
    if (!outside && (!alreadyThere(sheet, situation) || ['serves-another-class', 'house-rule-forbids', 'house-rule-requires-another'].includes(rule))) return []
    return [{ id, rule: outside ? 'not-self-hostable' as const : rule }]
  })[0]
  when(lost !== undefined, () => ({ id: 'existing-ruled-out', inputs: [`existing: ${lost?.id}`], about: knowledge['identity-providers'][lost?.id ?? '']?.name, rule: lost?.rule }))
  when((input.stage === 'poc' || input.stage === 'mvp') && situation.regulated, () => ({ id: 'early-stage-with-regulated-data', inputs: [...named('stage'), ...told('compliance', 'dataClasses')] }))
  when(free && needs.sso, () => ({ id: 'free-with-sso', inputs: [...named('budgetUsdPerMonth'), ...told('needsSso', 'ssoConnections', 'needsScim')], about: primary?.name, count: situation.usage.ssoConnections, usd: primary === undefined ? undefined : nextConnectionUsd(primary, situation) }))
  when(free && needs.baa, () => ({ id: 'free-with-baa', inputs: named('budgetUsdPerMonth', 'compliance'), ...pricedPick(choice, situation, knowledge) }))
  when(situation.mustSelfRun && !canRunServers(situation) && !needs.redistributable, () => ({ id: 'self-run-without-ops', inputs: [...told('selfHost', 'airGapped', 'noUsSubprocessors', 'dataResidency', 'compliance'), ...named('opsCapacity')], about: primary !== undefined && runsServer(primary, situation) ? primary.name : undefined }))
  const vendor = primary !== undefined && !selfRun(primary, situation) && primary.facts.operatorCountry.value === 'us'
  const regionAsked = (input.dataResidency ?? []).some((place) => place !== 'us')
  const openOwner = given.noUsSubprocessors === undefined
  when(openOwner && (vendor ? regionAsked || regimes.some((one) => one.facts.asksResidency.value === true) : regionAsked && primary?.id !== 'none' && isHostedFromUs(input.hosting)), () => ({
    id: 'region-or-owner', inputs: [...told('dataResidency', ...(regionAsked ? [] : ['compliance'] as const)), vendor ? `operator of ${primary?.id}: us` : `hosting: ${input.hosting}`], about: vendor ? primary?.name : plain(input.hosting ?? hosting),
  }))
  const few = given.developers !== undefined && (given.developers <= 1 || (given.developers <= 2 && (given.budgetUsdPerMonth ?? Infinity) < 100))
  when((input.stage === 'production' || input.stage === 'enterprise') && few && given.monthlyActiveUsers !== undefined && given.monthlyActiveUsers < 1000 && situation.main !== 'none', () => ({ id: 'stage-above-scale', inputs: named('stage', 'developers', 'monthlyActiveUsers') }))
  when(regimes.some(({ id }) => id === 'pci-dss') && !unmanned.includes(situation.main), () => ({ id: 'password-rotation', inputs: named('compliance') }))
  when(regimes.some(({ id }) => id === 'fips-140') && ['consumer', 'business'].includes(situation.main), () => ({ id: 'fips-with-argon2', inputs: named('compliance') }))
  when(input.airGapped === true && (words.has('google-workspace') || words.has('okta')), () => ({ id: 'air-gap-with-hosted-directory', inputs: named('airGapped', 'existing') }))
  when(input.airGapped === true && hostedOnly.includes(hosting), () => ({ id: 'air-gap-with-hosted-platform', inputs: ['airGapped: true', `hosting: ${hosting}`] }))
  when(input.noUsSubprocessors === true && isHostedFromUs(input.hosting), () => ({ id: 'us-hosting-without-us', inputs: ['noUsSubprocessors: true', `hosting: ${input.hosting}`] }))
  when((input.signInBy ?? []).includes('nobody') && (input.signInBy ?? []).length > 1, () => ({ id: 'nobody-and-somebody', inputs: named('signInBy') }))
  const wantsDirectory = needs.sso || needs.scim
  when(wantsDirectory && (situation.main === 'consumer' || situation.main === 'game') && !(input.signInBy ?? []).includes('business-users'), () => ({ id: 'consumers-with-sso', inputs: [...named('signInBy'), ...told('needsSso', 'ssoConnections', 'needsScim')] }))
  when(wantsDirectory && unmanned.includes(situation.main), () => ({ id: 'machines-with-sso', inputs: [...named('signInBy'), ...told('needsSso', 'ssoConnections', 'needsScim')] }))
  const cost = picked?.picked[0].usdPerMonth
  when(typeof input.budgetUsdPerMonth === 'number' && cost !== undefined && cost > input.budgetUsdPerMonth, () => ({ id: 'over-budget', inputs: named('budgetUsdPerMonth', 'monthlyActiveUsers', ...(needs.sso ? ['ssoConnections'] as const : [])), ...pricedPick(choice, situation, knowledge), instead: primary?.name }))
  // Only those without a list price are left in the budget.
  const dear = choice.removed.filter(({ rule }) => rule === 'over-budget')
  when(typeof input.budgetUsdPerMonth === 'number' && picked !== undefined && picked.by === 'score' && cost === undefined && dear.length > 0 && primary !== undefined && !coveredByCloud(primary, situation), () => ({
    id: 'over-budget-as-listed', inputs: named('budgetUsdPerMonth', 'monthlyActiveUsers', ...(needs.sso ? ['ssoConnections'] as const : [])), instead: primary?.name, ...cheapestOf(dear, situation, knowledge),
  }))
  const own = clouds.filter((cloud) => primary?.facts.hosting.value === 'cloud-service' && primary.facts.platforms.value?.includes(cloud))
  const foreign = picked?.by === 'pin' && own.length > 0 && clouds.some((cloud) => words.has(cloud)) && own.every((cloud) => !words.has(cloud))
  when(foreign, () => ({ id: 'pinned-other-cloud', inputs: [pin, `hosting: ${hosting}`], about: primary?.name }))
  const dead = deadWords.find((word) => words.has(word))
  when(dead !== undefined && !ended, () => ({ id: 'deprecated-in-stack', inputs: [`${(input.existing ?? []).includes(dead ?? '') ? 'existing' : 'stack'}: ${dead}`], about: dead }))
  return found
}

/** True when the choice brings a server to patch. */
export const bringsServer = (primary: Provider | undefined, situation: Situation): boolean => primary !== undefined && runsServer(primary, situation)
