import { fencedIn } from '../expression.ts'
import { rule, type CiFile, type Hit } from '../model.ts'
import type { TreeText } from '../tree.ts'

const conditionsOf = (file: CiFile): readonly TreeText[] => (file.provider !== 'github-actions' ? [] : file.jobs.flatMap((job) => [job.if, ...job.steps.map((step) => step.if)]).filter((text): text is TreeText => text !== undefined))

/** Text around an expression makes a text, and a text that is not empty is true. */
function alwaysTrue(text: TreeText): readonly Hit[] {
  const all = fencedIn(text.value)
  const [first] = all
  if (first === undefined || (all.length === 1 && first.index === 0 && first.end === text.value.length)) return []
  const rest = all.reduceRight((left, { index, end }) => left.slice(0, index) + left.slice(end), text.value)
  // Between expressions an operator still joins texts: `${{ a }} && ${{ b }}` is a text as well.
  return [{ line: text.line, last: text.last, from: text.line, found: rest.trim() === '' ? 'a condition of more than one line with an expression in it: always true' : `a condition that is always true: ${text.value}` }]
}

/** A condition that does not ask what it seems to ask. */
export const unsoundCondition = rule({
  id: 'unsound-condition', severity: 'warning',
  expected: 'the condition without `${{ }}`, or all of it inside',
  next: 'Remove the `${{ }}`, and use |- or >- for more than one line.',
  check: (file) => conditionsOf(file).flatMap(alwaysTrue),
})

const inList = /contains\(\s*'([^']*)'\s*,\s*(github\.(?:ref|ref_name|head_ref|base_ref|actor|triggering_actor|event\.[\w.]+)\b)/gi

/** A part of a text is looked for where an element of a list was meant. */
export const unsoundContains = rule({
  id: 'unsound-contains', severity: 'warning',
  expected: 'an element of a list: `contains(fromJSON(\'["a", "b"]\'), …)`',
  next: 'Compare with ==, or give the list as JSON: any part of the text fits now.',
  check: (file) => conditionsOf(file).flatMap((text) => [...text.value.matchAll(inList)].map((match): Hit => ({ line: text.lineAt(match.index), found: match[0] }))),
})

/** The last person to act is not who wrote the change. */
export const botConditions = rule({
  id: 'bot-conditions', severity: 'warning',
  expected: 'the author: `github.event.pull_request.user.login`',
  next: 'Ask for the author of the pull request: a stranger can make a bot the last actor.',
  check: (file) => (file.triggers.some(({ name }) => /^(pull_request_target|workflow_run|issue_comment)$/.test(name)) ? conditionsOf(file).flatMap((text) => [...text.value.matchAll(/github\.(triggering_)?actor\s*==\s*'[\w-]+\[bot\]'/g)].filter(() => !/user\.login/.test(text.value)).map((match): Hit => ({ line: text.lineAt(match.index), found: match[0] }))) : []),
})
