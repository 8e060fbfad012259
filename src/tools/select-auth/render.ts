import { blocks, bullets, code, plain, table } from '../../core/markdown.ts'
import type { CostLine } from '../../core/result.ts'
import { readStack } from '../../core/stack.ts'
import { llm2026, owasp2025, type Owasp2025 } from '../../knowledge/collections/controls.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import type { Detail, Section } from '../tool.ts'
import { bringsServer } from './conflicts.ts'
import { asvsLevelOf, type ChosenControl } from './controls.ts'
import type { Decided } from './decide.ts'
import { trustDiagram } from './diagram.ts'
import { sure } from './rules.ts'
import { knownDirectory } from './score.ts'
import { leading } from './shown.ts'
import type { Size } from './size.ts'
import { classWords, predicateWords, priorityWords, tokenWords } from './words.ts'

interface View { readonly decided: Decided, readonly knowledge: Knowledge, readonly detail: Detail, readonly size: Size, readonly cost: readonly CostLine[] }

/** The first clause of a sheet's sentence, cut once more where it is long: enough for a table of one page. */
function clause(text: string): string {
  const first = text.split(/(?<=[a-z)A-Z0-9])[;.:](?= |$)/)[0] ?? text
  const cut = first.length > 75 ? /^[^(]{28,}?(?=, )/.exec(first)?.[0] : undefined
  return cut ?? first
}

