import type { Profile, ProfileField } from './profile.ts'
import type { Assumption } from './result.ts'

const signInByType: Readonly<Record<string, Profile['signInBy']>> = {
  'web-app': ['consumers'], 'b2b-saas': ['business-users'], api: ['machines'], 'mobile-app': ['consumers'], 'internal-tool': ['staff'], marketplace: ['consumers'],
  'ai-product': ['consumers'], iot: ['consumers', 'devices'], 'data-platform': ['business-users'], 'self-hosted-product': ['business-users'], 'content-site': ['nobody'],
  cli: ['nobody'], game: ['consumers'], library: ['nobody'], other: ['consumers'],
}
/** Programs in use whose only work is accounts of people: where one is there, somebody signs in, whatever the kind of project. */
const accountsOf: Readonly<Record<string, NonNullable<Profile['signInBy']>>> = {
  clerk: ['consumers'], auth0: ['consumers'], 'better-auth': ['consumers'], nextauth: ['consumers'], lucia: ['consumers'], cognito: ['consumers'], 'firebase-auth': ['consumers'], 'supabase-auth': ['consumers'], kinde: ['consumers'], logto: ['consumers'],
  descope: ['consumers'], fusionauth: ['consumers'], stytch: ['consumers'], workos: ['business-users'], propelauth: ['business-users'], scalekit: ['business-users'],
}
const withoutPeople: ReadonlySet<string> = new Set(['machines', 'nobody'])

function signInOf({ projectType = 'web-app', existing = [] }: Profile): Profile['signInBy'] {
  const usual = signInByType[projectType]
  return usual?.every((who) => withoutPeople.has(who)) === true ? (existing.map((id) => accountsOf[id.toLowerCase()]).find((who) => who !== undefined) ?? usual) : usual
}

const usersByStage: Readonly<Record<string, number>> = { poc: 50, mvp: 500, early: 1000, growth: 10_000, production: 100_000, enterprise: 100_000 }

/** Users of what only colleagues, machines and devices sign in to. */
const staffUsers = 300
const areInsiders = ({ signInBy }: Profile): boolean => signInBy !== undefined && signInBy.length > 0 && signInBy.every((who) => who === 'staff' || who === 'machines' || who === 'devices') && signInBy.includes('staff')

/** How a missing field is filled, and what another answer would change. Later entries may read fields filled before them. */
const defaults: readonly { readonly field: ProfileField, readonly value: (profile: Profile) => unknown, readonly changes: string }[] = [
  { field: 'projectType', value: () => 'web-app', changes: 'who signs in and which controls apply' },
  { field: 'stage', value: () => 'mvp', changes: 'how much is built now and what waits' },
  { field: 'signInBy', value: signInOf, changes: 'the class of sign-in, and with it the provider' },
  { field: 'developers', value: (profile) => (profile.stage === 'enterprise' || profile.stage === 'production' ? 10 : profile.stage === 'growth' ? 5 : 2), changes: 'reviews, branch strategy and what the team can run itself' },
  { field: 'opsCapacity', value: (profile) => ((profile.developers ?? 2) >= 20 ? 'medium' : 'low'), changes: 'whether self-hosted software is an option' },
  { field: 'monthlyActiveUsers', value: (profile) => Math.min(usersByStage[profile.stage ?? 'mvp'] ?? 0, areInsiders(profile) ? staffUsers : Infinity), changes: 'cost and which free tiers suffice' },
  { field: 'services', value: () => 1, changes: 'tracing and promotion' },
  { field: 'clients', value: (profile) => (profile.projectType === 'mobile-app' ? ['ios', 'android'] : profile.projectType === 'api' && profile.signInBy?.every((who) => withoutPeople.has(who)) !== false ? ['machine'] : ['web']), changes: 'token flow and controls' },
  { field: 'tenancy', value: (profile) => (profile.projectType === 'b2b-saas' ? 'multi' : 'single'), changes: 'tenant isolation controls' },
  { field: 'compliance', value: () => [], changes: 'filters on every processor and added controls' },
  { field: 'dataClasses', value: (profile) => [...(profile.compliance?.includes('hipaa') ? ['phi'] : []), ...(profile.compliance?.includes('pci-dss') ? ['cardholder'] : []), ...(profile.signInBy?.every((who) => who === 'nobody' || who === 'machines') ? [] : ['pii'])], changes: 'masking, retention and which vendors may see data' },
  { field: 'dataResidency', value: () => [], changes: 'which vendors and regions are allowed' },
  { field: 'selfHost', value: () => 'no', changes: 'hosted against self-hosted products' },
  { field: 'hosting', value: () => 'undecided', changes: 'built-in logs, secrets and the deploy step' },
  { field: 'budgetUsdPerMonth', value: () => null, changes: 'which paid plans are within reach' },
  { field: 'releaseCadence', value: () => 'on-merge', changes: 'branch strategy and promotion' },
  { field: 'repositoryVisibility', value: () => 'private', changes: 'how fork pull requests and secrets are treated' },
]

/**
 * Fills the fields in `fields` that nobody gave, and says so. Fields derived from another (who signs in, from the project type)
 * use the filled value. Fields without a default stay undefined. Order of assumptions follows `defaults`.
 */
export function withDefaults<Input extends Profile>(profile: Input, fields: readonly ProfileField[]): { readonly filled: Input & Profile, readonly assumptions: Assumption[] } {
  const filled: Record<string, unknown> = { ...profile }
  const assumptions: Assumption[] = []
  for (const { field, value, changes } of defaults) {
    if (filled[field] !== undefined) continue
    const assumed = value(filled as Profile)
    filled[field] = assumed
    if (fields.includes(field)) assumptions.push({ field, assumed: Array.isArray(assumed) ? assumed.join(', ') || 'none' : assumed === null ? 'none stated' : String(assumed), changes })
  }
  return { filled: filled as Input & Profile, assumptions }
}
