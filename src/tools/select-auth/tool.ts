import { Citations, costLine } from '../../knowledge/cite.ts'
import type { CostLine } from '../../core/result.ts'
import { answer } from '../answer.ts'
import { ownMachines } from '../own-machines.ts'
import { defineTool, totalCost, type Draft } from '../tool.ts'
import { alternativesOf, conflictsSaid, questionsOf, rejectedOf, skippedOf } from './advice.ts'
import { readPages } from './cited.ts'
import { bringsServer } from './conflicts.ts'
import { decide, type Decided } from './decide.ts'
import { boundariesOf } from './diagram.ts'
import { sayLacking, writeFiles } from './files.ts'
import { flipsOf, flipsShown } from './flips.ts'
import { own, reads } from './input.ts'
import { render } from './render.ts'
import { directoryItself } from './reuse.ts'
import { asRun, featuresFor } from './price.ts'
import { shownDecision } from './shown.ts'
import { inDocument, room, sizes, weightOf, type Size } from './size.ts'

function costOf({ primary, situation }: Decided, asOf: string, citations: Citations): CostLine[] {
  // What comes with the framework in use has no vendor and no page of prices.
  if (primary === undefined || primary.facts.hosting.value === 'pattern' || primary.id === 'framework-native' || (situation.main === 'workforce' && primary.id === directoryItself(situation))) return []
  const line = costLine(asRun(primary, situation), primary.name, situation.usage, featuresFor(primary, situation), asOf, citations)
  if (!bringsServer(primary, situation)) return [line]
  // A licence of nothing beside a server would read as if it cost nothing.
  return [...(line.usdPerMonth === 0 || asRun(primary, situation).price === null ? [] : [line]), ...ownMachines([asRun(primary, situation)], asOf)]
}

/** Each profile field that was given adds a line about its origin to the result. */
const originWeight = 13

const fits = (draft: Draft<unknown>, given: number): boolean => weightOf(JSON.stringify(answer(draft, false))) + given * originWeight <= room

export const selectAuth = defineTool({
  name: 'select_auth',
  title: 'Choose sign-in and protections',
  description: 'Use when a design needs sign-in, login, SSO, API keys, token checks, access control, API or data protection, OWASP or compliance (HIPAA, PCI, SOC 2, GDPR): picks the identity provider with cost and reasons, and the controls that apply.',
  reads,
  own,
  run(input, context) {
    const { knowledge, asOf, detail } = context
    const decided = decide(input, knowledge)
    const flips = flipsOf(input, knowledge)
    const given = reads.filter((field) => input[field] !== undefined).length
    const draft = (size: Size): Draft<ReturnType<typeof shownDecision>> => {
      const citations = new Citations()
      const lines = costOf(decided, asOf, citations)
      return {
        decision: shownDecision(decided, size),
        conflicts: conflictsSaid(decided),
        assumptions: decided.situation.assumptions,
        questions: questionsOf(decided, flips, knowledge),
        alternatives: alternativesOf(decided, flips, knowledge, size),
        rejected: rejectedOf(decided, knowledge, size),
        skipped: skippedOf(decided, size),
        flips: flipsShown(flips, size),
        cost: totalCost(lines),
        boundaries: boundariesOf(decided),
        files: writeFiles(decided, knowledge),
        sections: sayLacking(render({ decided, knowledge, detail, size, cost: lines, flips }), decided, knowledge),
        sources: readPages(decided, citations.list(), knowledge, size),
      }
    }
    if (context.inDocument === true && detail === 'normal') return draft(inDocument)
    const [roomiest, ...smaller] = sizes[detail]
    return smaller.reduce((now, size) => (fits(now, given) ? now : draft(size)), draft(roomiest))
  },
})
