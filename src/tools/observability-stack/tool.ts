import { checkPin } from '../../core/pins.ts'
import type { CitedSource } from '../../core/result.ts'
import { Citations } from '../../knowledge/cite.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { defineTool } from '../tool.ts'
import { alternativesOf, assumptionsOf, questionsOf, rejectedOf } from './advice.ts'
import { describeConflicts, findConflicts } from './conflicts.ts'
import { costOf } from './cost.ts'
import { decide, type Decision } from './decide.ts'
import { filesFor } from './files.ts'
import { loggerFile } from './files/logger.ts'
import { flipsOf } from './flips.ts'
import { own, reads, type Input } from './input.ts'
import { missingFiles } from './missing-files.ts'
import { sectionsFor } from './sections.ts'
import { skippedFor } from './skipped.ts'
import { viewOf } from './view.ts'

const pinned = ['logs', 'errors', 'metrics', 'alerting'] as const

/** A pin names a telemetry sheet that can fill the slot, or `none`. Throws InputError with the allowed ids. */
function checkPins(input: Input, knowledge: Knowledge): void {
  for (const slot of pinned) {
    const filling = Object.values(knowledge.telemetry).filter(({ facts }) => facts.slots.value?.includes(slot)).map((sheet) => sheet.id)
    // Product analytics asked for as metrics is answered with a conflict: the mistake is common, the rest can be decided.
    checkPin(slot, input.decisions?.[slot], ['none', ...filling, ...(slot === 'metrics' ? ['posthog'] : [])])
  }
}

/** The cited pages, each once; `named` are told elsewhere in the answer. */
function pagesOnce(citations: Citations, named: readonly string[]): CitedSource[] {
  const cited = citations.list()
  return cited.filter(({ url }, index) => cited.findIndex((other) => other.url === url) === index && !named.includes(url))
}

export const observabilityStack = defineTool<typeof own, Decision>({
  name: 'observability_stack',
  title: 'Choose observability',
  description: 'Use when a design needs logging, error tracking, metrics, tracing, alerts, on-call or SLOs: picks one product for each, with cost and reasons, thresholds, health endpoints, log format and tested alert rules.',
  reads,
  own,
  run(input, { knowledge, asOf, detail, inDocument = false }) {
    checkPins(input, knowledge)
    const view = viewOf(input, knowledge)
    const outcome = decide(view, knowledge)
    const citations = new Citations()
    const cost = costOf(outcome.taken, view, knowledge, asOf, citations)
    const short = detail === 'brief' || (detail === 'normal' && view.depth <= 1)
    const files = filesFor(view, outcome, knowledge)
    const loggerPath = loggerFile(view, knowledge)?.path ?? null
    const sections = sectionsFor({ view, outcome, cost, knowledge, detail, short, loggerPath, rulesPath: files.find(({ path }) => path.endsWith('/slo.rules.yml'))?.path ?? null, citations })
    const limit = detail === 'full' ? 50 : 2
    return {
      decision: outcome.decision,
      conflicts: describeConflicts(findConflicts(view, outcome, knowledge), view, knowledge),
      assumptions: assumptionsOf(view, detail === 'full'),
      questions: questionsOf(input, view, knowledge, detail === 'full' ? 3 : short ? 1 : 2),
      alternatives: alternativesOf(view, outcome, knowledge).slice(0, limit),
      rejected: rejectedOf(view, outcome, knowledge).slice(0, detail === 'full' ? 50 : 5),
      skipped: [...skippedFor(view, outcome), ...missingFiles(view, knowledge)],
      flips: flipsOf(input, view, outcome, knowledge, detail === 'full' ? 8 : 2),
      cost,
      files,
      sections,
      // A cost line names its page and day; in a short answer once is enough.
      sources: pagesOnce(citations, detail === 'full' || inDocument ? [] : cost.lines.map(({ source }) => source)),
    }
  },
})
