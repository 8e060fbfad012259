import { rule, type CiFile, type Hit, type Job, type Step } from '../model.ts'
import { actionOf, choice, input, isReleaseOnly, publishes } from '../purpose.ts'
import { get, textIn, textsIn } from '../tree.ts'

const off = /^(false|off|no|0)?$/
/** True when a step restores a cache that other runs may have filled. */
function restores(step: Step): boolean {
  const action = actionOf(step)
  const says = (name: string): string | undefined => input(step, name)?.value.trim().toLowerCase()
  if (/startsWith\(\s*github\.ref|github\.ref_type|refs\/tags|github\.event_name/.test(`${step.if?.value ?? ''}${says('cache') ?? ''}${says('enable-cache') ?? ''}${says('package-manager-cache') ?? ''}`)) return false
  if (action === 'actions/cache' || action === 'actions/cache/restore' || action === 'swatinem/rust-cache') return choice(says('lookup-only')) !== 'true'
  if (/^actions\/setup-(node|python|java|dotnet)$/.test(action)) return !off.test(says('cache') ?? '')
  if (action === 'actions/setup-go') return says('cache') === undefined || !off.test(says('cache') ?? '')
  if (action === 'astral-sh/setup-uv') return says('enable-cache') === 'true' || says('enable-cache') === 'auto'
  if (action === 'ruby/setup-ruby') return says('bundler-cache') === 'true'
  if (action === 'gradle/actions/setup-gradle') return says('cache-disabled') !== 'true' && says('cache-read-only') !== 'false'
  if (action === 'docker/build-push-action') return /type=gha/.test(says('cache-from') ?? '')
  return false
}

/** CircleCI and GitLab say per job, or per use of a job in a workflow, that only tags run it. */
function isTagJob(file: CiFile, job: Job): boolean {
  if (file.provider === 'gitlab') {
    const rules = get(job.tree, 'rules')
    const conditions = rules?.kind === 'list' ? rules.items.map((item) => textIn(get(item, 'if'))?.value ?? '') : []
    return (conditions.length > 0 && conditions.every((text) => /\$CI_COMMIT_TAG\b/.test(text))) || (textsIn(get(job.tree, 'only')).some(({ value }) => value === 'tags') && textsIn(get(job.tree, 'only')).length === 1)
  }
  return isReleaseOnly(file)
}

function jobHits(file: CiFile, job: Job): readonly Hit[] {
  const releases = publishes(job)
  if (!releases && !isTagJob(file, job)) return []
  const why = releases ? `in job ${job.id}, which publishes` : `in job ${job.id}, which runs for releases`
  return [
    ...job.steps.filter(restores).map((step): Hit => ({ line: step.uses?.line ?? step.line, from: step.line, last: step.last, found: `${step.uses?.value.split('@')[0] ?? step.name} restores a cache ${why}` })),
    ...(releases || isTagJob(file, job) ? job.caches.map((line): Hit => ({ line, found: `a cache is restored ${why}` })) : []),
  ]
}

/** What is released was built with files that less trusted runs may have put into the cache. */
export const cachePoisoning = rule({
  id: 'cache-poisoning', severity: 'warning',
  expected: 'no restored cache where something is published',
  next: 'Switch the cache off in this job (for example `cache: false`, `package-manager-cache: false`).',
  check: (file) => (file.kind === 'pipeline' ? file.jobs.flatMap((job) => jobHits(file, job)) : []),
})
