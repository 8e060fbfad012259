import { none, type Html } from './html.ts'
import { lanesFigure, type Lane, type Step } from './lanes.ts'
import { nameOf } from './names.ts'
import { capital, decisionOf, listOf, own, triggerOf, type View } from './view.ts'

interface Deployed { readonly name: string, readonly trigger: string, readonly start: string }
interface Promotion { readonly from: string, readonly to: string }
interface Gate { readonly id: string, readonly before: string, readonly count?: number }

const beforeMerge = ['lint', 'test', 'build', 'security']
const starts: Readonly<Record<string, string>> = { automatic: 'starts by itself', after: 'starts once the one before is healthy', approval: 'a person says yes', manual: 'a person starts it', outside: 'outside the pipeline' }

/** Environments behind each other, one lane for each thing that releases start from; those no promotion names come last. */
function chains(environments: readonly Deployed[], promotion: readonly Promotion[], step: (environment: Deployed) => Step, said: (trigger: string) => string | undefined): Lane[] {
  const byName = new Map(environments.map((environment) => [environment.name, environment]))
  const taken = new Set<string>()
  const follow = (name: string): Deployed[] => {
    const environment = byName.get(name)
    if (environment === undefined || taken.has(name)) return []
    taken.add(name)
    const next = promotion.find(({ from, to }) => from === name && !taken.has(to))
    return [environment, ...(next === undefined ? [] : follow(next.to))]
  }
  // What starts outside the environments first, so that a chain is followed from its beginning.
  const roots = [...promotion.filter(({ from }) => !byName.has(from)), ...promotion.filter(({ from }) => byName.has(from))]
  const lanes = roots.map(({ from, to }) => ({ title: `From ${from}`, steps: follow(to).map(step) }))
  const rest = environments.filter(({ name }) => !taken.has(name)).map((environment) => ({ title: said(environment.trigger) ?? 'Apart', steps: [step(environment)] }))
  return [...lanes, ...rest].filter(({ steps }) => steps.length > 0)
}

/** How a change travels, from a branch to production. */
export function pipelineDrawing(view: View): Html {
  const decision = decisionOf(view, 'pipeline_template')
  const stages = listOf<string>(decision['stages'])
  if (stages.length === 0) return none
  const gates = listOf<Gate>(decision['gates'])
  const gate = (id: string, before?: string): Gate | undefined => gates.find((each) => each.id === id && (before === undefined || each.before === before))
  const review = gate('review')
  const checks = stages.filter((id) => beforeMerge.includes(id))
  const after = stages.filter((id) => !beforeMerge.includes(id)).map((id) => nameOf(view.knowledge, id, 'stages').toLowerCase())
  const change: Lane = {
    title: 'Every change', steps: [
      { title: 'Branch', notes: [decision['provider'] === 'gitlab' ? 'merge request' : 'pull request'] },
      ...checks.map((id): Step => ({ title: nameOf(view.knowledge, id, 'stages'), notes: [own(view.knowledge['pipeline-stages'], id)?.facts.does.value ?? ''].filter((note) => note !== '') })),
      { title: 'Merge', notes: [...(gate('checks-green') === undefined ? [] : ['all checks green']), ...(review === undefined ? [] : [`${review.count ?? 1} ${(review.count ?? 1) === 1 ? 'review' : 'reviews'}`])], strong: true },
    ],
  }
  const step = ({ name, trigger, start }: Deployed): Step => ({
    title: /^(uat|sit)$/.test(name) ? name.toUpperCase() : capital(name), strong: name === 'production',
    notes: [triggerOf(view, trigger) ?? trigger, ...(start === 'approval' && trigger === 'approved-promotion' ? [] : [own(starts, start) ?? start]), ...(gate('approval', name) !== undefined && start !== 'approval' ? ['approved by another person'] : []), ...(after.length > 0 && start !== 'outside' ? [after.join(', ')] : [])],
  })
  const released: Lane[] = listOf<string>(decision['triggers']).includes('version-tag') && listOf(decision['promotion']).length === 0 ? [{ title: 'Release', steps: [{ title: 'Version tag', notes: [] }, { title: 'Published', notes: after, strong: true }] }] : []
  return lanesFigure('pipeline-drawing', 'From a branch to production', [[change], [...released, ...chains(listOf(decision['environments']), listOf(decision['promotion']), step, (trigger) => triggerOf(view, trigger))]], false)
}
