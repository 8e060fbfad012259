import { withDefaults } from '../../core/defaults.ts'
import type { Usage } from '../../core/price.ts'
import type { Assumption } from '../../core/result.ts'
import { hostingId, readStack } from '../../core/stack.ts'
import { table } from '../../core/table.ts'
import { namesServer, partnersArePeople } from '../../core/token-check.ts'
import { asWord } from '../../core/words.ts'
import type { SignInClass } from '../../knowledge/collections/identity-providers.ts'
import type { Knowledge, SheetOf } from '../../knowledge/collections.ts'
import { reads, type Input } from './input.ts'
import { signInTool } from './tool-names.ts'

export type Regime = SheetOf<'compliance'>

/** The profile as this decision sees it: filled, classified and counted. Built once a run; holds no sentence. */
export interface Situation {
  readonly input: Input
  readonly given: Input
  readonly assumptions: readonly Assumption[]
  readonly main: SignInClass
  /** Everyone who signs in, as classes, `main` first. */
  readonly classes: readonly SignInClass[]
  /** Stack ids, hosting, tools, client kinds and the words as written: what a sheet's `requires` is matched with. */
  readonly words: ReadonlySet<string>
  /** Directories and sign-in products among what the company runs, in the order given. */
  readonly signInTools: readonly string[]
  readonly languageKnown: boolean
  /** The server is written in something other than JavaScript or TypeScript, as far as the stack says. */
  readonly otherServer: boolean
  readonly regimes: readonly Regime[]
  /** Patient, card or otherwise regulated data. */
  readonly regulated: boolean
  readonly needs: { readonly sso: boolean, readonly scim: boolean, readonly organizations: boolean, readonly baa: boolean, readonly mobile: boolean, readonly redistributable: boolean }
  readonly mustSelfRun: boolean
  readonly usage: Usage
}

const classOf: Readonly<Record<NonNullable<Input['signInBy']>[number], SignInClass>> = {
  nobody: 'none', staff: 'workforce', consumers: 'consumer', 'business-users': 'business', partners: 'partner', machines: 'machine', devices: 'device', agents: 'agent',
}

/** Who shapes the choice first when several kinds sign in. */
const weight: readonly SignInClass[] = ['business', 'game', 'consumer', 'workforce', 'partner', 'machine', 'agent', 'device', 'none']
/** In an API product the callers outside come before the people who run it. */
const apiWeight: readonly SignInClass[] = [...weight.filter((one) => one !== 'workforce' && one !== 'none'), 'workforce', 'none']
const family: Readonly<Record<string, readonly string[]>> = table({ 'aws-ecs': ['aws'], 'aws-lambda': ['aws'], 'aws-kubernetes': ['aws', 'kubernetes'], gke: ['gcp', 'kubernetes'], firebase: ['gcp'], 'hetzner-kubernetes': ['kubernetes'], openshift: ['kubernetes'] })
const rank = ['none', 'low', 'medium', 'high']

/** True when the team can run a server that guards the door: patched every few weeks, backed up, watched. Shared web hosting runs none. */
export const canRunServers = (situation: Situation): boolean => rank.indexOf(situation.input.opsCapacity ?? 'low') >= 2 && hostingId(situation.input.hosting) !== 'shared-hosting'

/** Assumed fields worth a reader's time: another value would change the provider or the protections. */
const weighty = new Set(['projectType', 'stage', 'signInBy', 'opsCapacity', 'monthlyActiveUsers', 'clients', 'hosting'])

/** Assumptions about people, idle where only programs call. */
const ofPeople = new Set(['monthlyActiveUsers', 'opsCapacity', 'clients'])

const nodeServers = new Set(['nextjs', 'remix', 'sveltekit', 'astro', 'express', 'fastify', 'nestjs', 'hono'])
const otherServers = new Set(['python', 'go', 'java', 'kotlin', 'csharp', 'ruby', 'php', 'rust'])

