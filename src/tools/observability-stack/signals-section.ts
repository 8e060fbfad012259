import { blocks, code, plain, table } from '../../core/markdown.ts'
import type { Section } from '../tool.ts'
import { productsIn } from './decide.ts'
import { ruledSignals } from './files/threshold-rules.ts'
import { items, nameOf, names, type Page } from './page.ts'

const title = 'Metrics and thresholds'

/** Which rows of the table come as rules in a file, and which somebody sets up where the signal is shown; empty without rows. */
function setUp({ rulesPath, knowledge }: Page, told: readonly string[]): string {
  if (told.length === 0) return ''
  const ruled = told.filter((id) => rulesPath !== null && (id === 'availability' || id === 'latency' || ruledSignals.includes(id)))
  const rest = told.filter((id) => !ruled.includes(id)).map((id) => plain(knowledge.signals[id]?.name ?? id))
  if (rest.length === 0) return `Rules for all of them: ${code(rulesPath ?? '')}.`
  if (ruled.length === 0) return 'None comes as a rule in a file: set each up where its signal is shown.'
  return `To set up by hand: ${rest.join(', ')}. The others are rules in ${code(rulesPath ?? '')}.`
}

/** The table of signals with who is told when, what of it is written as rules, and where metrics are kept. */
export function signals(page: Page): Section {
  const { view, outcome, knowledge, citations } = page
  if (view.place === 'local') return { id: 'metrics', title, body: 'None: nothing is deployed.' }
  const people = productsIn(outcome.decision.slots.alerting)
  if (view.staticFiles) return { id: 'metrics', title, body: `${people.length === 0 ? 'None yet.' : `One check from outside asks for the front page; three failures in a row are told by: ${names(knowledge, people)}.`} The host shows visits and failed requests.` }
  const isWatched = (id: string) => knowledge.signals[id]?.facts.notify.value === 'watch'
  const by = (notify: string | null) => (notify === 'watch' || people.length === 0 ? 'dashboard' : nameOf(knowledge, (notify === 'page' ? people[0] : people[people.length - 1]) as string))
  const burning = outcome.decision.slots.slo === 'burn-rate'
  // Burn-rate alerts are made of the error ratio: one row for both.
  const ids = outcome.decision.signals.filter((id) => (!burning || id !== 'error-rate') && (page.detail === 'full' || !isWatched(id)))
  const rows = ids.map((id) => {
    const sheet = knowledge.signals[id]
    if (sheet !== undefined && page.detail === 'full') citations.cite(sheet, sheet.facts.metric.source)
    const condition = burning ? sheet?.facts.condition.value : sheet?.facts.simpleCondition.value ?? sheet?.facts.condition.value
    const holder = id === 'sign-in' ? knowledge['identity-providers'][view.input.decisions?.auth ?? ''] : undefined
    // A way to sign in is no product to look at.
    const provider = holder?.id === 'framework-native' || holder?.facts.hosting.value === 'pattern' ? undefined : holder?.name
    return [plain(`${sheet?.name ?? id}${provider === undefined ? '' : ` (${provider})`}`), plain(condition ?? ''), view.depth === 0 ? 'dashboard' : by(sheet?.facts.notify.value ?? null)]
  })
  const store = productsIn(outcome.decision.slots.metrics)
  return {
    id: 'metrics', title, body: blocks(
      rows.length === 0 ? 'No thresholds yet: look at errors and logs by hand.' : table(['Signal', 'Somebody is told when', 'Where'], rows),
      view.depth === 0 || people.length === 0 ? '' : setUp(page, ids.filter((id) => !isWatched(id))),
      view.place === 'delivered' ? 'Exposed on an internal endpoint in Prometheus format, which customers scrape; the rules ship switched off, with thresholds they can set. No label may hold a user, device or order id.' : store.length === 0 ? 'No metrics store yet.' : `Store: ${names(knowledge, store)}. No label may hold a user, device or order id.`,
      page.detail !== 'full' ? '' : `Every alert has ${items(page, 'alert-rules').map(plain).join('; ')}.`,
    ),
  }
}
