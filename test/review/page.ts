import { blocks, bullets, code, plain as escaped, table } from '../../src/core/markdown.ts'
import type { Cost, ToolResult } from '../../src/core/result.ts'
import { InputError } from '../../src/core/errors.ts'
import { dollars } from '../../src/core/meters.ts'
import type { Knowledge } from '../../src/knowledge/collections.ts'
import { ask, type Answered, type Reply } from './answers.ts'
import { facets } from './facets.ts'
import { complaints } from './judge.ts'
import { groups, type Group, type Project, type ToolName } from './projects.ts'

// Inside a word an underscore is no markup, and these pages are read as text too.
const plain = (text: string): string => escaped(text).replace(/(?<=\w)\\_(?=\w)/g, '_')
/** Where a heading is found within its page. */
export const anchor = (title: string): string => `#${title.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-')}`
const bare = (clause: string): string => clause.replace(/[.;]$/, '')

const unpriced = 'no price'
const knownPart = ({ lines }: Cost): number => lines.reduce((sum, line) => sum + (line.usdPerMonth ?? 0), 0)
function costCell(cost: Cost): string {
  if (cost.lines.length === 0) return unpriced
  if (cost.usdPerMonth !== null) return dollars(cost.usdPerMonth)
  return knownPart(cost) > 0 ? `${dollars(knownPart(cost))} + unknown` : 'unknown'
}

/** Items that share their words are told together, in the order of their first. */
function grouped<Item>(items: readonly Item[], name: (item: Item) => string, words: (item: Item) => string): string[] {
  const groups = new Map<string, string[]>()
  for (const item of items) groups.set(words(item), [...(groups.get(words(item)) ?? []), name(item)])
  return [...groups].map(([text, found]) => `${found.join(', ')} (${text})`)
}

function costLines({ cost }: ToolResult): string {
  const lines = grouped(cost.lines, ({ item }) => plain(item), (line) => `${line.usdPerMonth === null ? 'unknown' : dollars(line.usdPerMonth)}: ${bare(plain(line.formula))}${line.stale ? ', old figure' : ''}`)
  return `${cost.lines.length > 1 ? `**${costCell(cost)}** a month. ` : ''}${lines.join('; ')}.`
}

/** What was told to the tool, on one line. */
function told(project: Project, tool: ToolName): string {
  const shown = (value: unknown): string => (Array.isArray(value) ? value.map(shown).join(' ') : typeof value === 'object' && value !== null ? Object.entries(value).map(([key, inner]) => `${key} ${shown(inner)}`).join(', ') : String(value))
  const facts = Object.entries({ ...project.profile, ...project.own?.[tool] }).map(([field, value]) => `${field} ${plain(shown(value))}`)
  return facts.length === 0 ? 'nothing but the story.' : `${facts.join(' · ')}`
}

const labelled = (label: string, parts: readonly string[], between = '; '): string => (parts.length === 0 ? '' : `- **${label}:** ${parts.map(bare).join(between)}.`)

/** Where the answer is not what the project's reviewer accepts, without the part that all such sentences share. */
const differences = (project: Project, tool: ToolName, result: Answered['result']): string[] => {
  const expected = project.expect?.[tool]
  return expected === undefined ? [] : complaints(project, tool, result, expected).map((sentence) => sentence.slice(`${project.id}, ${tool}: `.length, sentence.length - ` Because: ${expected.because}`.length))
}

function answered(project: Project, tool: ToolName, { result, sections, refused }: Answered): string {
  const reasons = facets[tool].reasons(sections, result.decision)
  const because = project.expect?.[tool]?.because
  return [
    refused === undefined ? '' : `- **Refused:** ${plain(refused)}`,
    ...reasons.slice(0, 7).map((reason) => `- ${reason}`),
    labelled('Ruled out', grouped(result.rejected, ({ id }) => id, ({ reason }) => bare(reason)).slice(0, 4)),
    ...result.conflicts.map(({ inputs, problem, resolution }) => `- **Conflict** ${inputs.map(code).join(' + ')}: ${problem} *${resolution.trim()}*`),
    labelled('Not yet', result.skipped.map(({ item, addWhen }) => `${plain(item)} (until ${bare(addWhen)})`)),
    result.cost.lines.length === 0 ? '' : `- **Cost:** ${costLines(result)}`,
    labelled('Would change it', result.flips.map(({ change, outcome }) => `${plain(change)} → ${plain(outcome)}`)),
    labelled('Would ask', result.questions.map(({ question, changes }) => `${question} (${changes})`), ' '),
    labelled('Assumed', result.assumptions.map(({ field, assumed }) => `${field} ${plain(assumed)}`)),
    because === undefined ? '' : `- **Reviewer:** ${because}`,
    ...differences(project, tool, result).map((difference) => `- **Not what the reviewer accepts:** ${plain(difference)}`),
  ].filter((line) => line !== '').join('\n')
}