/** Users for each organization when nobody counted the organizations. */
const usersEach = 20

export function readSituation(given: Input, knowledge: Knowledge): Situation {
  const { filled: input, assumptions } = withDefaults(given, reads)
  const guests = partnersArePeople(input)
  const found = new Set<SignInClass>((input.signInBy ?? []).map((who) => (who === 'consumers' && input.projectType === 'game' ? 'game' : who === 'partners' && guests ? 'consumer' : classOf[who])))
  if (found.size > 1) found.delete('none')
  const sso = input.needsSso === true || (input.ssoConnections ?? 0) > 0
  // Sellers beside shoppers are people too: companies count as such once there is a sign of companies.
  const companies = sso || input.needsScim === true || input.projectType === 'b2b-saas' || input.tenancy === 'multi' || (input.organizations ?? 0) > 0
  if (found.has('consumer') && !companies) found.delete('business')
  const classes = (input.projectType === 'api' ? apiWeight : weight).filter((one) => found.has(one))
  const main = classes[0] ?? 'none'
  const hosting = hostingId(input.hosting)
  const plain = [...(input.stack ?? []), ...(input.existing ?? [])].map(asWord)
  const signInTools = (input.existing ?? []).flatMap((text) => signInTool(text, knowledge) ?? [])
  const redistributable = input.distributedToCustomers === true || input.projectType === 'self-hosted-product'
  const stack = readStack(input)
  const words = new Set([...stack.ids, ...plain, ...signInTools, hosting, ...(family[hosting] ?? []), input.projectType ?? '', ...(input.clients ?? []), ...(redistributable ? ['distributed'] : [])])
  const regimes = (input.compliance ?? []).flatMap((id) => knowledge.compliance[id] ?? [])
  const mau = input.monthlyActiveUsers ?? 0
  const connections = sso ? Math.max(1, input.ssoConnections ?? 1) : 0
  const organizations = main === 'business' ? (input.organizations ?? Math.max(connections, Math.ceil(mau / usersEach))) : 0
  const people = classes.some((one) => ['business', 'consumer', 'workforce', 'game'].includes(one))
  const counted = main === 'business' && input.organizations === undefined ? [{ field: 'organizations', assumed: String(organizations), changes: 'which plan is needed and what it costs' }] : []
  return {
    input, given, signInTools, main, classes: main === 'none' ? ['none'] : classes, words, languageKnown: stack.languages.length > 0 && namesServer(stack),
    otherServer: stack.languages.some((id) => otherServers.has(id)) && !stack.frameworks.some((id) => nodeServers.has(id)), regimes,
    assumptions: [...assumptions.filter(({ field }) => weighty.has(field) && (people || !ofPeople.has(field))), ...counted, ...(guests ? [{ field: 'signInBy', assumed: 'partners are people with accounts', changes: 'add machines where their programs call too: those get client credentials' }] : [])],
    regulated: regimes.some((regime) => ['hipaa', 'pci-dss', 'psd2', 'fedramp', 'fisma'].includes(regime.id)) || (input.dataClasses ?? []).some((kind) => kind === 'phi' || kind === 'cardholder'),
    needs: {
      sso, scim: input.needsScim === true, redistributable,
      organizations: main === 'business' && input.tenancy === 'multi' && !redistributable,
      baa: regimes.some((regime) => regime.facts.needsBaa.value === true),
      mobile: (input.clients ?? []).some((client) => client === 'ios' || client === 'android'),
    },
    mustSelfRun: input.airGapped === true || input.selfHost === 'required' || redistributable,
    // Nobody can be active daily without being active in the month: an upper bound, used for the limits of plans counted in DAU.
    usage: { mau, mru: mau, dau: mau, ssoConnections: connections, scimConnections: input.needsScim === true ? Math.max(1, connections) : 0, organizations, m2mTokens: 0 },
  }
}
