import { stageRank } from '../../core/profile.ts'
import { byText } from '../../core/order.ts'
import type { Predicate } from '../../knowledge/collections/controls.ts'
import type { Knowledge, SheetOf } from '../../knowledge/collections.ts'
import { machineFor } from './planes.ts'
import type { Situation } from './situation.ts'

export type Control = SheetOf<'controls'>
export type ServiceToken = 'none' | 'session-cookie' | 'jwt-jwks' | 'signed-proxy-header' | 'hashed-key-lookup' | 'mtls-certificate'

export interface ChosenControl {
  readonly id: string
  readonly asvs: readonly string[]
  readonly owasp2025: readonly string[]
  readonly api2023: readonly string[]
  readonly priority: 'must' | 'should' | 'conditional'
  readonly appliesTo: readonly Predicate[]
}

/** Predicates that mean nothing without accounts of people. */
const ofPeople: ReadonlySet<Predicate> = new Set(['accounts', 'own-sessions', 'cookies', 'passwords', 'redirect-sign-in'])

const people = ['consumer', 'business', 'workforce', 'game']

/** What is true of this system, in the words controls are selected by. */
export function predicatesOf(situation: Situation, token: ServiceToken): ReadonlySet<Predicate> {
  const { input, classes, words } = situation
  const library = input.projectType === 'library' || input.projectType === 'cli'
  const content = input.projectType === 'content-site' && classes[0] === 'none'
  const server = !library && !content
  const accounts = classes.some((one) => people.includes(one))
  const data = new Set(input.dataClasses ?? [])
  const feature = new Set(input.features ?? [])
  const client = new Set(input.clients ?? [])
  const machine = machineFor(situation)
  const agents = classes.includes('agent') || client.has('agent') || client.has('mcp')
  const llm = input.usesLlm === true || input.projectType === 'ai-product'
  const browser = !library && (client.has('web') || content)
  const truths: Readonly<Record<Predicate, boolean>> = {
    always: true, api: server, browser, cookies: browser && accounts, 'own-sessions': browser && token === 'session-cookie', database: server, accounts,
    'multi-instance': server && ((input.services ?? 1) > 1 || ['serverless', 'vercel', 'netlify', 'aws-lambda', 'cloudflare-workers', 'kubernetes'].some((word) => words.has(word)) || stageRank(input.stage ?? 'mvp') >= 3),
    'multi-tenant': accounts && input.tenancy === 'multi', money: input.takesPayments === true, llm,
    agents, 'own-agents': agents && llm, webhooks: input.takesPayments === true || words.has('stripe') || feature.has('webhooks'),
    'outbound-urls': feature.has('outbound-urls'), 'file-uploads': feature.has('file-uploads'), 'public-forms': feature.has('public-forms') || classes.includes('consumer'),
    'personal-data': data.has('pii'), phi: data.has('phi'), cardholder: data.has('cardholder'), minors: data.has('minors') || (input.compliance ?? []).includes('coppa'), confidential: data.has('confidential'),
    passwords: accounts && classes[0] !== 'workforce', tokens: token === 'jwt-jwks' || token === 'signed-proxy-header' || machine === 'oauth-client-credentials' || agents, staff: classes.includes('workforce'),
    machines: classes.includes('machine') || classes.includes('partner'), devices: classes.includes('device') || input.projectType === 'iot',
    mobile: client.has('ios') || client.has('android') || client.has('desktop'), 'api-keys': machine === 'api-keys' || token === 'hashed-key-lookup', 'client-credentials': machine === 'oauth-client-credentials',
    'redirect-sign-in': classes.some((one) => ['consumer', 'business', 'workforce'].includes(one)) && (token === 'jwt-jwks' || (token === 'session-cookie' && (classes[0] === 'workforce' || situation.needs.redistributable))),
    redistributed: situation.needs.redistributable, 'several-services': (input.services ?? 1) >= 3,
  }
  return new Set((Object.keys(truths) as Predicate[]).filter((name) => truths[name]))
}

const order = { must: 0, conditional: 1, should: 2 } as const
const kinds = { api: 0, ai: 1, data: 2, process: 3 } as const

/** OWASP ASVS level to check against: the regime's, else 2 from growth on and 1 before. */
export const asvsLevelOf = ({ regimes, input }: Situation): number =>
  Math.max(stageRank(input.stage ?? 'mvp') >= 3 ? 2 : 1, ...regimes.map((regime) => regime.facts.asvsLevel.value ?? 1))

/** Requirement ids up to a level; where a control starts only above it, the ids of the level it starts at. */
function requirements({ facts }: Control, level: number): string[] {
  const { l1 = [], l2 = [], l3 = [] } = facts.asvs.value ?? {}
  const upTo = [...l1, ...(level >= 2 ? l2 : []), ...(level >= 3 ? l3 : [])]
  return upTo.length > 0 ? upTo : l2.length > 0 ? l2 : l3
}

/** Controls that apply and are due, most urgent first, and those that wait. A regime overrides the stage: what it raises is a must now. */
export function chooseControls(situation: Situation, token: ServiceToken, knowledge: Knowledge): { readonly due: readonly ChosenControl[], readonly waiting: readonly Control[] } {
  const truths = predicatesOf(situation, token)
  const raised = new Set(situation.regimes.flatMap((regime) => regime.facts.raises.value ?? []))
  // Real patients or cards make a pilot at least an early product.
  const stage = Math.max(stageRank(situation.input.stage ?? 'mvp'), situation.regulated ? stageRank('early') : 0)
  const level = asvsLevelOf(situation)
  const due: { sheet: Control, chosen: ChosenControl }[] = []
  const waiting: Control[] = []
  for (const sheet of Object.values(knowledge.controls)) {
    const { facts } = sheet
    const appliesTo = (facts.appliesTo.value ?? []).filter((name) => truths.has(name))
    // A regime speaks of sessions and sign-in where there are people to sign in.
    const idle = appliesTo.length === 0 && !truths.has('accounts') && (facts.appliesTo.value ?? []).every((name) => ofPeople.has(name))
    if (idle || (appliesTo.length === 0 && !raised.has(sheet.id))) continue
    // What customers installed is patched when they please: what is meant for it does not wait for a late stage.
    const installed = appliesTo.includes('redistributed') && stage >= stageRank('early')
    if (!raised.has(sheet.id) && !installed && stage < stageRank(facts.fromStage.value ?? 'poc')) {
      waiting.push(sheet)
      continue
    }
    const priority = raised.has(sheet.id) ? 'must' : facts.priority.value ?? 'should'
    due.push({ sheet, chosen: { id: sheet.id, asvs: requirements(sheet, level), owasp2025: facts.owasp2025.value ?? [], api2023: facts.api2023.value ?? [], priority, appliesTo: appliesTo.length > 0 ? appliesTo : ['always'] } })
  }
  due.sort((a, b) => order[a.chosen.priority] - order[b.chosen.priority] || kinds[a.sheet.facts.kind.value ?? 'api'] - kinds[b.sheet.facts.kind.value ?? 'api'] || byText(a.chosen.id, b.chosen.id))
  return { due: due.map(({ chosen }) => chosen), waiting }
}
