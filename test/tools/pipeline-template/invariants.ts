import { parse } from 'yaml'
import { knowledge } from '../../support/knowledge.ts'

interface WorkflowStep { readonly name?: string, readonly uses?: string, readonly run?: string, readonly with?: Record<string, unknown> }
interface WorkflowJob { readonly uses?: string, readonly permissions?: Record<string, string>, readonly environment?: string, readonly concurrency?: { readonly 'cancel-in-progress'?: unknown }, readonly steps?: readonly WorkflowStep[], readonly 'timeout-minutes'?: number, readonly 'runs-on'?: string }
interface Workflow { readonly on: Record<string, unknown>, readonly permissions?: Record<string, string>, readonly concurrency?: { readonly 'cancel-in-progress'?: unknown }, readonly jobs: Record<string, WorkflowJob> }

const pins = (): ReadonlyMap<string, string> => new Map(Object.values(knowledge().actions).map((sheet) => [`${sheet.facts.action.value}@${sheet.facts.sha.value}`, sheet.facts.version.value ?? '']))

function usesProblems(text: string): string[] {
  const known = pins()
  return [...text.matchAll(/^\s*(?:- )?uses: (.+)$/gm)].flatMap(([, reference = '']) => {
    if (reference.startsWith('./')) return []
    const [, action = '', sha = '', version = ''] = /^([^@\s]+)@([0-9a-f]{40}) # (\S+)$/.exec(reference) ?? []
    const sheet = known.get(`${action.split('/').slice(0, 2).join('/')}@${sha}`)
    return sheet === undefined || sheet !== version ? [`unpinned: ${reference}`] : []
  })
}

function jobProblems(id: string, job: WorkflowJob): string[] {
  const steps = job.steps ?? []
  const problems = job.permissions === undefined ? [`no-permissions: ${id}`] : []
  if (job.uses === undefined && job['timeout-minutes'] === undefined) problems.push(`no-timeout: ${id}`)
  if (job['runs-on']?.includes('latest')) problems.push(`floating-runner: ${id}`)
  if (/^(deploy|migrate)-/.test(id) && job.concurrency?.['cancel-in-progress'] !== false) problems.push(`deploy-may-be-cancelled: ${id}`)
  if (JSON.stringify(job).includes('secrets.') && job.environment === undefined) problems.push(`secret-outside-environment: ${id}`)
  if (job.permissions?.['id-token'] === 'write' && !steps.some((step) => /(configure-aws-credentials|google-github-actions\/auth|Azure\/login)@/.test(step.uses ?? ''))) problems.push(`needless-id-token: ${id}`)
  for (const step of steps) {
    if (step.run?.includes('${{')) problems.push(`expression-in-run: ${id}`)
    if (/@latest|\bnpm install\b(?! --global \S+@\d)|--no-frozen-lockfile|curl [^|]*\| *(ba)?sh/.test(step.run ?? '')) problems.push(`unlocked-install: ${id}`)
    if (step.uses?.startsWith('actions/checkout@') && step.with?.['persist-credentials'] !== false) problems.push(`persisted-credentials: ${id}`)
  }
  return problems
}

/** What a workflow does against the rules every generated one keeps; empty when it keeps them all. */
export function workflowProblems(text: string): readonly string[] {
  const workflow = parse(text) as Workflow
  const problems = usesProblems(text)
  if (workflow.permissions === undefined || Object.values(workflow.permissions).includes('write')) problems.push('broad-permissions')
  if ('pull_request_target' in workflow.on) problems.push('dangerous-trigger')
  if (workflow.concurrency?.['cancel-in-progress'] === true) problems.push('cancels-pushes')
  if (text.includes('@latest') || /image: \S+:latest/.test(text)) problems.push('floating-tool')
  return [...problems, ...Object.entries(workflow.jobs).flatMap(([id, job]) => jobProblems(id, job))]
}
