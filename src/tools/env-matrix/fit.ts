import { answer } from '../answer.ts'
import type { Draft } from '../tool.ts'
import type { Decision } from './decide.ts'

/** Characters of a result that stays within 2,500 tokens: this answer has at least 3.4 of them to a token. */
const room = 8500

type Shorter = (draft: Draft<Decision>) => Draft<Decision>
const keepVariables = (draft: Draft<Decision>, keep: (variable: Decision['variables'][number], index: number) => boolean): Draft<Decision> => ({ ...draft, decision: { ...draft.decision, variables: draft.decision.variables.filter(keep) } })

/** What goes first when an answer is too long. The report names every variable all the same, and the generated files hold them all. */
const steps: readonly Shorter[] = [
  (draft) => ({ ...draft, rejected: draft.rejected.slice(0, 2), alternatives: draft.alternatives.slice(0, 1), flips: draft.flips.slice(0, 2), skipped: draft.skipped.slice(0, 2), sources: draft.sources.slice(0, 5) }),
  (draft) => keepVariables(draft, ({ secret }) => secret),
  (draft) => keepVariables(draft, (_, index) => index < 10),
  (draft) => ({ ...keepVariables(draft, (_, index) => index < 6), flips: draft.flips.slice(0, 1), sources: draft.sources.slice(0, 3) }),
  (draft) => ({ ...keepVariables(draft, (_, index) => index < 2), rejected: draft.rejected.slice(0, 1), skipped: draft.skipped.slice(0, 1), assumptions: draft.assumptions.slice(0, 3), questions: draft.questions.slice(0, 1) }),
]

/** The draft, shortened step by step until its result fits into what a model is given. */
export function fitted(draft: Draft<Decision>): Draft<Decision> {
  let shown = draft
  for (const shorten of steps) {
    if (JSON.stringify(answer(shown, false)).length <= room) return shown
    shown = shorten(shown)
  }
  return shown
}
