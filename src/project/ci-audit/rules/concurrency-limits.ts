import { rule, type CiFile, type Hit, type Job } from '../model.ts'
import { deploys, isPullRequestOnly, isReusable } from '../purpose.ts'
import { entry, get, textIn, type Entry } from '../tree.ts'

const cancels = (concurrency: Entry | undefined): boolean => textIn(get(concurrency?.value, 'cancel-in-progress'))?.value.trim() === 'true'
/** Deploys that matter: previews of a pull request may overtake each other. */
const isLasting = (file: CiFile, job: Job): boolean => deploys(job) && !/preview|review|(^|[-_/. ])(test|e2e|integration|smoke|example)s?([-_/. ]|$)/i.test(`${file.path.split('/').at(-1) ?? ''} ${job.id}`) && !/preview|review|\$\{\{|\$CI_COMMIT_REF|\bpr\b|pull/i.test(job.environment?.name ?? '') && !/event_name\s*==\s*'pull_request'/.test(job.if?.value ?? '')

function githubHits(file: CiFile): readonly Hit[] {
  if (isPullRequestOnly(file) || isReusable(file)) return []
  const top = entry(file.tree, 'concurrency')
  return file.jobs.filter((job) => isLasting(file, job) && job.uses === undefined).flatMap((job): readonly Hit[] => {
    const own = job.concurrency ?? top
    if (own === undefined) return [{ line: job.line, found: `deploy job ${job.id} without a concurrency group` }]
    // Cancelling the whole workflow cancels the deploy in it, whatever its own group says.
    const cancelled = [job.concurrency, top].find(cancels)
    return cancelled === undefined ? [] : [{ line: cancelled.line, found: `cancel-in-progress: true, which stops deploy job ${job.id} half way`, expected: '`cancel-in-progress: false` for deploys', next: 'Cancel only for pull requests.' }]
  })
}

function gitlabHits(file: CiFile): readonly Hit[] {
  const shared = textIn(get(file.tree, 'default', 'interruptible'))?.value === 'true'
  return file.jobs.filter((job) => isLasting(file, job) && !job.id.startsWith('.') && get(job.tree, 'extends') === undefined && job.id !== 'default').flatMap((job): readonly Hit[] => {
    const own = textIn(get(job.tree, 'interruptible'))
    const hits: Hit[] = job.concurrency === undefined ? [{ line: job.line, found: `deploy job ${job.id} without resource_group`, expected: '`resource_group`', next: 'Add resource_group with the name of the environment.' }] : []
    if (own?.value === 'true' || (own === undefined && shared)) hits.push({ line: own?.line ?? job.line, found: `deploy job ${job.id} may be interrupted`, expected: '`interruptible: false`', next: 'Set interruptible: false in deploy jobs.' })
    return hits
  })
}

/** Two deploys at once, or one that is stopped half way. */
export const concurrencyLimits = rule({
  id: 'concurrency-limits', severity: 'warning',
  expected: 'one deploy to an environment at a time, never cancelled',
  next: 'Add concurrency with a group for the environment and cancel-in-progress: false.',
  check: (file) => (file.kind !== 'pipeline' ? [] : file.provider === 'github-actions' ? githubHits(file) : file.provider === 'gitlab' ? gitlabHits(file) : []),
})
