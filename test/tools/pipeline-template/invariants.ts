import { parse } from 'yaml'
import { auditCiFiles } from '../../../src/project/ci-audit/audit.ts'
import { knowledge } from '../../support/knowledge.ts'

interface WorkflowJob { readonly permissions?: unknown, readonly concurrency?: { readonly 'cancel-in-progress'?: unknown }, readonly steps?: readonly { readonly run?: string }[] }
interface Workflow { readonly concurrency?: { readonly 'cancel-in-progress'?: unknown }, readonly jobs: Readonly<Record<string, WorkflowJob>> }

const pins = () => Object.values(knowledge().actions).map(({ facts }) => ({ action: facts.action.value ?? '', version: facts.version.value ?? '', sha: facts.sha.value ?? '' }))

/** Generated images carry the version of their sheet; no sheet holds digests. */
const accepted = (rule: string, severity: string): boolean => rule === 'unpinned-images' && severity === 'info'

/** A pin that no sheet holds may be right; a generated one may not. */
function unknownPins(text: string): readonly string[] {
  const known = new Set(pins().map(({ action, version, sha }) => `${action}@${sha} # ${version}`))
  return [...text.matchAll(/^\s*(?:- )?uses: (?!\.\/)(\S+)(.*)$/gm)].map(([, uses = '', rest = '']) => `${uses.split('@')[0]?.split('/').slice(0, 2).join('/') ?? ''}@${uses.split('@')[1] ?? ''}${rest}`).filter((pin) => !known.has(pin)).map((pin) => `unknown-pin: ${pin}`)
}

function jobProblems(id: string, job: WorkflowJob): readonly string[] {
  return [
    ...(job.permissions === undefined ? [`no-permissions: ${id}`] : []),
    ...(/^(deploy|migrate)-/.test(id) && job.concurrency?.['cancel-in-progress'] !== false ? [`deploy-may-be-cancelled: ${id}`] : []),
    ...(job.steps ?? []).filter(({ run }) => run?.includes('${{')).map(() => `expression-in-run: ${id}`),
  ]
}

/** What the audit says of a workflow, to the last piece of information, and where it is laxer with people's files than with ours; empty when nothing. */
export function workflowProblems(text: string): readonly string[] {
  const workflow = parse(text) as Workflow
  const audited = auditCiFiles([{ path: '.github/workflows/generated.yml', text }], { pins: pins(), visibility: 'public' }).filter(({ rule, severity }) => !accepted(rule, severity)).map(({ rule, line, found }) => `${rule}: line ${line}: ${found}`)
  return [...audited, ...unknownPins(text), ...(workflow.concurrency?.['cancel-in-progress'] === true ? ['cancels-pushes'] : []), ...Object.entries(workflow.jobs).flatMap(([id, job]) => jobProblems(id, job))]
}
