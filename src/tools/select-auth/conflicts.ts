import { hostingId } from '../../core/stack.ts'
import type { Choice } from './choose.ts'
import { runsServer, selfRun, type Provider } from './rules.ts'
import { canRunServers, type Situation } from './situation.ts'

export const conflictIds = [
  'none-left', 'pinned-against-rule', 'required-against-rule', 'early-stage-with-regulated-data', 'free-with-sso', 'free-with-baa', 'self-run-without-ops', 'region-or-owner', 'stage-above-scale',
  'password-rotation', 'air-gap-with-hosted-directory', 'air-gap-with-hosted-platform', 'nobody-and-somebody', 'over-budget', 'deprecated-in-stack',
] as const
export type ConflictId = (typeof conflictIds)[number]

/** Contradictory or jointly costly inputs, in the order they should be settled. */
export function conflictsOf(situation: Situation, choice: Choice, primary: Provider | undefined): ConflictId[] {
  const { input, given, needs, regimes, words } = situation
  const early = input.stage === 'poc' || input.stage === 'mvp'
  const free = input.budgetUsdPerMonth === 0
  const regime = (id: string) => regimes.some((one) => one.id === id)
  const vendor = primary !== undefined && !selfRun(primary, situation)
  const wants = (input.dataResidency ?? []).some((place) => place !== 'us') || regimes.some((one) => one.facts.asksResidency.value === true)
  const cost = choice.kind === 'picked' ? choice.picked[0].usdPerMonth : undefined
  const held: Readonly<Record<ConflictId, boolean>> = {
    'none-left': choice.kind === 'none-left',
    'pinned-against-rule': choice.kind === 'picked' && choice.by === 'pin' && choice.against !== undefined,
    'required-against-rule': choice.kind === 'picked' && choice.by === 'house-rule' && choice.against !== undefined,
    'early-stage-with-regulated-data': early && situation.regulated,
    'free-with-sso': free && needs.sso,
    'free-with-baa': free && needs.baa,
    'self-run-without-ops': situation.mustSelfRun && !canRunServers(situation) && !needs.redistributable,
    'region-or-owner': wants && given.noUsSubprocessors === undefined && vendor && primary.facts.operatorCountry.value === 'us',
    'stage-above-scale': (input.stage === 'production' || input.stage === 'enterprise') && given.developers !== undefined && given.developers <= 1 && given.monthlyActiveUsers !== undefined && given.monthlyActiveUsers < 1000,
    'password-rotation': regime('pci-dss') && !['none', 'machine', 'partner', 'device', 'agent'].includes(situation.main),
    'air-gap-with-hosted-directory': input.airGapped === true && (words.has('google-workspace') || words.has('okta')),
    'air-gap-with-hosted-platform': input.airGapped === true && ['vercel', 'netlify', 'render', 'railway', 'fly', 'firebase', 'cloudflare-workers'].includes(hostingId(input.hosting)),
    'nobody-and-somebody': (input.signInBy ?? []).includes('nobody') && (input.signInBy ?? []).length > 1,
    'over-budget': typeof input.budgetUsdPerMonth === 'number' && cost !== undefined && cost > input.budgetUsdPerMonth,
    'deprecated-in-stack': ['nextauth', 'next-auth', 'authjs', 'auth.js', 'lucia', 'azure-ad-b2c'].some((word) => words.has(word)),
  }
  return conflictIds.filter((id) => held[id])
}

/** True when the choice brings a server to patch. */
export const bringsServer = (primary: Provider | undefined, situation: Situation): boolean => primary !== undefined && runsServer(primary, situation)
