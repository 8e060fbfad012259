import { counted } from '../../core/words.ts'
import { classWords } from '../../tools/select-auth/words.ts'
import { html, type Html } from './html.ts'
import { nameOf } from './names.ts'
import { capital, decisionOf, listed, listOf, own, type Decision, type View } from './view.ts'

interface Named { readonly name: string }
interface Line { readonly label: string, readonly chapter: string, readonly answer: Html, readonly more: string }

const ids = (value: unknown): readonly string[] => (typeof value === 'string' ? [value] : listOf<string>(value)).filter((id) => id !== 'none')
const named = (view: View, slot: string, value: unknown, otherwise = 'none'): string => listed(ids(value).map((id) => nameOf(view.knowledge, id, slot))) || otherwise

function signIn(view: View, decision: Decision): Omit<Line, 'label' | 'chapter'> {
  const controls = listOf(decision['controls']).length + listOf(decision['alsoDue']).length
  const due = `${counted(controls, 'control')} due now.`
  if (decision['kind'] === 'none-left') return { answer: html`Not decided`, more: `Every candidate was ruled out: settle the conflicts first. ${due}` }
  if (ids(decision['primary']).length === 0) return { answer: html`Nobody signs in`, more: due }
  const beside = ids(['machine', 'device', 'agent', 'staff'].map((key) => decision[key]).filter((id) => typeof id === 'string' && id !== decision['primary']))
  const checked = ids(decision['serviceToken']).length === 0 ? '' : ` Services check callers by ${named(view, 'serviceToken', decision['serviceToken'])}.`
  return { answer: html`${named(view, 'primary', decision['primary'])}`, more: `For ${own(classWords, String(decision['signInClass'])) ?? 'everyone'}${beside.length === 0 ? '' : `; beside it ${named(view, 'machine', beside)}`}.${checked} ${due}` }
}

function observability(view: View, decision: Decision): Omit<Line, 'label' | 'chapter'> {
  const slots = (decision['slots'] ?? {}) as Decision
  const rest = (['metrics', 'tracing', 'alerting', 'slo'] as const).map((slot) => `${{ metrics: 'Metrics', tracing: 'traces', alerting: 'alerts', slo: 'objectives' }[slot]}: ${named(view, slot, slots[slot])}`)
  return { answer: html`Logs: ${named(view, 'logs', slots['logs'])}. Errors: ${named(view, 'errors', slots['errors'])}.`, more: `${rest.join('; ')}.` }
}

const environments = (view: View, decision: Decision): Omit<Line, 'label' | 'chapter'> => ({
  answer: html`${capital(listed(listOf<Named>(decision['environments']).map(({ name }) => name)) || 'none')}`,
  more: `Secrets: ${named(view, 'secrets', decision['secrets'])}. Flags: ${named(view, 'flags', decision['flags'])}. ${listOf(decision['variables']).length === 0 ? 'No variables.' : `${counted(listOf(decision['variables']).length, 'variable')}, checked by ${named(view, 'validation', decision['validation'], 'nothing yet').replace(/^An? /, (article) => article.toLowerCase())}.`}`,
})

/** What is published has no environment to be deployed to. */
const publishes = (decision: Decision): boolean => listOf<string>(decision['triggers']).includes('version-tag') && listOf(decision['environments']).length === 0

const pipeline = (view: View, decision: Decision): Omit<Line, 'label' | 'chapter'> => ({
  answer: html`${named(view, 'provider', decision['provider'])}, ${named(view, 'branchStrategy', decision['branchStrategy'])}`,
  more: `${listOf<string>(decision['stages']).map((id) => (id === 'deploy' && publishes(decision) ? 'Publish' : nameOf(view.knowledge, id, 'stages'))).join(' → ')}. ${publishes(decision) ? 'A version tag starts a release' : !listOf<string>(decision['stages']).includes('deploy') || listOf(decision['environments']).length === 0 ? 'It deploys nothing yet' : `It deploys to ${listed(listOf<Named>(decision['environments']).map(({ name }) => name))}`}.`,
})

const migrations = (view: View, decision: Decision): Omit<Line, 'label' | 'chapter'> => ({
  answer: html`${named(view, 'tool', decision['tool'], 'No migration tool')}`,
  more: ids(decision['database']).length === 0 ? 'No database to migrate.' : `On ${named(view, 'database', decision['database'])}.`,
})

const lines: readonly (readonly [tool: string, label: string, chapter: string, say: (view: View, decision: Decision) => Omit<Line, 'label' | 'chapter'>])[] = [
  ['select_auth', 'Sign-in', 'security', signIn],
  ['observability_stack', 'Observability', 'observability', observability],
  ['pipeline_template', 'Pipeline', 'pipeline', pipeline],
  ['migration_plan', 'Migrations', 'migrations', migrations],
  ['env_matrix', 'Environments', 'environments', environments],
]

/** What was decided, a line a tool. */
export function decided(view: View): Html {
  const rows = lines.filter(([tool]) => view.blueprint.drafts[tool] !== undefined).map(([tool, label, chapter, say]) => {
    const { answer, more } = say(view, decisionOf(view, tool))
    return html`<div><dt><a href="#${chapter}">${label}</a></dt><dd><strong>${answer}</strong> <span class="more">${more}</span></dd></div>`
  })
  return html`<dl class="decided">${rows}</dl>`
}
