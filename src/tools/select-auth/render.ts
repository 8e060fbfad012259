import { blocks, bullets, code, plain } from '../../core/markdown.ts'
import { dollars } from '../../core/meters.ts'
import { pinReason } from '../../core/pin-reason.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import type { Section } from '../tool.ts'
import { closeCall } from './close-call.ts'
import { tokenFlow } from './token-flow.ts'
import { unusedExisting } from './existing.ts'
import { unusedWords } from './existing-words.ts'
import { bringsServer } from './conflicts.ts'
import type { ServiceToken } from './controls.ts'
import type { Decided } from './decide.ts'
import { boundariesOf, trustDiagram } from './diagram.ts'
import { controls, dataProtection, owasp, type View } from './protections.ts'
import { coveredByCloud, hasLogin, knownDirectory } from './reuse.ts'
import { selfRun, sure, type Provider } from './rules.ts'
import type { Situation } from './situation.ts'
import { classWords, tokenWords } from './words.ts'

/** Ways in that bring a check of their own. */
const checkOf: Readonly<Record<string, ServiceToken | undefined>> = { 'device-certificates': 'mtls-certificate', 'api-keys': 'hashed-key-lookup', 'identity-aware-proxy': 'signed-proxy-header' }

/** Platforms that a product runs on without being part of them. */
const ground: ReadonlySet<string> = new Set(['kubernetes', 'on-prem', 'openshift', 'virtual-server'])

const selfServed = ({ facts }: Provider, { usage }: Situation): boolean => facts.selfServeSso?.value === 'yes' && (usage.ssoConnections ?? 0) > 1

function reasons({ situation, choice, primary }: Decided): string[] {
  if (primary === undefined || choice.kind !== 'picked') return []
  const { facts } = primary
  const match = (words: readonly string[] | null) => (words ?? []).find((word) => situation.words.has(word))
  const platform = match(facts.platforms.value)
  const stack = match(facts.stacks.value)
  const directory = knownDirectory(situation)
  const rule = [...(situation.input.houseRules?.require ?? []), ...(situation.input.houseRules?.prefer ?? [])].find(({ id }) => id === primary.id)
  // A region counts as a reason where it was asked for and a vendor's page confirms it.
  const held = selfRun(primary, situation) ? [] : (situation.input.dataResidency ?? []).filter((place) => sure(primary, facts.residency)?.some((one) => place === one || place.startsWith(`${one}-`)))
  const said = rule !== undefined && 'reason' in rule && typeof rule.reason === 'string' ? ` (${plain(rule.reason.replace(/\.+$/, ''))})` : ''
  const pinned = pinReason(situation.input.decisions, 'auth')
  return [
    ...(choice.by === 'pin' ? [`the profile pins it${pinned === undefined ? '' : `: ${plain(pinned)}`}`] : []),
    ...(rule === undefined ? [] : [`a house rule asks for it${said}`]),
    ...(situation.main !== 'workforce' && choice.by !== 'pin' && situation.input.existing?.some((word) => word.trim().toLowerCase() === primary.id) === true ? ['the project uses it already'] : []),
    ...(situation.main === 'workforce' && directory !== undefined ? [`staff have accounts in ${code(directory)} already`] : []),
    ...(platform === undefined ? [] : [`it ${ground.has(platform) ? 'runs on' : 'belongs to'} ${code(platform)}`]),
    ...(stack === undefined || stack === platform ? [] : [`it fits ${code(stack)}`]),
    ...(situation.needs.organizations && facts.organizations.value === true ? ['it has organizations for your customers'] : []),
    ...(situation.needs.sso && facts.ssoAddOn?.value === true && hasLogin(situation) ? ['it can add company sign-in beside the login you have'] : []),
    ...(situation.needs.sso && (facts.samlSso.value === true || facts.oidcSso.value === true) ? [selfServed(primary, situation) ? 'customers\' administrators connect their directory themselves' : 'customers can connect their own directory'] : []),
    ...(coveredByCloud(primary, situation) ? ['the agreement with your cloud covers it'] : []),
    ...(situation.needs.baa && facts.baa.value !== 'not-needed' && !selfRun(primary, situation) ? [facts.baa.value === 'yes' ? (sure(primary, facts.baa) === null ? 'a business associate agreement (BAA) is said to cover it (get it in writing: no page we read confirms it)' : 'a business associate agreement (BAA) can be had') : 'a business associate agreement (BAA) can be had on a higher plan'] : situation.needs.baa ? ['no vendor holds the accounts, so no business associate agreement (BAA) is needed for them'] : []),
    ...(held.length > 0 ? [`accounts can be kept in ${held.map((place) => code(place)).join(', ')}`] : []),
    ...(situation.mustSelfRun ? ['it runs on machines of your own'] : []),
    ...(facts.serves.value?.[0] === situation.main && platform === undefined && stack === undefined ? ['it is made for this kind of sign-in'] : []),
    ...(facts.hashExport.value === 'self-service' ? ['you can leave with your users'] : []),
  ].slice(0, 4)
}

