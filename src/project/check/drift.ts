import type { Verdict } from '../check-finding.ts'
import type { Claim } from './claim.ts'
import type { Subject } from './subject.ts'
import { branchJudgements } from './drift/branches.ts'
import { choiceJudgements } from './drift/choices.ts'
import { healthJudgements } from './drift/health.ts'
import { notYetJudgements } from './drift/not-yet.ts'
import { variableJudgements } from './drift/variables.ts'
import { versionJudgements } from './drift/versions.ts'

/** What the repository says to a claim. `found` tells what the document says and what is there; `shown` what would be right. */
export interface Judgement {
  readonly claim: Pick<Claim, 'kind' | 'key' | 'value' | 'said' | 'file' | 'line'>
  readonly verdict: Verdict
  readonly evidence: { readonly file: string, readonly line: number } | null
  readonly found: string
  readonly shown?: string
  /** Where the verdict alone would weigh it wrongly. */
  readonly severity?: 'info'
  readonly next?: string
}

const known = new WeakMap<Subject, readonly Judgement[]>()

/** One judgement for each claim the repository can be asked about; empty without a repository. */
export function judgements(subject: Subject): readonly Judgement[] {
  const found = known.get(subject) ?? (subject.repository === null ? [] : [choiceJudgements, versionJudgements, branchJudgements, variableJudgements, healthJudgements, notYetJudgements].flatMap((judge) => judge(subject)))
  known.set(subject, found)
  return found
}
