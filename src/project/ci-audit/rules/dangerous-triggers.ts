import { rule, type CiFile, type Hit, type Job, type Step } from '../model.ts'
import { actionOf, hasTrigger, input, isCheckout } from '../purpose.ts'
import { commandsOf } from '../shell.ts'
import { get, textsIn } from '../tree.ts'

const forkRef = /github\.event\.pull_request\.head\b|github\.head_ref|github\.event\.pull_request\.merge_commit_sha|refs\/pull\/|github\.event\.workflow_run\.(head_|pull_requests)/
/** Refs that another step or job found out: often the head of the pull request, seldom not. */
const handedRef = /\b(needs\.[\w-]+|steps\.[\w-]+)\.outputs\.\w*(sha|ref|branch)\b/
/** A fetch alone brings objects and runs nothing; the working copy must become the stranger's. */
const forkCommands = /^(gh|hub) pr checkout/
const fetches = /^git fetch .*\bpull\//
const takes = /^git (checkout|switch|merge|reset|rebase|worktree|pull)\b.*(FETCH_HEAD|\bpr\b|pull|\$\{?\w*(HEAD_REF|HEAD_SHA|PR_))/i

/** The place where code of a stranger comes in. */
function forkCode(step: Step): { readonly line: number, readonly found: string, readonly isSure: boolean } | undefined {
  if (isCheckout(step)) {
    const inputs = ['ref', 'repository'].flatMap((name) => input(step, name) ?? [])
    const ref = inputs.find(({ value }) => forkRef.test(value)) ?? inputs.find(({ value }) => handedRef.test(value))
    return ref === undefined ? undefined : { line: ref.line, found: `a checkout of ${ref.value}`, isSure: forkRef.test(ref.value) }
  }
  const commands = step.run === undefined ? [] : commandsOf(step.run)
  const sure = commands.find(({ words }) => forkCommands.test(words.join(' '))) ?? (commands.some(({ words }) => fetches.test(words.join(' '))) ? commands.find(({ words }) => takes.test(words.join(' '))) : undefined)
  const command = sure ?? commands.find(({ words }) => /^git (checkout|reset|merge)\b.*\$\{?\w*(HEAD_REF|HEAD_SHA)\b/.test(words.join(' ')))
  return command === undefined ? undefined : { line: command.line, found: command.text, isSure: sure !== undefined }
}

/** Conditions that let only people of the project through, or code that is in it already. Labels are no proof of the code that is built later. */
const guard = /head\.repo\.(full_name|fork|id)|head_repository|author_association|workflow_run\.event\s*==\s*'(push|schedule|workflow_dispatch|release)'|event_name\s*==\s*'(push|schedule|workflow_dispatch|release|merge_group)'|permission|github\.(actor|triggering_actor|event\.(sender|comment\.user|pull_request\.user)\.login)\s*==|team|fromJSON/i
/** A step before that asks who it is, and stops. */
const asks = /author_association|getCollaboratorPermissionLevel|collaborators\/.*permission|check.*permission|checkMembership/i

function isGuarded(file: CiFile, job: Job, step: Step): boolean {
  const conditions = [job.if?.value, step.if?.value, ...neededBy(file, job).map((other) => other.if?.value)].filter((text) => text !== undefined)
  const before = [...job.steps.slice(0, job.steps.indexOf(step)), ...neededBy(file, job).flatMap(({ steps }) => steps)]
  return job.environment !== undefined || conditions.some((text) => guard.test(text)) || before.some((one) => asks.test(one.run?.value ?? '') || asks.test(actionOf(one)) || one.with.some(({ value }) => asks.test(value.value)))
}

function neededBy(file: CiFile, job: Job): readonly Job[] {
  const needs = textsIn(get(job.tree, 'needs')).map(({ value }) => value)
  return file.jobs.filter(({ id }) => needs.includes(id))
}

const names = ['pull_request_target', 'workflow_run', 'issue_comment'] as const

/** Without the project's or the pull request's code at hand only interfaces are called. */
const hasNoCode = (file: CiFile): boolean => file.jobs.every(({ steps, uses }) => uses === undefined && steps.every((step) => !isCheckout(step) && !/^\.\//.test(step.uses?.value ?? '') && !/\b(git clone|git fetch|gh pr checkout|gh run download)\b/.test(step.run?.value ?? '') && actionOf(step) !== 'actions/download-artifact'))
/** Workflows that only call an action made for this trigger run nothing of the pull request. */
const onlyLabels = (file: CiFile): boolean => file.jobs.every(({ steps, uses }) => uses === undefined && steps.length > 0 && steps.every((step) => /^(actions\/(labeler|stale|first-interaction|add-to-project)|amannn\/action-semantic-pull-request|contributor-assistant\/github-action|cla-assistant\/github-action|dessant\/[\w-]+)$/.test(actionOf(step))))

function check(file: CiFile): readonly Hit[] {
  if (file.provider !== 'github-actions' || !hasTrigger(file, ...names)) return []
  const code = file.jobs.flatMap((job) => job.steps.flatMap((step): readonly Hit[] => {
    const found = forkCode(step)
    if (found === undefined) return []
    return [{ line: found.line, from: step.line, last: step.last, also: file.triggers.map(({ line }) => line), severity: !found.isSure || isGuarded(file, job, step) ? 'warning' : 'error', found: `${found.found} in a workflow that strangers start with its secrets and write token` }]
  }))
  const triggers = file.triggers.filter(({ name }) => name === 'pull_request_target' || name === 'workflow_run').map(({ name, line }): Hit => ({
    line, severity: onlyLabels(file) || hasNoCode(file) ? 'info' : 'warning', found: `the trigger ${name}`, expected: name === 'workflow_run' ? 'workflow_call, or a check where the run came from' : 'pull_request', next: 'Use the safer trigger, or keep code, artifacts and text of the pull request out of every step.',
  }))
  return [...code, ...triggers]
}

/** Strangers start the workflow with rights of the project. */
export const dangerousTriggers = rule({
  id: 'dangerous-triggers', severity: 'error',
  expected: 'no code of a pull request where secrets and a write token are at hand',
  next: 'Build under pull_request without secrets; hand results over as data to a second workflow.',
  check,
})
