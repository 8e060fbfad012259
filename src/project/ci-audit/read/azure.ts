import type { CiFile, Job, Reference, Step } from '../model.ts'
import { entriesOf, get, itemsOf, textIn, textsIn, type Entry, type Tree, type TreeMap, type TreeText } from '../tree.ts'
import { settingsOf, variablesOf } from './settings.ts'

const shells = ['script', 'bash', 'pwsh', 'powershell'] as const
/** Inputs of well-known tasks that hold a script. */
const scriptInputs = /^(script|inlinescript|inline|powershellscript)$/i

function stepOf(tree: TreeMap): Step {
  const inputs = settingsOf(get(tree, 'inputs'))
  const task = textIn(get(tree, 'task'))
  const run = shells.map((shell) => textIn(get(tree, shell))).find((text) => text !== undefined) ?? inputs.find(({ key }) => scriptInputs.test(key))?.value
  const own = textIn(get(tree, 'checkout')) === undefined ? [] : settingsOf(tree)
  return { line: tree.line, last: tree.last, name: textIn(get(tree, 'displayName'))?.value ?? '', ...(task && { uses: task }), ...(run && { run }), with: [...inputs, ...own], env: variablesOf(get(tree, 'env')), ignoresFailure: textIn(get(tree, 'continueOnError'))?.value === 'true' }
}

/** Steps wherever they hide: deployment strategies and `${{ if }}:` insertions nest them. */
function stepsOf(tree: Tree | undefined): readonly Step[] {
  return itemsOf(tree).flatMap((item): readonly Step[] => {
    if (item.kind !== 'map') return []
    const [first] = item.entries
    if (first !== undefined && /^\$\{\{/.test(first.key)) return item.entries.flatMap(({ value }) => stepsOf(value))
    return [stepOf(item)]
  })
}

const strategySteps = (tree: Tree | undefined): readonly Step[] => entriesOf(tree).flatMap(({ key, value }) => (key === 'steps' ? stepsOf(value) : strategySteps(value)))

function poolOf(tree: Tree | undefined): readonly TreeText[] {
  if (tree?.kind === 'text') return [tree]
  return [...textsIn(get(tree, 'vmImage')), ...textsIn(get(tree, 'name'))]
}

function jobOf(tree: TreeMap, entry: Pick<Entry, 'line'>): Job {
  const id = textIn(get(tree, 'deployment')) ?? textIn(get(tree, 'job'))
  const environment = get(tree, 'environment')
  const name = (textIn(environment) ?? textIn(get(environment, 'name')))?.value
  const container = textIn(get(tree, 'container')) ?? textIn(get(tree, 'container', 'image'))
  return {
    id: id?.value ?? '', line: entry.line, tree,
    ...(name !== undefined && environment !== undefined && { environment: { name, line: environment.line } }),
    runners: poolOf(get(tree, 'pool')),
    // A single word names a container resource, which is judged where it stands.
    images: container === undefined || /^[\w-]+$/.test(container.value) ? [] : [{ text: container }],
    env: variablesOf(get(tree, 'variables')),
    steps: [...stepsOf(get(tree, 'steps')), ...strategySteps(get(tree, 'strategy'))],
    caches: [],
    ignoresFailure: textIn(get(tree, 'continueOnError'))?.value === 'true',
  }
}

function jobsIn(tree: Tree | undefined): readonly Job[] {
  return itemsOf(tree).flatMap((item): readonly Job[] => {
    if (item.kind !== 'map') return []
    const conditional = item.entries.filter(({ key }) => /^\$\{\{/.test(key)).flatMap(({ value }) => jobsIn(value))
    if (get(item, 'stage') !== undefined || get(item, 'jobs') !== undefined) return [...conditional, ...jobsIn(get(item, 'jobs'))]
    return get(item, 'job') !== undefined || get(item, 'deployment') !== undefined ? [...conditional, jobOf(item, item)] : conditional
  })
}

function referencesOf(tree: TreeMap): readonly Reference[] {
  return itemsOf(get(tree, 'resources', 'repositories')).flatMap((item) => {
    const name = textIn(get(item, 'name'))
    const ref = textIn(get(item, 'ref'))?.value ?? ''
    return name === undefined ? [] : [{ line: name.line, name: `${name.value}${ref === '' ? '' : `@${ref}`}`, fixed: /^(refs\/tags\/|[0-9a-f]{40}$)/.test(ref), expected: '`ref` with a tag or a commit' }]
  })
}

/** An Azure Pipelines file; steps at the top are one job. */
export function readAzure(tree: TreeMap): Pick<CiFile, 'triggers' | 'env' | 'jobs' | 'references'> {
  const containers = itemsOf(get(tree, 'resources', 'containers')).flatMap((item) => textIn(get(item, 'image')) ?? []).map((text) => ({ text }))
  const top = jobOf({ ...tree, entries: tree.entries.filter(({ key }) => ['steps', 'pool', 'container', 'strategy'].includes(key)) }, tree)
  return {
    triggers: entriesOf(tree).filter(({ key }) => ['trigger', 'pr', 'schedules'].includes(key)).map(({ key, line, value }) => ({ name: key, line, tree: value })),
    env: variablesOf(get(tree, 'variables')),
    jobs: [{ ...top, images: [...top.images, ...containers] }, ...jobsIn(get(tree, 'stages')), ...jobsIn(get(tree, 'jobs'))],
    references: referencesOf(tree),
  }
}
