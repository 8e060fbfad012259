import { code, plain } from '../../core/markdown.ts'
import type { Conflict } from '../../core/result.ts'
import { hostingId } from '../../core/hosting.ts'
import { Citations } from '../../knowledge/cite.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { defineTool, type Draft } from '../tool.ts'
import { alternativesOf, questionsOf, rejectedOf, skippedOf } from './advice.ts'
import { costOf } from './cost.ts'
import { decide, type Decision, type Outcome } from './decide.ts'
import { modulePath, writeFiles } from './files.ts'
import { fitted } from './fit.ts'
import { flipsOf } from './flips.ts'
import { own, reads, type Input } from './input.ts'
import { renderSections } from './render.ts'
import { conflictWords } from './words.ts'

function cite({ decision, input, runtimes }: Outcome, knowledge: Knowledge, citations: Citations): void {
  const hosting = knowledge['hosting-platforms'][hostingId(input.hosting)]
  if (hosting !== undefined && hosting.id !== 'undecided') citations.cite(hosting, hosting.facts.previewEnvironments.source)
  const store = knowledge['secrets-stores'][decision.secrets]
  if (store !== undefined && store.id !== 'none') citations.cite(store, store.facts.accessAudit.source)
  const flags = knowledge['flag-services'][decision.flags]
  if (flags !== undefined && flags.id !== 'none') citations.cite(flags, flags.facts.runtimeTargeting.source)
  const validator = knowledge['config-validators'][decision.validation]
  if (validator !== undefined && validator.id !== 'none') citations.cite(validator, validator.facts.failsAtStart.source)
  for (const { id } of runtimes) {
    const runtime = knowledge.runtimes[id]
    if (runtime !== undefined) citations.cite(runtime, runtime.facts.cycles.source)
  }
}

const variableNames = /^[A-Z][A-Z0-9_]*_[A-Z0-9_]*(, [A-Z][A-Z0-9_]*)*$/
/** An id as the name people know; any other text as it is. */
const nameOf = (id: string, knowledge: Knowledge): string => (['secrets-stores', 'flag-services', 'hosting-platforms'] as const).map((collection) => Object.entries(knowledge[collection]).find(([key]) => key === id)?.[1].name).find((name) => name !== undefined) ?? id

const spoken = (found: Outcome['conflicts'][number], knowledge: Knowledge): Conflict => {
  const safe = Object.fromEntries(Object.entries(found.values).map(([key, value]) => [key, typeof value !== 'string' || key === 'rule' || key === 'asked' ? value : variableNames.test(value) ? value.split(', ').map(code).join(', ') : plain(nameOf(value, knowledge))]))
  return { id: found.id, inputs: found.inputs, ...conflictWords[found.id](safe) }
}

export const envMatrix = defineTool<typeof own, Decision>({
  name: 'env_matrix',
  title: 'Plan environments, configuration and secrets',
  description: 'Use for environments (local, preview, staging, production), config and environment variables, .env files, secrets management or feature flags: plans them and writes a module that checks variables at start, .env.example and docker-compose.yml.',
  reads,
  own,
  told: ['defaultBranch'],
  run(given: Input, { knowledge, asOf, detail }) {
    const outcome = decide(given, knowledge, asOf)
    const citations = new Citations()
    cite(outcome, knowledge, citations)
    const files = writeFiles(outcome, knowledge, asOf)
    const draft: Draft<Decision> = {
      decision: outcome.decision,
      conflicts: outcome.conflicts.map((found) => spoken(found, knowledge)),
      assumptions: outcome.assumptions,
      questions: questionsOf(given, outcome, knowledge, asOf),
      alternatives: alternativesOf(outcome, knowledge, detail),
      rejected: rejectedOf(outcome, detail),
      skipped: skippedOf(outcome, knowledge),
      flips: flipsOf(given, knowledge, asOf),
      cost: costOf(outcome, knowledge, asOf, citations),
      files,
      sections: renderSections(outcome, knowledge, detail, modulePath(outcome)),
      sources: citations.list(),
    }
    return detail === 'full' ? draft : fitted(draft)
  },
})