const section = (project: Project, tool: ToolName, reply: Answered): string => blocks(
  `### ${project.title}`,
  `> ${plain(project.story)}`,
  `**${plain(facets[tool].cell(reply.result.decision))}**`,
  answered(project, tool, reply),
  `Told (\`${project.id}\`): ${told(project, tool)}`,
)

interface Asked { readonly project: Project, readonly reply: Reply }

function row({ project, reply }: { readonly project: Project, readonly reply: Answered }, tool: ToolName): string[] {
  const conflicts = reply.result.conflicts.map(({ id }) => id)
  return [`[${project.title}](${anchor(project.title)})`, `${differences(project, tool, reply.result).length > 0 ? '**≠** ' : ''}${plain(facets[tool].cell(reply.result.decision))}`, costCell(reply.result.cost), [...(reply.refused === undefined ? [] : ['refused']), ...conflicts].join(', ')]
}

/** The table of all answers; the column of money only where something is priced. */
function summary(rows: readonly (readonly string[])[]): string {
  const priced = rows.some(([, , cost]) => cost !== '' && cost !== unpriced)
  const header = ['Project', 'Decision', 'A month', 'Conflicts']
  const kept = (cells: readonly string[]) => cells.filter((_, index) => priced || index !== 2)
  return table(kept(header), rows.map(kept))
}

/** How often each choice was taken, the most frequent first, ties by name. */
function tally(replies: readonly Answered[], tool: ToolName): string {
  const counts = new Map<string, number>()
  for (const { result } of replies) for (const id of facets[tool].counted(result.decision)) counts.set(id, (counts.get(id) ?? 0) + 1)
  return [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1)).map(([id, count]) => `${id} ${count}`).join(', ')
}

/** The page that shows one tool's answers to all projects. Same projects, sheets and day: same bytes. */
export function page(tool: ToolName, projects: readonly Project[], knowledge: Knowledge, asOf: string): string {
  const asked: Asked[] = projects.map((project) => ({ project, reply: ask(tool, project, knowledge, asOf) }))
  const answers = asked.flatMap(({ project, reply }) => (reply.kind === 'answer' ? [{ project, reply }] : []))
  if (answers.length === 0) throw new InputError(`${tool}: no project was answered`)
  const silent = grouped(asked.flatMap(({ project, reply }) => (reply.kind === 'answer' ? [] : [{ id: project.id, why: reply.why }])), ({ id }) => id, ({ why }) => why)
  const withConflicts = answers.filter(({ reply }) => reply.result.conflicts.length > 0).length
  const unknown = answers.filter(({ reply }) => reply.result.cost.usdPerMonth === null).length
  const judged = answers.filter(({ project }) => project.expect?.[tool] !== undefined)
  const different = judged.filter(({ project, reply }) => differences(project, tool, reply.result).length > 0).length
  const of = (group: Group) => answers.filter(({ project }) => project.group === group)
  const shown = (Object.keys(groups) as Group[]).filter((group) => of(group).length > 0)
  return `${blocks(
    `# ${facets[tool].title}: what \`${tool}\` tells ${answers.length} projects`,
    `Made by \`npm run review\` for ${asOf}; only the stories and the reviewers' lines are written by hand. Read the table, stop where you would not sign, and follow the link for the reasons.`,
    bullets([
      `Chosen: ${tally(answers.map(({ reply }) => reply), tool)}.`,
      `${withConflicts} of ${answers.length} name a conflict${unknown === 0 ? '' : `; the cost of ${unknown} is not known in full`}.`,
      ...(judged.length === 0 ? [] : [`${judged.length - different} of ${judged.length} are what the reviewers' lines accept${different === 0 ? '' : '; the others are marked ≠'}.`]),
      ...(silent.length === 0 ? [] : [`Not asked: ${silent.join('; ')}.`]),
    ]),
    summary(shown.flatMap((group) => [[`**${groups[group]}**`, '', '', ''], ...of(group).map((one) => row(one, tool))])),
    ...shown.flatMap((group) => [`## ${groups[group]}`, ...of(group).map(({ project, reply }) => section(project, tool, reply))]),
  )}\n`
}