function planes({ decision, situation }: Decided, knowledge: Knowledge): string[] {
  const name = (id: string) => `**${knowledge['identity-providers'][id]?.name ?? id}** (${code(id)})`
  const beside = (who: string, id: string | null) => (id === null || id === decision.primary ? [] : [`${who}: ${name(id)}. ${knowledge['identity-providers'][id]?.summary ?? ''}`])
  return [
    ...beside(situation.classes.includes('partner') ? 'Partners and machines' : 'Machines', decision.machine), ...beside('Devices', decision.device),
    ...beside('Agents', decision.agent), ...beside('Staff', decision.staff),
  ]
}

/** How callers are checked who come another way than most. */
function besideChecks({ decision }: Decided): string[] {
  const ways = [['Devices', decision.device], ['Programs', decision.machine], ['Staff', decision.staff]] as const
  return ways.flatMap(([who, id]) => {
    const way = id === null ? undefined : checkOf[id]
    return way === undefined || way === decision.serviceToken ? [] : [`${who}: ${tokenWords[way]}`]
  })
}

function signIn({ decided, knowledge, detail, cost, flips }: View): Section {
  const { decision, choice, primary, situation } = decided
  if (decision.kind === 'none-left' || primary === undefined || choice.kind !== 'picked') {
    return { id: 'sign-in', title: 'Sign-in', body: 'No provider passes every filter. The conflict above says which inputs to change; nothing is chosen until then.' }
  }
  if (primary.id === 'none') return { id: 'sign-in', title: 'Sign-in', body: 'Nobody signs in, so no identity provider is needed. Editors, registrars and deploy accounts use a second factor.' }
  const why = reasons(decided)
  const close = closeCall(decided, flips)
  const line = cost[0]
  const price = line === undefined ? (primary.id === 'framework-native' ? 'Cost: no fee; it is part of your own application.' : '') : line.usdPerMonth === 0 && selfRun(primary, situation) ? 'Cost: no fee; it is part of your own application.' : line.usdPerMonth === null ? `Cost: ${line.formula}.` : `Cost: ${dollars(line.usdPerMonth)} a month (${line.formula}; list price of ${line.asOf}).`
  const exit = primary.facts.exit.value === null ? 'Exit: no page we read says how users leave; ask before signing.' : `Exit${sure(primary, primary.facts.exit) === null ? ' (not confirmed on the vendor\'s page)' : ''}: ${primary.facts.exit.value}`
  const keep = situation.classes.some((one) => ['consumer', 'business', 'workforce', 'game'].includes(one)) ? ' Keep your own user id and map the token\'s `sub` to it.' : ''
  return { id: 'sign-in', title: 'Sign-in', body: blocks(
    `**${primary.name}** (${code(primary.id)}) for ${classWords[decision.signInClass]}${why.length === 0 ? '' : `: ${why.length === 1 ? why[0] : `${why.slice(0, -1).join(', ')}, and ${why.at(-1)}`}`}.`,
    bullets([
      ...(close === undefined ? [] : [`Close call with **${knowledge['identity-providers'][close.other]?.name ?? close.other}** (${code(close.other)}). What decides: ${close.ask}`]),
      ...planes(decided, knowledge), ...unusedWords(unusedExisting(decided, knowledge), primary.name, knowledge), ...(price === '' ? [] : [price]),
      ...(bringsServer(primary, situation) ? ['It is a server to run: plan its database, backups and an upgrade every month; that work is not in the price.'] : []),
      `${exit}${keep}`,
      ...(primary.facts.organizations.value === true && situation.needs.organizations ? ['Roles live in the organization; permissions are checked in your own code.'] : []),
    ]),
    detail === 'full' && primary.body,
  ) }
}

/** The parts of the Security Architecture, in the order they are read. */
export function render(view: View): Section[] {
  const { decided, size } = view
  return [
    signIn(view),
    { id: 'token-verification', title: 'How services check who is calling', body: blocks(tokenWords[decided.decision.serviceToken], bullets(besideChecks(decided)), view.detail === 'full' && tokenFlow(decided)) },
    ...(size.diagram ? [{ id: 'trust-boundaries', title: 'Trust boundaries', body: trustDiagram(boundariesOf(decided)) }] : []),
    controls(view), dataProtection(view),
    ...(size.risks === 'none' ? [] : [owasp(view)]),
  ]
}
