import type { Verdict } from '../check-finding.ts'
import type { Claim } from './claim.ts'
import type { Subject } from './subject.ts'
import { choiceJudgements } from './drift/choices.ts'

/** What the repository says to a claim. `found` tells what the document says and what is there; `shown` what would be right. */
export interface Judgement {
  readonly claim: Pick<Claim, 'kind' | 'key' | 'value' | 'said' | 'file' | 'line'>
  readonly verdict: Verdict
  readonly evidence: { readonly file: string, readonly line: number } | null
  readonly found: string
  readonly shown?: string
  readonly next?: string
}

const known = new WeakMap<Subject, readonly Judgement[]>()

/** One judgement for each claim the repository can be asked about; empty without a repository. */
export function judgements(subject: Subject): readonly Judgement[] {
  const found = known.get(subject) ?? [choiceJudgements].flatMap((judge) => judge(subject))
  known.set(subject, found)
  return found
}