function reasons({ situation, choice, primary }: Decided): string[] {
  if (primary === undefined || choice.kind !== 'picked') return []
  const { facts } = primary
  const match = (words: readonly string[] | null) => (words ?? []).find((word) => situation.words.has(word))
  const platform = match(facts.platforms.value)
  const stack = match(facts.stacks.value)
  const directory = knownDirectory(situation)
  const rule = [...(situation.input.houseRules?.require ?? []), ...(situation.input.houseRules?.prefer ?? [])].find(({ id }) => id === primary.id)
  const said = rule !== undefined && 'reason' in rule && typeof rule.reason === 'string' ? ` (${plain(rule.reason)})` : ''
  return [
    ...(choice.by === 'pin' ? [`the profile pins it${situation.input.decisions?.reason === undefined ? '' : `: ${plain(situation.input.decisions.reason)}`}`] : []),
    ...(rule === undefined ? [] : [`a house rule asks for it${said}`]),
    ...(situation.main === 'workforce' && directory !== undefined ? [`staff have accounts in ${code(directory)} already`] : []),
    ...(platform === undefined ? [] : [`it belongs to ${code(platform)}`]),
    ...(stack === undefined || stack === platform ? [] : [`it fits ${code(stack)}`]),
    ...(situation.needs.organizations && facts.organizations.value === true ? ['it has organizations for your customers'] : []),
    ...(situation.needs.sso && (facts.samlSso.value === true || facts.oidcSso.value === true) ? ['customers can connect their own directory'] : []),
    ...(situation.needs.baa && facts.baa.value !== 'not-needed' ? [facts.baa.value === 'yes' ? (sure(primary, facts.baa) === null ? 'a BAA is said to cover it (get it in writing: no page we read confirms it)' : 'a BAA can be had') : 'a BAA can be had on a higher plan'] : situation.needs.baa ? ['no vendor holds the accounts, so no BAA is needed for them'] : []),
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

function signIn({ decided, knowledge, detail, cost }: View): Section {
  const { decision, choice, primary, situation } = decided
  if (decision.kind === 'none-left' || primary === undefined || choice.kind !== 'picked') {
    return { id: 'sign-in', title: 'Sign-in', body: 'No provider passes every filter. The conflict above says which inputs to change; nothing is chosen until then.' }
  }
  if (primary.id === 'none') return { id: 'sign-in', title: 'Sign-in', body: 'Nobody signs in, so no identity provider is needed. Editors, registrars and deploy accounts use a second factor.' }
  const why = reasons(decided)
  const second = choice.picked[1]
  const line = cost[0]
  const price = line === undefined ? '' : line.usdPerMonth === null ? `Cost: ${line.formula}.` : `Cost: $${line.usdPerMonth} a month (${line.formula}; list price of ${line.asOf}).`
  const exit = primary.facts.exit.value === null ? 'Exit: no page we read says how users leave; ask before signing.' : `Exit${sure(primary, primary.facts.exit) === null ? ' (not confirmed on the vendor\'s page)' : ''}: ${primary.facts.exit.value}`
  const keep = situation.classes.some((one) => ['consumer', 'business', 'workforce', 'game'].includes(one)) ? ' Keep your own user id and map the token\'s `sub` to it.' : ''
  return { id: 'sign-in', title: 'Sign-in', body: blocks(
    `**${primary.name}** (${code(primary.id)}) for ${classWords[decision.signInClass]}${why.length === 0 ? '' : `: ${why.join(', ')}`}.`,
    bullets([
      ...(choice.close && second !== undefined ? [`Close call with **${knowledge['identity-providers'][second.id]?.name ?? second.id}** (${code(second.id)}): the first question below decides.`] : []),
      ...planes(decided, knowledge), ...(price === '' ? [] : [price]),
      ...(bringsServer(primary, situation) ? ['It is a server to run: plan its database, backups and an upgrade every month; that work is not in the price.'] : []),
      `${exit}${keep}`,
      ...(primary.facts.organizations.value === true && situation.needs.organizations ? ['Roles live in the organization; permissions are checked in your own code.'] : []),
    ]),
    detail === 'full' && primary.body,
  ) }
}

const nameOf = (id: string, { knowledge }: View): string => knowledge.controls[id]?.name ?? id
const kindOf = (id: string, { knowledge }: View): string | undefined => knowledge.controls[id]?.facts.kind.value ?? undefined

function rowsOf(controls: readonly ChosenControl[], { knowledge, decided, detail }: View): string[][] {
  const stack = readStack(decided.situation.input)
  return controls.flatMap((control) => {
    const sheet = knowledge.controls[control.id]
    if (sheet === undefined) return []
    const libraries = sheet.facts.libraries.value ?? {}
    const found = [...stack.frameworks, ...stack.databases, ...stack.languages].find((id) => libraries[id] !== undefined)
    const tools = found === undefined ? '' : ` (${(libraries[found] ?? []).map(code).join(', ')})`
    return [[sheet.name, `${detail === 'full' ? sheet.summary : `${clause(sheet.summary)}.`}${tools}`, control.appliesTo.slice(0, 2).map((name) => predicateWords[name]).join(', '), priorityWords[control.priority]]]
  })
}

function regimesText({ decided, size }: View): string {
  const { regimes } = decided.situation
  if (size.regimes === 'name') return regimes.length === 0 ? '' : `Regimes: ${regimes.map(({ name }) => name).join(', ')}.`
  return bullets(regimes.map(({ name, summary }) => `**${name}**: ${size.regimes === 'sentence' ? summary : `${clause(summary)}.`}`))
}

/** Controls with a row of their own: all of them at full size, else those that must be there and lead. */
function tabled(view: View): readonly ChosenControl[] {
  const due = view.decided.decision.controls
  const own = (view.size.controls >= due.length ? due : leading(view.decided)).filter(({ id }) => kindOf(id, view) !== 'data')
  return own.slice(0, view.size.controls)
}

function controls(view: View): Section {
  const { decided } = view
  const rows = tabled(view)
  const data = new Set(dataRows(view).map(({ id }) => id))
  const others = decided.decision.controls.filter((control) => control.priority !== 'should' && !rows.includes(control) && !data.has(control.id))
  return { id: 'controls', title: 'Controls', body: blocks(
    regimesText(view),
    table(['Protection', 'Implementation', 'Applies To', 'Priority'], rowsOf(rows, view)),
    others.length > 0 && `Also due: ${others.map(({ id }) => nameOf(id, view)).join(', ')}.`,
    `Check against OWASP ASVS 5.0.0 level ${asvsLevelOf(decided.situation)}${others.length > 0 ? '; detail `full` prints every row' : ''}.`,
  ) }
}

const concerns = ['encryption-at-rest', 'encryption-in-transit', 'pii-handling', 'secrets-management', 'data-retention', 'backups']

/** Rows of the data table: the six concerns every system has, then what the data brings; what is due comes before what waits. */
function dataRows(view: View): { readonly id: string, readonly cells: string[] }[] {
  const { decided, knowledge, detail, size } = view
  const chosen = new Set(decided.decision.controls.map(({ id }) => id))
  const waiting = new Set(decided.waiting.map(({ id }) => id))
  const extra = [...chosen].filter((id) => kindOf(id, view) === 'data' && !concerns.includes(id))
  const rows = [...concerns, ...extra].flatMap((id) => {
    const sheet = knowledge.controls[id]
    if (sheet === undefined) return []
    if (chosen.has(id)) return [{ id, due: true, cells: [sheet.name, detail === 'full' ? sheet.summary : `${clause(sheet.summary)}.`] }]
    return waiting.has(id) ? [{ id, due: false, cells: [sheet.name, `Not yet: add with ${sheet.facts.addWhen.value ?? 'the next stage'}.`] }] : []
  })
  return (rows.length <= size.data ? rows : [...rows].sort((a, b) => Number(b.due) - Number(a.due))).slice(0, size.data)
}

const dataProtection = (view: View): Section =>
  ({ id: 'data-protection', title: 'Data protection', body: table(['Concern', 'What we do'], dataRows(view).map(({ cells }) => cells)) })

function owasp({ decided, knowledge, size }: View): Section {
  const due = decided.decision.controls
  // The control that meets fewest other risks says most about this one.
  const names = (all: readonly ChosenControl[]) => ((ids: readonly ChosenControl[]) => ids.slice(0, size.risks === 'table' ? 8 : 1).map(({ id }) => knowledge.controls[id]?.name ?? id).join(', '))([...all].sort((a, b) => a.owasp2025.length - b.owasp2025.length))
  const rows = (Object.keys(owasp2025) as Owasp2025[]).flatMap((id) => {
    const against = due.filter((control) => control.owasp2025.includes(id) && control.priority !== 'should')
    return against.length === 0 ? [] : [[`${id} ${owasp2025[id]}`, names(against)]]
  })
  const ai = (Object.keys(llm2026) as (keyof typeof llm2026)[]).flatMap((id) => {
    const against = due.filter((control) => knowledge.controls[control.id]?.facts.llm2026.value?.includes(id))
    return against.length === 0 ? [] : [[`${id} ${llm2026[id]}`, names(against)]]
  })
  return { id: 'owasp', title: 'OWASP risks that apply', body: size.risks === 'table' ? table(['Risk (Top 10:2025)', 'Met here by'], [...rows, ...ai])
    : size.risks === 'list' ? bullets([...rows, ...ai].map((cells) => cells.join(': '))) : `${[...rows, ...ai].map(([risk]) => risk).join('; ')}.` }
}

/** The parts of the Security Architecture, in the order they are read. */
export function render(view: View): Section[] {
  const { decided, size } = view
  return [
    signIn(view),
    { id: 'token-verification', title: 'How services check who is calling', body: tokenWords[decided.decision.serviceToken] },
    ...(size.diagram ? [{ id: 'trust-boundaries', title: 'Trust boundaries', body: trustDiagram(decided) }] : []),
    controls(view), dataProtection(view),
    ...(size.risks === 'none' ? [] : [owasp(view)]),
  ]
}
