import type { CiFile, FileKind, Provider } from './model.ts'
import { readAzure } from './read/azure.ts'
import { readBitbucket } from './read/bitbucket.ts'
import { readCircleci } from './read/circleci.ts'
import { readGithub } from './read/github.ts'
import { readGitlab } from './read/gitlab.ts'
import { get, parseTree, type Tree, type TreeMap } from './tree.ts'

const kinds: readonly (readonly [path: RegExp, provider: Provider, kind: FileKind])[] = [
  [/^\.github\/workflows\/[^/]+\.ya?ml$/, 'github-actions', 'pipeline'],
  [/(^|\/)action\.ya?ml$/, 'github-actions', 'action'],
  [/^\.github\/dependabot\.ya?ml$/, 'github-actions', 'dependabot'],
  [/^(\.gitlab-ci|\.gitlab\/ci\/[^/]+)\.ya?ml$/, 'gitlab', 'pipeline'],
  [/^\.circleci\/config\.ya?ml$/, 'circleci', 'pipeline'],
  [/^(\.azuredevops\/|\.azure\/|\.pipelines\/)?azure-pipelines[\w.-]*\.ya?ml$/, 'azure-pipelines', 'pipeline'],
  [/^bitbucket-pipelines\.ya?ml$/, 'bitbucket', 'pipeline'],
]

const kindOf = (path: string) => kinds.find(([pattern]) => pattern.test(path))

/** True for files that the audit reads, by path relative to the project. */
export const isCiFile = (path: string): boolean => kindOf(path) !== undefined

/** A file that was read, or why not and where; both when readers may disagree on it. */
export interface ReadFile { readonly file?: CiFile, readonly fault?: { readonly problem: string, readonly line: number } }

const readers: Readonly<Record<Provider, (tree: TreeMap, kind: FileKind) => Pick<CiFile, 'triggers' | 'env' | 'jobs' | 'references'>>> = {
  'github-actions': (tree, kind) => (kind === 'dependabot' ? { triggers: [], env: [], jobs: [], references: [] } : readGithub(tree, kind === 'action')),
  gitlab: readGitlab, circleci: readCircleci, 'azure-pipelines': readAzure, bitbucket: readBitbucket,
}

/** GitLab allows one more document before the pipeline, which declares its inputs. */
function pipelineOf(documents: readonly Tree[], provider: Provider): Tree | undefined {
  const [first, second] = documents
  return provider === 'gitlab' && second !== undefined && get(first, 'spec') !== undefined ? second : first
}

/** Other programs have files of this name: outside of the usual places only one that says how it runs is an action. */
const isOther = (path: string, kind: FileKind, tree: Tree | undefined): boolean => kind === 'action' && path.includes('/') && !path.startsWith('.github/') && get(tree, 'runs') === undefined

/** Reads one CI file into the model. Never throws; undefined for a file that is none. */
export function readCiFile(path: string, text: string): ReadFile | undefined {
  const found = kindOf(path)
  if (found === undefined) return undefined
  const [, provider, kind] = found
  const plain = text.replace(/^\uFEFF/, '')
  const { documents, fault } = parseTree(plain)
  if (isOther(path, kind, documents[0])) return undefined
  if (documents.length === 0) return { fault: fault ?? { problem: 'it is empty', line: 1 } }
  const tree = pipelineOf(documents, provider)
  if (tree?.kind !== 'map') return { fault: { problem: 'it is empty or no mapping', line: 1 } }
  try {
    const file: CiFile = { path, provider, kind, source: plain.split(/\r?\n/), tree, ...readers[provider](tree, kind) }
    return fault === undefined ? { file } : { file, fault }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { fault: { problem: 'it is nested too deep to be read', line: 1 } }
  }
}
