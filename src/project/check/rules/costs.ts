import type { Document } from '../document.ts'
import { seen } from '../inline.ts'
import { rule, type Hit } from '../subject.ts'
import { writtenSums } from './sums.ts'

interface Amount { readonly line: number, readonly name: string, readonly usd: number }
interface Costs { readonly lines: readonly Amount[], readonly totals: readonly Amount[], readonly choices: readonly Amount[], readonly wrongSums: readonly Hit[], readonly isWhole: boolean }

const dollars = (text: string): number => Number(text.replaceAll(',', ''))
const amount = String.raw`\$(\d[\d,]*(?:\.\d+)?)`
const monthly = String.raw`(?: a| per|/| each) ?(?:month|mo)\b`
const priced = new RegExp(`^(.{2,100}?): ${amount}${monthly}(?: \\((.*)\\))?`)
const brief = new RegExp(`(?:^|, )([^,$()]{2,60}?(?: \\([a-z, ]{2,60}\\))?) ${amount}${monthly}`, 'g')
const anyPrice = new RegExp(`${amount}${monthly}`, 'g')
const lastAmount = new RegExp(`(?:^|[ :])${amount}$`)
const total = new RegExp(`^(?:together|total|in total|sum)\\b:? ?(?:about )?${amount}(?:${monthly})?`, 'i')
const same = (a: number, b: number): boolean => Math.abs(a - b) < 0.02

/** Amounts that a formula adds: `Pro $20 + 3 seats: $30`. Undefined where a part has none. */
function summed(formula: string): number | undefined {
  const parts = formula.split(/;|, (?=list price|read )/)[0]?.split(' + ').map((part) => lastAmount.exec(part.trim())?.[1]) ?? []
  return parts.some((part) => part === undefined) ? undefined : parts.reduce((sum, part) => sum + dollars(part ?? ''), 0)
}

/** Prices of one document: the lines of its cost section, its totals, what the choices and the sign-in say they cost. */
function costsOf({ blocks, file }: Document): Costs {
  const [lines, totals, choices, wrongSums]: [Amount[], Amount[], Amount[], Hit[]] = [[], [], [], []]
  let isWhole = true
  for (const { block, sections } of blocks) {
    if (block.kind === 'table' && sections.has('stack')) {
      const [choice, cost] = ['choice', 'cost'].map((head) => block.header.findIndex((cell) => seen(cell).toLowerCase() === head))
      if (choice === undefined || cost === undefined || choice < 0 || cost < 0) continue
      for (const { line, cells } of block.rows) for (const [, usd = ''] of seen(cells[cost] ?? '').matchAll(anyPrice)) choices.push({ line, name: seen(cells[choice] ?? ''), usd: dollars(usd) })
    }
    // What a table adds to the cost is not summed here.
    if (block.kind === 'table' && sections.has('cost')) isWhole = false
    if (block.kind !== 'item' && block.kind !== 'paragraph') continue
    for (const { line, text: raw } of block.lines) {
      const text = seen(raw)
      const inCost = sections.has('cost') || sections.has('stack')
      const sum = inCost ? total.exec(text)?.[1] : undefined
      if (sum !== undefined) totals.push({ line, name: '', usd: dollars(sum) })
      const [, name = '', usd, formula] = priced.exec(text) ?? []
      const says = usd !== undefined && (sections.has('cost') || (sections.has('sign-in') && name === 'Cost'))
      const adds = says && formula !== undefined ? summed(formula) : undefined
      if (says && adds !== undefined && !same(adds, dollars(usd))) wrongSums.push({ file, line, found: `$${usd} for ${formula?.split(/;|, (?=list price)/)[0]}`, expected: `$${Math.round(adds * 100) / 100}` })
      if (sections.has('sign-in') && says) choices.push({ line, name: '', usd: dollars(usd) })
      if (!sections.has('cost') || sum !== undefined) continue
      if (says) lines.push({ line, name, usd: dollars(usd) })
      else if (block.kind === 'paragraph') for (const [, each = '', value = ''] of text.matchAll(brief)) lines.push({ line, name: each, usd: dollars(value) })
      if (/\bunknown\b|\bnot known\b|\bno total\b|\bown machines\b|\bincluded\b/i.test(text) || (block.kind === 'item' && !says)) isWhole = false
    }
  }
  return { lines, totals, choices, wrongSums, isWhole }
}

/** Prices of a document that do not add up. */
export const costArithmetic = rule({
  id: 'cost-arithmetic', severity: 'error',
  about: 'A total is not the sum of its lines, or one thing has two prices.',
  expected: 'prices that add up', next: 'Correct the one that is wrong.',
  check: ({ documents }) => documents.flatMap((document) => {
    const { file } = document
    const { lines, totals, choices, wrongSums, isWhole } = costsOf(document)
    const [first] = totals
    const sum = lines.reduce((all, { usd }) => all + usd, 0)
    const off = lines.length === 0 || !isWhole ? totals.filter(({ usd }) => first !== undefined && !same(usd, first.usd)) : totals.filter(({ usd }) => !same(usd, sum))
    const prices = lines.length === 0 ? [] : choices.filter(({ name, usd }) => {
      const own = name === '' ? lines : lines.filter((line) => name.split(/, | and /).some((each) => line.name.includes(each)))
      return own.length > 0 && !own.some((line) => same(line.usd, usd))
    })
    return [
      ...wrongSums, ...writtenSums(document),
      ...off.map(({ line, usd }): Hit => ({ file, line, found: `$${usd} together`, expected: lines.length === 0 || !isWhole ? `$${first?.usd}, as on line ${first?.line}` : `$${Math.round(sum * 100) / 100}, the sum of lines ${lines.map((each) => each.line).join(', ')}` })),
      ...prices.map(({ line, name, usd }): Hit => ({ file, line, found: `$${usd}${name === '' ? '' : ` for ${name}`}`, expected: `the price of the cost section, on line ${lines.find((each) => name === '' || name.split(/, | and /).some((one) => each.name.includes(one)))?.line}` })),
    ]
  }),
})
