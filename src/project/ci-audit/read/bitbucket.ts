import type { CiFile, Job, Reference, Step } from '../model.ts'
import { entriesOf, entry, get, itemsOf, textIn, textsIn, type Tree, type TreeMap } from '../tree.ts'
import { settingsOf } from './settings.ts'

function scriptOf(tree: Tree | undefined): readonly Step[] {
  return itemsOf(tree).flatMap((item): readonly Step[] => {
    const base = { line: item.line, last: item.last, name: '', ignoresFailure: false }
    if (item.kind === 'text') return [{ ...base, run: item, with: [], env: [] }]
    const pipe = textIn(get(item, 'pipe'))
    return pipe === undefined ? [] : [{ ...base, uses: pipe, with: [], env: settingsOf(get(item, 'variables')) }]
  })
}

const imagesOf = (tree: Tree | undefined): Job['images'] => [get(tree, 'image')].flatMap((image) => {
  const text = textIn(image) ?? textIn(get(image, 'name'))
  return text === undefined || text.value === '' ? [] : [{ text }]
})

function stepOf(tree: TreeMap, stage: Tree | undefined): Job {
  const deployment = entry(tree, 'deployment') ?? entry(stage, 'deployment')
  return {
    id: textIn(get(tree, 'name'))?.value ?? 'step', line: tree.line, tree,
    ...(deployment && { environment: { name: textIn(deployment.value)?.value ?? '', line: deployment.line } }),
    runners: textsIn(get(tree, 'runs-on')), images: imagesOf(tree), env: [],
    steps: [...scriptOf(get(tree, 'script')), ...scriptOf(get(tree, 'after-script'))],
    caches: entriesOf(tree).filter(({ key }) => key === 'caches').map(({ line }) => line), ignoresFailure: false,
  }
}

/** Every `step` below a tree, through `parallel`, `stage` and lists. A step that an alias repeats counts where it is defined. */
function stepsBelow(tree: Tree | undefined, stage?: Tree): readonly Job[] {
  if (tree?.kind === 'list') return tree.items.flatMap((item) => stepsBelow(item, stage))
  return entriesOf(tree).flatMap(({ key, value }): readonly Job[] => (key === 'step' && value.kind === 'map' ? [stepOf(value, stage)] : ['script', 'variables', 'caches', 'services'].includes(key) ? [] : stepsBelow(value, key === 'stage' ? value : stage)))
}

const servicesOf = (tree: TreeMap): Job => ({
  id: 'definitions', line: tree.line, tree, runners: [], steps: [], caches: [], ignoresFailure: false,
  images: [...imagesOf(tree), ...entriesOf(get(tree, 'definitions', 'services')).flatMap(({ value }) => imagesOf(value))],
  env: entriesOf(get(tree, 'definitions', 'services')).flatMap(({ value }) => settingsOf(get(value, 'variables'))),
})

/** A Bitbucket Pipelines file; each step is a job, its pipes are what it uses. */
export function readBitbucket(tree: TreeMap): Pick<CiFile, 'triggers' | 'env' | 'jobs' | 'references'> {
  const steps = stepsBelow(get(tree, 'pipelines'))
  const once = [...new Map(steps.map((job) => [`${job.line}:${job.environment?.name ?? ''}`, job])).values()]
  const references: readonly Reference[] = []
  return { triggers: entriesOf(get(tree, 'pipelines')).map(({ key, line, value }) => ({ name: key, line, tree: value })), env: [], jobs: [servicesOf(tree), ...once], references }
}
