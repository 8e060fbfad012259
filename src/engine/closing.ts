import { blocks, bullets, code, plain } from '../core/markdown.ts'
import type { CostLine } from '../core/result.ts'
import { costSentence } from '../tools/own-machines.ts'
import type { Draft, Section } from '../tools/tool.ts'
import { aMonth, assumptionsText, bare, costText, filesText, sentence, skippedText, sourcesText } from './text.ts'

type Joined = Omit<Draft<unknown>, 'decision'>

const titles = { files: 'Generated files', cost: 'Cost', assumptions: 'Assumed, because nobody said', 'not-yet': 'Not yet, and when', sources: 'Sources' } as const
const nothing = { 'not-yet': 'Nothing was left out for this stage.', sources: 'No dated facts were used.' }

const sections = (bodies: Readonly<Record<keyof typeof titles, string>>): Section[] => (Object.keys(titles) as (keyof typeof titles)[]).map((id) => ({ id, title: titles[id], body: bodies[id] }))

/** How every deliverable ends: files, cost, assumptions, what was left out, sources. `link` makes a path a link. */
export const closingOf = (joined: Joined, link: (path: string) => string): Section[] => sections({
  files: filesText(joined.files, link),
  cost: costText(joined.cost, pricedIn(joined) === 'stack'),
  assumptions: assumptionsText(joined.assumptions),
  'not-yet': skippedText(joined.skipped) || nothing['not-yet'],
  sources: sourcesText(joined.sources) || nothing.sources,
})

/** The section that holds the amounts already, if one does. */
const pricedIn = ({ sections: said, cost }: Joined): 'sign-in' | 'stack' | undefined =>
  said.some(({ id }) => id === 'stack') ? 'stack' : cost.lines.length === 1 && said.some(({ id, body }) => id === 'sign-in' && body.includes('Cost:')) ? 'sign-in' : undefined

const amount = ({ item, usdPerMonth, asOf, stale }: CostLine): string => `${plain(item)}: ${aMonth(usdPerMonth)}${asOf === '' ? '' : ` (read ${asOf}${stale ? ', stale' : ''})`}`

/** The same in the few lines a page has left: how to check a file, formulas and reasons are in the long form. */
export const pageClosing = (joined: Joined, link: (path: string) => string): Section[] => sections({
  files: joined.files.length === 0 ? '' : `${joined.files.map(({ path }) => link(path)).join(', ')}.`,
  // On a page an amount stands once, where the choice is.
  cost: joined.cost.lines.length === 0 || pricedIn(joined) !== undefined ? '' : blocks(`${joined.cost.lines.map(amount).join('; ')}.`, joined.cost.lines.length > 1 && costSentence(joined.cost)),
  assumptions: joined.assumptions.length === 0 ? '' : `${joined.assumptions.map(({ field, assumed }) => `${code(field)} ${plain(assumed)}`).join(', ')}.`,
  'not-yet': bullets(joined.skipped.map(({ item, addWhen }) => `**${bare(sentence(plain(item)))}**. Add when: ${bare(addWhen)}.`)) || nothing['not-yet'],
  sources: joined.sources.length === 0 ? nothing.sources : `${joined.sources.map(({ title, url, checked }) => `[${plain(title)}](${url}) ${checked}`).join(', ')}.`,
})
