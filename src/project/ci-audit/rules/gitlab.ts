import { rule, type CiFile, type Hit, type Job } from '../model.ts'
import { allTexts, entry, get, itemsOf, textIn } from '../tree.ts'

const only = (file: CiFile, check: (file: CiFile) => readonly Hit[]): readonly Hit[] => (file.provider === 'gitlab' ? check(file) : [])

/** Tokens that GitLab removed: what reads them gets nothing. */
export const removedJobToken = rule({
  id: 'removed-job-jwt', severity: 'warning',
  expected: '`id_tokens` with an audience',
  next: 'Declare id_tokens in the job and read that variable.',
  check: (file) => only(file, () => allTexts(file.tree).flatMap((text) => [...text.value.matchAll(/\$\{?CI_JOB_JWT(_V[12])?\b/g)].map((match): Hit => ({ line: text.lineAt(match.index), found: match[0] })))),
})

/** `only` and `except` are no longer developed, and do not mix with rules. */
export const deprecatedOnly = rule({
  id: 'deprecated-only-except', severity: 'info',
  expected: '`rules`',
  next: 'Write the condition as rules; protect the branch and the environment beside it.',
  check: (file) => only(file, () => file.jobs.flatMap(({ tree }) => ['only', 'except'].flatMap((key) => entry(tree, key) ?? []).map(({ key, line }) => ({ line, found: key })))),
})

/** A rule that holds for branch pipelines beside one that holds for merge requests. */
function runsTwice(job: Job): boolean {
  const rules = itemsOf(get(job.tree, 'rules')).filter((item) => textIn(get(item, 'when'))?.value !== 'never')
  const conditions = rules.map((item) => textIn(get(item, 'if'))?.value.trim() ?? '')
  const never = itemsOf(get(job.tree, 'rules')).filter((item) => textIn(get(item, 'when'))?.value === 'never').map((item) => textIn(get(item, 'if'))?.value ?? '')
  if (never.some((text) => /CI_OPEN_MERGE_REQUESTS|CI_PIPELINE_SOURCE\s*==\s*["']push|CI_COMMIT_BRANCH/.test(text))) return false
  const forMerges = conditions.some((text) => /merge_request_event|^\$CI_MERGE_REQUEST_I?ID$/.test(text))
  return forMerges && conditions.some((text, at) => (text === '' && get(rules[at], 'changes') === undefined && get(rules[at], 'exists') === undefined) || /^\$CI_COMMIT_BRANCH$|^\$CI_PIPELINE_SOURCE\s*==\s*["']push["']$/.test(text))
}

/** One push runs the same jobs in a branch and in a merge request pipeline. */
export const duplicatePipelines = rule({
  id: 'duplicate-pipelines', severity: 'info',
  expected: '`workflow: rules` that choose one kind of pipeline',
  next: 'Add workflow:rules: merge requests, the default branch and tags.',
  check: (file) => only(file, () => (get(file.tree, 'workflow', 'rules') !== undefined || get(file.tree, 'include') !== undefined ? [] : file.jobs.filter(runsTwice).map(({ id, line }) => ({ line, found: `job ${id} runs for the push and for the merge request` })))),
})
