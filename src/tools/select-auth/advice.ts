import { plain } from '../../core/markdown.ts'
import type { Alternative, Conflict, Flip, Question, Rejected, Skipped } from '../../core/result.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { nearestFirst, type Candidate } from './choose.ts'
import { closeCall, directoryOpen, whenHolds } from './close-call.ts'
import type { Decided } from './decide.ts'
import { sure, type Provider } from './rules.ts'
import { mostlyUnknown } from './score.ts'
import type { Size } from './size.ts'
import { conflictWords } from './conflict-words.ts'
import { classWords, ruleWords } from './words.ts'

export const conflictsSaid = ({ conflicts }: Decided): Conflict[] =>
  conflicts.map((found) => ({ id: found.id, inputs: found.inputs, problem: conflictWords[found.id].problem(found), resolution: conflictWords[found.id].resolution(found) }))

/** What one has and the other lacks, as the need that would decide. */
const lacking = [
  ['organizations', 'customers\' companies need organizations of their own'], ['scim', 'customers ask for SCIM'], ['passkeys', 'passkeys must be part of it'], ['machineTokens', 'programs need tokens from the same place'],
  ['mobileSdks', 'apps on phones need a ready library'], ['auditExport', 'sign-in events must reach a log store outside'],
] as const satisfies readonly (readonly [keyof Provider['facts'], string])[]

function when(other: Provider, { primary, situation, choice }: Decided, flips: readonly Flip[]): string {
  const flip = flips.find(({ outcome }) => outcome === other.id)
  if (flip !== undefined) return whenHolds(flip.change)
  const platform = other.facts.platforms.value?.find((word) => word !== 'kubernetes')
  switch (other.facts.hosting.value) {
    case 'library': return 'the users should stay in your own database and you keep it patched'
    case 'self-hosted': return 'identity must run on your own machines and somebody patches it'
    case 'cloud-service': return platform === undefined ? 'the rest runs in that cloud' : `the rest runs on ${platform}`
    case 'pattern': return other.summary
    default: break
  }
  const need = lacking.find(([fact]) => (situation.main === 'business' || (fact !== 'organizations' && fact !== 'scim')) && sure(other, other.facts[fact]) === true && primary?.facts[fact].value !== true)
  if (need !== undefined) return need[1]
  const price = (id: string | undefined) => (choice.kind === 'picked' ? choice.picked.find((one) => one.id === id)?.usdPerMonth : undefined)
  if (price(other.id) === undefined && (price(primary?.id) ?? 0) > 0) return `its quote is below the list price of ${primary?.name ?? 'the first'}`
  if (other.facts.hosting.value === 'either') return 'it should be open to move from the service to servers of your own'
  return other.facts.serves.value?.[0] === 'business' && primary?.facts.serves.value?.[0] !== 'business' ? 'customers\' companies and their SSO become the main users' : 'a contract or people who know it favor it'
}

/** Points behind the first beyond which a survivor is no alternative; a pin says nothing about the others. */
const reach = 10
const inReach = ([first, ...others]: readonly [Candidate, ...Candidate[]]): Candidate[] => others.filter(({ score }) => score >= first.score - reach)

export const alternativesOf = (decided: Decided, flips: readonly Flip[], knowledge: Knowledge, size: Size): Alternative[] =>
  decided.choice.kind === 'none-left' ? [] : inReach(decided.choice.picked).slice(0, size.alternatives).flatMap(({ id }) => {
    const provider = knowledge['identity-providers'][id]
    return provider === undefined ? [] : [{ id, when: when(provider, decided, flips) }]
  })

