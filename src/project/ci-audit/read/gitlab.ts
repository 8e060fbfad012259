import type { CiFile, Job, Reference, Step } from '../model.ts'
import { entriesOf, entry, get, itemsOf, textIn, textsIn, type Entry, type Tree, type TreeMap } from '../tree.ts'
import { listed, variablesOf } from './settings.ts'

const reserved = new Set(['default', 'include', 'stages', 'variables', 'workflow', 'image', 'services', 'cache', 'before_script', 'after_script', 'spec', 'types'])

/** Script lines, one step each, because each has its own place; what `!reference` brings is judged where it stands. */
const scriptOf = (tree: Tree | undefined): readonly Step[] => listed(tree).flatMap((item) => (item.kind === 'list' ? scriptLines(item) : item.kind === 'text' ? [stepOf(item)] : []))
const scriptLines = (list: Tree): readonly Step[] => (list.kind === 'list' && list.tag === '!reference' ? [] : itemsOf(list).flatMap((item) => (item.kind === 'text' ? [stepOf(item)] : [])))
const stepOf = (run: Extract<Tree, { kind: 'text' }>): Step => ({ line: run.line, last: run.last, name: '', run, with: [], env: [], ignoresFailure: false })

const imagesOf = (tree: TreeMap): Job['images'] => [get(tree, 'image'), ...itemsOf(get(tree, 'services'))].flatMap((image) => {
  const text = textIn(image) ?? textIn(get(image, 'name'))
  return text === undefined || text.value === '' ? [] : [{ text }]
})

function jobOf({ key, line }: Pick<Entry, 'key' | 'line'>, tree: TreeMap): Job {
  const environment = entry(tree, 'environment')
  const name = environment === undefined ? undefined : (textIn(environment.value) ?? textIn(get(environment.value, 'name')))?.value ?? ''
  const concurrency = entry(tree, 'resource_group')
  const failure = get(tree, 'allow_failure')
  return {
    id: key, line, tree,
    ...(concurrency && { concurrency }), ...(environment && { environment: { name: name ?? '', line: environment.line } }),
    runners: textsIn(get(tree, 'tags')),
    images: imagesOf(tree),
    env: variablesOf(get(tree, 'variables')),
    steps: ['before_script', 'script', 'after_script'].flatMap((part) => scriptOf(get(tree, part))),
    caches: entriesOf(tree).filter(({ key: name_, value }) => name_ === 'cache' && !(value.kind === 'list' && value.items.length === 0) && textIn(get(value, 'policy'))?.value !== 'push').map(({ line: at }) => at),
    ignoresFailure: failure?.kind === 'text' && failure.value === 'true',
  }
}

function includeOf(tree: Tree): readonly Reference[] {
  const text = textIn(tree)
  const remote = textIn(get(tree, 'remote')) ?? (/^https?:/.test(text?.value ?? '') ? text : undefined)
  if (remote !== undefined) return [{ line: remote.line, name: remote.value, fixed: get(tree, 'integrity') !== undefined, expected: '`integrity` with its SHA-256, or a project with a commit' }]
  const project = textIn(get(tree, 'project'))
  if (project !== undefined) return [{ line: project.line, name: `${project.value}${get(tree, 'ref') === undefined ? '' : `@${textIn(get(tree, 'ref'))?.value ?? ''}`}`, fixed: /^[0-9a-f]{40}$/.test(textIn(get(tree, 'ref'))?.value ?? ''), expected: '`ref` with the full commit' }]
  const component = textIn(get(tree, 'component'))
  return component === undefined ? [] : [{ line: component.line, name: component.value, fixed: /@([0-9a-f]{40}|v?\d+\.\d+\.\d+[\w.-]*|\$CI_COMMIT_SHA)$/.test(component.value), expected: 'a whole version (`@1.2.3`) or a commit' }]
}

/** A GitLab file. What stands under `default` and at the top is one more job, named so, because it runs in all of them. */
export function readGitlab(tree: TreeMap): Pick<CiFile, 'triggers' | 'env' | 'jobs' | 'references'> {
  const shared = entry(tree, 'default')
  const jobs = entriesOf(tree).filter(({ key, value }) => !reserved.has(key) && value.kind === 'map').map((one) => jobOf(one, one.value as TreeMap))
  const top = jobOf({ key: 'default', line: tree.line }, { ...tree, entries: tree.entries.filter(({ key }) => ['image', 'services', 'before_script', 'after_script'].includes(key)) })
  const defaults = shared?.value.kind === 'map' ? [jobOf(shared, shared.value)] : []
  return { triggers: [], env: variablesOf(get(tree, 'variables')), jobs: [top, ...defaults, ...jobs], references: listed(get(tree, 'include')).flatMap(includeOf) }
}
