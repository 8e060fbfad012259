import type { CiFile, Job, Reference, Step } from '../model.ts'
import { entriesOf, entry, get, itemsOf, textIn, textsIn, type Tree, type TreeMap } from '../tree.ts'
import { settingsOf, variablesOf } from './settings.ts'

function stepsOf(tree: Tree | undefined): readonly Step[] {
  return itemsOf(tree).flatMap((item): readonly Step[] => {
    const first = entriesOf(item)[0]
    const base = { line: item.line, last: item.last, env: [], ignoresFailure: false }
    if (first === undefined) return item.kind === 'text' ? [{ ...base, name: item.value, with: [] }] : []
    if (first.key === 'when' || first.key === 'unless') return stepsOf(get(first.value, 'steps'))
    if (first.key !== 'run') return [{ ...base, name: first.key, with: settingsOf(first.value) }]
    const run = textIn(first.value) ?? textIn(get(first.value, 'command'))
    const name = textIn(get(first.value, 'name'))?.value ?? ''
    return run === undefined ? [] : [{ ...base, name, run, with: [], env: variablesOf(get(first.value, 'environment')) }]
  })
}

const imagesOf = (tree: Tree | undefined): Job['images'] => [...itemsOf(get(tree, 'docker')).map((one) => get(one, 'image')), textIn(get(tree, 'machine')) ?? get(tree, 'machine', 'image')].flatMap((image) => {
  const text = textIn(image)
  return text === undefined || text.value === '' ? [] : [{ text }]
})

/** Contexts of a job, over all workflows that run it. */
function contextOf(root: TreeMap, id: string): Job['environment'] {
  for (const { value } of entriesOf(get(root, 'workflows'))) {
    for (const item of itemsOf(get(value, 'jobs'))) {
      const used = entriesOf(item)[0]
      const context = used === undefined || (used.key !== id) ? undefined : entry(used.value, 'context')
      if (context !== undefined) return { name: textsIn(context.value).map(({ value: name }) => name).join(', '), line: context.line }
    }
  }
  return undefined
}

function jobOf(root: TreeMap, id: string, line: number, tree: TreeMap): Job {
  const environment = contextOf(root, id)
  const group = entriesOf(get(root, 'workflows')).flatMap(({ value }) => itemsOf(get(value, 'jobs'))).map((item) => entriesOf(item)[0]).find((used) => used?.key === id && entry(used.value, 'serial-group') !== undefined)
  const concurrency = entry(tree, 'serial-group') ?? entry(group?.value, 'serial-group')
  const steps = stepsOf(get(tree, 'steps'))
  const docker = itemsOf(get(tree, 'docker'))
  return {
    id, line, tree, ...(environment && { environment }), ...(concurrency && { concurrency }),
    runners: textsIn(get(tree, 'resource_class')),
    images: imagesOf(tree),
    env: [...variablesOf(get(tree, 'environment')), ...docker.flatMap((one) => [...settingsOf(get(one, 'auth')).map((setting) => ({ ...setting, key: `credentials.${setting.key}` })), ...variablesOf(get(one, 'environment'))])],
    steps,
    caches: steps.filter(({ name, run }) => run === undefined && name === 'restore_cache').map(({ line: at }) => at),
    ignoresFailure: false,
  }
}

const orbsOf = (tree: TreeMap): readonly Reference[] => entriesOf(get(tree, 'orbs')).flatMap(({ value }) => {
  const orb = textIn(value)
  return orb === undefined ? [] : [{ line: orb.line, name: orb.value, fixed: /@\d+\.\d+\.\d+$/.test(orb.value) || orb.value.includes('<<'), expected: 'a whole version (`@1.2.3`)' }]
})

/** A CircleCI file: jobs, and commands and executors as jobs of their own, because they run inside jobs. */
export function readCircleci(tree: TreeMap): Pick<CiFile, 'triggers' | 'env' | 'jobs' | 'references'> {
  const jobs = ['jobs', 'commands', 'executors'].flatMap((part) => entriesOf(get(tree, part)).flatMap(({ key, line, value }) => (value.kind === 'map' ? [jobOf(tree, part === 'jobs' ? key : `${part}.${key}`, line, value)] : [])))
  return { triggers: [], env: [], jobs, references: orbsOf(tree) }
}
