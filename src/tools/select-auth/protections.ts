import { blocks, bullets, code, table } from '../../core/markdown.ts'
import type { CostLine, Flip } from '../../core/result.ts'
import { serverLanguages } from '../../core/service-language.ts'
import { readStack } from '../../core/stack.ts'
import { agentic2026, llm2026, owasp2025, type Owasp2025 } from '../../knowledge/collections/controls.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import type { Detail, Section } from '../tool.ts'
import { asvsLevelOf, type ChosenControl } from './controls.ts'
import type { Decided } from './decide.ts'
import { leading } from './shown.ts'
import type { Size } from './size.ts'
import { predicateWords, priorityWords } from './words.ts'

/** What the sections are written from. */
export interface View { readonly decided: Decided, readonly knowledge: Knowledge, readonly detail: Detail, readonly size: Size, readonly cost: readonly CostLine[], readonly flips: readonly Flip[] }

/** The first clause of a sheet's sentence, cut once more where it is long: enough for a table of one page. */
function clause(text: string): string {
  const first = text.split(/(?<=[a-z)A-Z0-9])[;.:](?= |$)/)[0] ?? text
  const cut = first.length > 75 ? /^[^(,]{30,}(?=, )/.exec(first)?.[0] : undefined
  return cut ?? first
}

const nameOf = (id: string, { knowledge }: View): string => knowledge.controls[id]?.name ?? id
const kindOf = (id: string, { knowledge }: View): string | undefined => knowledge.controls[id]?.facts.kind.value ?? undefined

function rowsOf(controls: readonly ChosenControl[], { knowledge, decided, detail }: View): string[][] {
  const stack = readStack(decided.situation.input)
  return controls.flatMap((control) => {
    const sheet = knowledge.controls[control.id]
    if (sheet === undefined) return []
    const libraries = sheet.facts.libraries.value ?? {}
    // What guards a browser is written in its language, everything else in that of the server.
    const spoken = control.appliesTo.includes('browser') ? stack.languages : serverLanguages(stack)
    const found = [...stack.frameworks, ...stack.databases, ...spoken].find((id) => libraries[id] !== undefined)
    const tools = found === undefined ? '' : ` (${(libraries[found] ?? []).map(code).join(', ')})`
    return [[sheet.name, `${detail === 'full' ? sheet.summary : `${clause(sheet.summary)}.`}${tools}`, control.appliesTo.slice(0, 2).map((name) => predicateWords[name]).join(', '), priorityWords[control.priority]]]
  })
}

function regimesText({ decided, size }: View): string {
  const { regimes } = decided.situation
  if (size.regimes === 'name') return regimes.length === 0 ? '' : `Regimes: ${regimes.map(({ name }) => name).join(', ')}.`
  return bullets(regimes.map(({ name, summary }) => `**${name}**: ${size.regimes === 'sentence' ? summary : `${clause(summary)}.`}`))
}

/** Controls with a row of their own: all of them at full size, else those that must be there, the ones that say most first. */
function tabled(view: View): readonly ChosenControl[] {
  const due = view.decided.decision.controls
  const own = (view.size.controls >= due.length && view.size.shoulds === 'rows' ? due : leading(view.decided)).filter(({ id }) => kindOf(id, view) !== 'data')
  return own.slice(0, view.size.controls)
}

export function controls(view: View): Section {
  const { decided } = view
  const rows = tabled(view)
  const data = new Set(dataRows(view).map(({ id }) => id))
  const others = decided.decision.controls.filter((control) => control.priority !== 'should' && !rows.includes(control) && !data.has(control.id))
  const later = view.size.shoulds === 'names' ? decided.decision.controls.filter((control) => control.priority === 'should' && !rows.includes(control) && !data.has(control.id)) : []
  return { id: 'controls', title: 'Controls', body: blocks(
    regimesText(view),
    table(['Protection', 'Implementation', 'Applies To', 'Priority'], rowsOf(rows, view)),
    others.length > 0 && `Also due: ${others.map(({ id }) => nameOf(id, view)).join(', ')}.`,
    later.length > 0 && `Next (priority Should): ${later.map(({ id }) => nameOf(id, view)).join(', ')}.`,
    `Check against OWASP ASVS 5.0.0 level ${asvsLevelOf(decided.situation)}${others.length + later.length > 0 ? '; detail `full` prints every row' : ''}.`,
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

export const dataProtection = (view: View): Section =>
  ({ id: 'data-protection', title: 'Data protection', body: table(['Concern', 'What we do'], dataRows(view).map(({ cells }) => cells)) })

export function owasp({ decided, knowledge, size }: View): Section {
  const due = decided.decision.controls
  const agentic = due.some(({ appliesTo }) => appliesTo.includes('agents') || appliesTo.includes('own-agents'))
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
  const agents = (Object.keys(agentic2026) as (keyof typeof agentic2026)[]).flatMap((id) => {
    const against = due.filter((control) => knowledge.controls[control.id]?.facts.agentic2026.value?.includes(id))
    return against.length === 0 || !agentic ? [] : [[`${id} ${agentic2026[id]}`, names(against)]]
  })
  return { id: 'owasp', title: 'OWASP risks that apply', body: size.risks === 'table' ? table(['Risk (Top 10:2025)', 'Met here by'], [...rows, ...ai, ...agents])
    : size.risks === 'list' ? bullets([...rows, ...ai, ...agents].map((cells) => cells.join(': '))) : `${[...rows, ...ai, ...agents].map(([risk]) => risk).join('; ')}.` }
}