/** Nearest competitors first; those made for another class only at full detail, dead ones only where the stack suggests them. */
export function rejectedOf(decided: Decided, knowledge: Knowledge, size: Size): Rejected[] {
  const { choice, situation } = decided
  const everything = size.rejected > choice.removed.length
  const near = nearestFirst(choice.removed, situation, knowledge).filter(({ id, rule }) => {
    if (everything) return true
    const sheet = knowledge['identity-providers'][id]
    const facts = sheet?.facts
    // A sheet that still holds mostly unknowns is no competitor worth a line.
    if (sheet !== undefined && !rule.startsWith('house-rule') && sheet.lifecycle.status === 'active' && mostlyUnknown(sheet)) return false
    if (rule === 'end-of-life' || rule === 'deprecated' || rule === 'unsafe') return (situation.main === 'consumer' || situation.main === 'business') && [...(facts?.stacks.value ?? []), ...(facts?.platforms.value ?? [])].some((word) => situation.words.has(word)) || situation.words.has(id)
    return rule !== 'serves-another-class' && rule !== 'needs-what-is-not-there'
  })
  const forbidden = (id: string) => (situation.input.houseRules?.forbid ?? []).find((rule) => rule.id === id)
  return [...near].sort((a, b) => Number(b.rule.startsWith('house-rule')) - Number(a.rule.startsWith('house-rule'))).slice(0, size.rejected).map(({ id, rule }) => {
    const sheet = knowledge['identity-providers'][id]
    const house = forbidden(id)
    const why = rule === 'house-rule-forbids' && house !== undefined && 'reason' in house && typeof house.reason === 'string' ? `: ${plain(house.reason)}` : everything && sheet?.lifecycle.reason !== undefined ? `: ${sheet.lifecycle.reason}` : ''
    const instead = sheet?.lifecycle.replacedBy === undefined ? '' : `; use ${sheet.lifecycle.replacedBy}`
    return { id, rule, reason: `${ruleWords[rule]}${why}${instead}` }
  })
}

export function questionsOf(decided: Decided, flips: readonly Flip[], knowledge: Knowledge): Question[] {
  const { situation, primary } = decided
  const { input, given } = situation
  const found: Question[] = []
  const close = closeCall(decided, flips)
  const nameOf = (id: string) => knowledge['identity-providers'][id]?.name ?? id
  if (close !== undefined && primary !== undefined) found.push({ field: close.field, question: `${primary.name} or ${nameOf(close.other)}: ${close.ask}`, changes: close.pin ? `sign-in to ${nameOf(close.other)}, by pinning decisions.auth to ${close.other}` : `sign-in from ${primary.name} to ${nameOf(close.other)}` })
  if ((input.dataClasses ?? []).includes('phi') && !(input.compliance ?? []).includes('hipaa')) found.push({ field: 'compliance', question: 'Does US law (HIPAA) apply to the health data?', changes: 'which processors may be used: each then signs a business associate agreement' })
  if ((input.dataClasses ?? []).includes('minors') && !(input.compliance ?? []).includes('coppa')) found.push({ field: 'compliance', question: 'Are there young children in the US among the users (COPPA)?', changes: 'sign-up: a parent then consents before the account exists' })
  if (directoryOpen(decided)) found.push({ field: 'existing', question: 'Which staff directory does the company run: google-workspace, entra-id, okta or active-directory?', changes: 'where staff accounts live: that directory is used instead of another' })
  const sso = flips.find(({ change }) => change === 'needsSso: true')
  if (situation.main === 'business' && given.needsSso === undefined && sso !== undefined && found.every(({ field }) => field !== 'needsSso')) found.push({ field: 'needsSso', question: 'Will customers ask for SSO with their own directory within a year?', changes: `sign-in to ${nameOf(sso.outcome)}` })
  if (given.signInBy === undefined) found.push({ field: 'signInBy', question: 'Who signs in: consumers, business-users, staff, partners, machines, devices, agents or nobody?', changes: `the kind of sign-in, now taken as made for ${classWords[situation.main]}` })
  return found.slice(0, 3)
}

export function skippedOf({ situation, waiting, decision }: Decided, size: Size): Skipped[] {
  const sso = decision.signInClass === 'business' && !situation.needs.sso && !situation.needs.redistributable
    ? [{ item: 'SSO and SCIM for customers', why: 'no customer has asked, and each connection costs', addWhen: 'the first contract that names SSO; charge it on' }] : []
  const controls = waiting.map((sheet) => ({ item: sheet.name, why: `not due at stage ${situation.input.stage ?? 'mvp'}`, addWhen: sheet.facts.addWhen.value ?? `stage ${sheet.facts.fromStage.value ?? 'growth'}` }))
  return [...sso, ...controls].slice(0, size.skipped)
}
