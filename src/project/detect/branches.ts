import type { Detector } from './findings.ts'

/** Names of a main line. Others, such as `release` or `staging`, are branches that something is deployed from. */
const mainLines = ['main', 'master', 'trunk']
const others = ['develop', 'development', 'dev']
const plain = /^[A-Za-z0-9](?!.*(?:\.\.|\/\/|\.lock$|[./]$))[A-Za-z0-9._/-]{0,99}$/

/** Pipelines that say on which branches they start, and the keys that head those lists. */
const pipelines = /^\.github\/workflows\/[^/]+\.ya?ml$|^\.gitlab-ci\.ya?ml$|^\.circleci\/config\.ya?ml$|^(?:\.azuredevops\/)?azure-pipelines[\w.-]*\.ya?ml$|^bitbucket-pipelines\.ya?ml$/
const heads = /^(\s*)(?:-\s*)?["']?(?:branches|only|trigger|include)["']?:\s*(.*)$/
const compared = /\$CI_COMMIT_BRANCH\s*={2}\s*["']([\w./-]+)["']/g

/** Branches on which a pipeline starts, each with its line. Read line by line: what a list holds is all that is asked. */
export function branchesIn(text: string): readonly { readonly branch: string, readonly line: number }[] {
  const found: { readonly branch: string, readonly line: number }[] = []
  const add = (words: string, line: number): void => {
    for (const [, word = ''] of words.replace(/\s#.*$/, '').matchAll(/["']?([\w./*-]+)["']?(?:\s*,|\s*\]|\s*:|\s*$)/g)) if (plain.test(word)) found.push({ branch: word, line })
  }
  let within: number | undefined
  text.split('\n').forEach((line, index) => {
    for (const [, branch = ''] of line.matchAll(compared)) add(branch, index + 1)
    const [, indent = '', rest = ''] = heads.exec(line) ?? []
    if (heads.test(line)) {
      within = rest.trim() === '' || rest.trim().startsWith('#') ? indent.length : undefined
      if (within === undefined && !/^[&*|>{]/.test(rest.trim())) add(rest.replace(/^\[/, ''), index + 1)
      return
    }
    if (within === undefined || line.trim() === '' || line.trim().startsWith('#')) return
    const item = /^(\s*)(?:-\s+)?["']?([\w./*-]+)["']?\s*:?\s*(?:#.*)?$/.exec(line)
    if (item !== null && (item[1] ?? '').length >= within) add(item[2] ?? '', index + 1)
    else within = undefined
  })
  return found
}

/** The default branch: as the clone says, else the main line on which most pipelines start. A branch that Git names wins. */
export const detectBranches: Detector = (files, found) => {
  const head = '.git/refs/remotes/origin/HEAD'
  const named = /^ref: refs\/remotes\/origin\/(\S+)/.exec(files.start(head) ?? '')?.[1]
  const starts = files.named('*.yaml', '*.yml').filter((path) => pipelines.test(path)).flatMap((file) => branchesIn(files.text(file) ?? '').map((start) => ({ ...start, file })))
  const known = starts.filter(({ branch }) => mainLines.includes(branch))
  const lines = known.length > 0 ? known : starts.filter(({ branch }) => others.includes(branch))
  // Where pipelines start on `main` and on `develop`, what is released comes from `main`, whichever of the two Git shows first.
  if (named !== undefined && plain.test(named) && (known.length === 0 || mainLines.includes(named))) found.add('defaultBranch', named, head, 1, 'statement')
  const count = (name: string): number => lines.filter(({ branch }) => branch === name).length
  const most = [...new Set(lines.map(({ branch }) => branch))].sort((a, b) => count(b) - count(a) || [...mainLines, ...others].indexOf(a) - [...mainLines, ...others].indexOf(b))[0]
  for (const { branch, file, line } of lines) found.add('defaultBranch', branch, file, line, branch === most ? 'use' : 'hint')
}
