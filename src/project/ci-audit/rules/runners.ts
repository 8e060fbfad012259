import { rule } from '../model.ts'
import { hasTrigger, isReusable } from '../purpose.ts'
import { entry } from '../tree.ts'

/** Machines of one's own keep what a run leaves behind, and strangers can start runs in public code. */
export const selfHostedRunner = rule({
  id: 'self-hosted-runner', severity: 'warning',
  expected: 'a hosted runner for public code',
  next: 'Use hosted runners for pull requests, or runners that live for one job with approval for all outside contributors.',
  check: (file, { visibility }) => {
    const isOpen = hasTrigger(file, 'pull_request', 'pull_request_target', 'issue_comment', 'workflow_run')
    if (file.provider !== 'github-actions' || visibility === 'private' || visibility === 'internal' || (visibility === undefined && !isOpen)) return []
    return file.jobs.flatMap(({ id, runners }) => runners.filter(({ value }) => value === 'self-hosted').map(({ line }) => ({ line, severity: visibility === 'public' ? 'warning' as const : 'info' as const, found: `job ${id} on a self-hosted runner${isOpen ? ', started by pull requests' : ''}` })))
  },
})

/** The system of the runner changes on a day that the provider picks. */
export const unpinnedRunner = rule({
  id: 'unpinned-runner', severity: 'info',
  expected: 'a version of the runner image',
  next: 'Name the version (for example the one that latest means now).',
  check: (file) => (['github-actions', 'azure-pipelines'].includes(file.provider) ? file.jobs.flatMap(({ runners }) => runners.filter(({ value }) => /^(ubuntu|windows|macos)-latest$/i.test(value)).map(({ line, value }) => ({ line, found: value }))) : []),
})

/** A hung job holds its runner and its lock for hours. */
export const missingTimeout = rule({
  id: 'missing-timeout', severity: 'info',
  expected: '`timeout-minutes`',
  next: 'Add timeout-minutes a little above the longest good run.',
  check: (file) => (file.provider === 'github-actions' && file.kind === 'pipeline' && !isReusable(file)
    ? file.jobs.filter(({ uses, tree, steps }) => uses === undefined && entry(tree, 'timeout-minutes') === undefined && steps.length > 0 && !steps.every((step) => entry(tree, 'timeout-minutes') !== undefined || step.with.some(({ key }) => key === 'timeout-minutes')))
      .map(({ id, line }) => ({ line, found: `job ${id} may run for six hours` }))
    : []),
})
