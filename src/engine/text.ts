import { blocks, bullets, code, fence, plain } from '../core/markdown.ts'
import type { Cost, ToolResult } from '../core/result.ts'
import { dollars } from '../core/meters.ts'
import { costSentence } from '../tools/own-machines.ts'

/** An amount a month in words. */
export const aMonth = (amount: number | null): string => (amount === null ? 'price not known' : `${dollars(amount)} a month`)

/** Cost lines and their total as Markdown; empty without lines. `summed` where the total stands elsewhere on the page. */
export function costText(cost: Cost, summed = false): string {
  if (cost.lines.length === 0) return ''
  const lines = cost.lines.map((line) => `${plain(line.item)}: ${aMonth(line.usdPerMonth)} (${plain(line.formula)}${line.source === '' ? '' : `; ${line.source}, read ${line.asOf}`}${line.stale ? ', stale' : ''})`)
  return blocks(bullets(lines), !summed && costSentence(cost))
}

/** A clause as a sentence: capital first, full stop last. */
export const sentence = (clause: string): string => `${clause.charAt(0).toUpperCase()}${clause.slice(1)}${/[.!?]$/.test(clause) ? '' : '.'}`

export const bare = (clause: string): string => clause.replace(/\.$/, '')

export const skippedText = (skipped: ToolResult['skipped']): string => bullets(skipped.map(({ item, why, addWhen }) => `**${bare(sentence(plain(item)))}**: ${bare(why)}. Add when: ${bare(addWhen)}.`))
/** Generated files with what they are for and how to check them; `link` makes the path a link. */
export const filesText = (files: ToolResult['files'], link: (path: string) => string = code): string => bullets(files.map((file) => `${link(file.path)}: ${sentence(file.purpose)} Check with ${code(file.verifyWith)}.`))
export const assumptionsText = (assumptions: ToolResult['assumptions']): string => bullets(assumptions.map(({ field, assumed, changes }) => `${code(field)} is taken as ${plain(assumed)}; another answer changes ${plain(changes)}.`))
export const sourcesText = (sources: ToolResult['sources']): string => bullets(sources.map(({ title, url, checked }) => `[${plain(title)}](${url}), read ${checked}`))

const part = (title: string, body: string): string => (body === '' ? '' : blocks(`## ${title}`, body))

/** The same facts as the structured result, for hosts that show a model only text. */
export function resultText(title: string, result: ToolResult<unknown>): string {
  return blocks(
    `# ${title}`,
    result.report,
    part('Open questions', bullets(result.questions.map(({ question, changes }) => `${question} (changes ${changes})`))),
    part('Assumed', assumptionsText(result.assumptions)),
    part('Alternatives', bullets(result.alternatives.map(({ id, when }) => `${code(id)}: ${when}`))),
    part('Ruled out', bullets(result.rejected.map(({ id, rule, reason }) => `${code(id)} (${rule}): ${reason}`))),
    part('What would change the decision', bullets(result.flips.map(({ change, outcome }) => `${plain(change)} gives ${plain(outcome)}`))),
    part('Cost', costText(result.cost)),
    part('Not yet, and when', skippedText(result.skipped)),
    part('Files', filesText(result.files)),
    part('Sources', sourcesText(result.sources)),
    part('Decision as data', fence('json', JSON.stringify(result.decision, null, 1))),
  )
}
