import type { CiFile, Image, Job, Setting, Step, Trigger } from '../model.ts'
import { entriesOf, entry, get, itemsOf, textIn, textsIn, type Tree, type TreeMap, type TreeText } from '../tree.ts'
import { settingsOf, variablesOf } from './settings.ts'

const isTrue = (tree: Tree | undefined): boolean => tree?.kind === 'text' && tree.value.trim().toLowerCase() === 'true'

function stepOf(tree: Tree): Step {
  const optional = Object.fromEntries((['uses', 'run', 'if'] as const).flatMap((key) => (textIn(get(tree, key)) === undefined ? [] : [[key, textIn(get(tree, key))]]))) as Pick<Step, 'uses' | 'run' | 'if'>
  return { line: tree.line, last: tree.last, name: textIn(get(tree, 'name'))?.value ?? '', ...optional, with: settingsOf(get(tree, 'with')), env: variablesOf(get(tree, 'env')), ignoresFailure: isTrue(get(tree, 'continue-on-error')) }
}

/** A value of the matrix that an image names, so that `node:${{ matrix.node }}` is judged by what it becomes; the text itself where it cannot be told. */
function imageOf(tree: Tree | undefined): readonly Image[] {
  const text = textIn(tree) ?? textIn(get(tree, 'image'))
  return text === undefined || text.value.trim() === '' ? [] : [{ text }]
}

function matrixImages(job: TreeMap, images: readonly Image[]): readonly Image[] {
  return images.flatMap((image) => {
    const key = /^\s*\$\{\{\s*matrix\.([\w-]+)\s*\}\}\s*$/.exec(image.text.value)?.[1]
    if (key === undefined) return [image]
    return textsIn(get(job, 'strategy', 'matrix', key)).map((text) => ({ text }))
  })
}

function runnersOf(tree: Tree | undefined): readonly TreeText[] {
  return tree?.kind === 'map' ? [...textsIn(get(tree, 'labels')), ...textsIn(get(tree, 'group'))] : textsIn(tree)
}

function environmentOf(tree: TreeMap): Job['environment'] {
  const found = entry(tree, 'environment')
  return found === undefined ? undefined : { name: (textIn(found.value) ?? textIn(get(found.value, 'name')))?.value ?? '', line: found.line }
}

/** Credentials of containers count as variables: they are looked through for literal passwords. */
const credentialsOf = (container: Tree | undefined): readonly Setting[] => settingsOf(get(container, 'credentials')).map((setting) => ({ ...setting, key: `credentials.${setting.key}` }))

function jobOf(id: string, line: number, tree: TreeMap): Job {
  const uses = textIn(get(tree, 'uses'))
  const condition = textIn(get(tree, 'if'))
  const permissions = entry(tree, 'permissions')
  const concurrency = entry(tree, 'concurrency')
  const environment = environmentOf(tree)
  const services = entriesOf(get(tree, 'services')).map(({ value }) => value)
  return {
    id, line, tree,
    ...(uses && { uses }), ...(condition && { if: condition }), ...(permissions && { permissions }), ...(concurrency && { concurrency }), ...(environment && { environment }),
    runners: runnersOf(get(tree, 'runs-on')),
    images: matrixImages(tree, [get(tree, 'container'), ...services].flatMap(imageOf)),
    env: [...variablesOf(get(tree, 'env')), ...[get(tree, 'container'), ...services].flatMap(credentialsOf), ...[get(tree, 'container'), ...services].flatMap((container) => variablesOf(get(container, 'env')))],
    steps: itemsOf(get(tree, 'steps')).filter(({ kind }) => kind === 'map').map(stepOf),
    caches: [],
    ignoresFailure: isTrue(get(tree, 'continue-on-error')),
  }
}

function triggersOf(tree: TreeMap): readonly Trigger[] {
  // YAML 1.1 writers turn the key `on` into `true`.
  const on = get(tree, 'on') ?? get(tree, 'true')
  if (on?.kind === 'map') return on.entries.map(({ key, line, value }) => ({ name: key, line, tree: value }))
  return textsIn(on).map((text) => ({ name: text.value, line: text.line }))
}

/** A workflow, or a composite or Docker action, which becomes one job without a runner. */
export function readGithub(tree: TreeMap, isAction: boolean): Pick<CiFile, 'triggers' | 'env' | 'jobs' | 'references'> {
  const jobs = isAction
    ? entriesOf(tree).filter(({ key }) => key === 'runs').flatMap(({ line, value }) => (value.kind === 'map' ? [{ ...jobOf('runs', line, value), images: imageOf(get(value, 'image')).filter(({ text }) => text.value.startsWith('docker://')) }] : []))
    : entriesOf(get(tree, 'jobs')).flatMap(({ key, line, value }) => (value.kind === 'map' ? [jobOf(key, line, value)] : []))
  return { triggers: triggersOf(tree), env: variablesOf(get(tree, 'env')), jobs, references: [] }
}
