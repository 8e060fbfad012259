import { isPrintable, type Sheet } from '../knowledge/sheet.ts'
import type { Cost, CostLine } from '../core/result.ts'
import { quote } from '../core/price.ts'
import { dollars } from '../core/meters.ts'

const unit = 'machines and hours of your own'

type OwnSheet = Sheet<{ readonly hosting: { readonly value: string | null } }>

/** True for a licence of nothing that a page confirms: such a line would read as if running it cost nothing. */
const isFree = (sheet: OwnSheet): boolean => {
  const found = sheet.price === null ? undefined : quote(sheet.price, {}, [])
  const source = sheet.sources[found?.plan.source ?? '']
  const forOwn = sheet.facts.hosting.value === 'self-hosted' || found?.plan.features.includes('self-host') === true
  return forOwn && found?.usdPerMonth === 0 && source !== undefined && isPrintable(source)
}

/**
 * The one line for software that the team runs itself, whatever tool chose it: never a figure, so that no sum with it is a total.
 * Empty without such software. `asOf` is the day of the answer.
 */
export function ownMachines(run: readonly OwnSheet[], asOf: string): CostLine[] {
  if (run.length === 0) return []
  const formula = `${run.every(isFree) ? 'no licence fee; ' : ''}servers, backups and the hours for updates are not priced here`
  return [{ item: `Run by yourselves: ${run.map(({ name }) => name).join(', ')}`, formula, usdPerMonth: null, unit, asOf, source: '', stale: false }]
}

/** Names of what the lines of a cost say the team runs itself. */
export const runByYourselves = (lines: readonly CostLine[]): readonly string[] =>
  lines.filter((line) => line.unit === unit).flatMap(({ item }) => item.replace(/^[^:]*: /, '').split(', '))

/** What a cost comes to, as a sentence: a sum only of what has a price, and what comes on top of it. */
export function costSentence({ lines, usdPerMonth }: Cost): string {
  const bought = lines.filter((line) => line.unit !== unit)
  const own = bought.length < lines.length
  const sum = Math.round(bought.reduce((total, line) => total + (line.usdPerMonth ?? 0), 0) * 100) / 100
  if (lines.length === 0) return 'No further vendor to pay.'
  if (bought.length === 0) return 'No vendor to pay; what the machines and hours of your own come to is not known here.'
  if (bought.some((line) => line.usdPerMonth === null)) return `No total: at least one price is not known${own ? ', and your own machines and hours come on top' : ''}.`
  return own ? `${dollars(sum)} a month at list price, plus machines and hours of your own that are not priced here: no total.` : `Together ${dollars(usdPerMonth ?? sum)} a month at list price.`
}
