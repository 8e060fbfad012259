import { rule, type CiFile, type Hit, type Job } from '../model.ts'
import { actionOf, isReusable } from '../purpose.ts'
import { entriesOf, entry, textIn, type Tree } from '../tree.ts'

const word = (tree: Tree | undefined): string => textIn(tree)?.value.trim() ?? ''
const writes = (tree: Tree | undefined) => entriesOf(tree).filter(({ value }) => word(value) === 'write')

/** Actions that are known not to ask for an identity token. */
const needNone = /^(actions\/(checkout|cache|setup-[\w-]+|upload-artifact|download-artifact|github-script|labeler|stale)|docker\/[\w-]+|pnpm\/action-setup|astral-sh\/setup-uv|oven-sh\/setup-bun|dorny\/paths-filter|softprops\/action-gh-release)(\/|$)/
const asksInScript = /id[_-]?token|oidc|provenance|cosign|sigstore|attest|publish|vault|doppler|infisical|aws |gcloud|az login|trusted/i

/** True when nothing in the job can be the reason for an identity token. */
const hasNoUseForToken = (job: Job): boolean => job.uses === undefined && job.steps.length > 0 && job.steps.every((step) => (step.uses === undefined ? !asksInScript.test(step.run?.value ?? '') : needNone.test(actionOf(step))))

function topHits(file: CiFile): readonly Hit[] {
  const top = entry(file.tree, 'permissions')
  const allOwn = file.jobs.every(({ permissions }) => permissions !== undefined)
  if (top === undefined) {
    const without = file.jobs.find(({ permissions }) => permissions === undefined)
    return without === undefined || isReusable(file) ? [] : [{ line: without.line, found: `no permissions for job ${without.id}${allOwn ? '' : ' and none at the top'}: the token has the default of the repository` }]
  }
  if (word(top.value) === 'write-all') return [{ line: top.line, found: 'write-all for every job' }]
  if (word(top.value) === 'read-all') return [{ line: top.line, severity: 'info', found: 'read-all' }]
  // With one job, or with jobs that all say their own, the top level gives nobody too much.
  const severity = file.jobs.length === 1 || allOwn ? 'info' : 'warning'
  return writes(top.value).map(({ key, line }) => ({ line, severity, found: `${key}: write for every job`, expected: 'write access only in the jobs that need it', next: 'Move it to permissions of the job that needs it.' }))
}

function jobHits(job: Job): readonly Hit[] {
  if (job.permissions === undefined) return []
  if (word(job.permissions.value) === 'write-all') return [{ line: job.permissions.line, found: `write-all in job ${job.id}` }]
  return writes(job.permissions.value).filter(({ key }) => key === 'id-token' && hasNoUseForToken(job)).map(({ line }) => ({ line, found: `id-token: write in job ${job.id}, where nothing signs in with it`, expected: 'no id-token permission', next: 'Remove it.' }))
}

/** The job's token may do more than the job does. */
export const excessivePermissions = rule({
  id: 'excessive-permissions', severity: 'warning',
  expected: '`permissions: {}` or `contents: read` at the top, more only in a job',
  next: 'Add permissions at the top, and write access in the jobs that need it.',
  check: (file) => (file.provider === 'github-actions' && file.kind === 'pipeline' ? [...topHits(file), ...file.jobs.flatMap(jobHits)] : []),
})
