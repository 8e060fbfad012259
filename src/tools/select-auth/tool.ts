import { Citations, costLine } from '../../knowledge/cite.ts'
import type { CostLine } from '../../core/result.ts'
import { defineTool, totalCost, type Context, type Detail } from '../tool.ts'
import { alternativesOf, conflictsSaid, flipsOf, flipsShown, questionsOf, rejectedOf, skippedOf } from './advice.ts'
import { bringsServer } from './conflicts.ts'
import { decide, type Decided } from './decide.ts'
import { own, reads } from './input.ts'
import { render } from './render.ts'
import { asRun, featuresFor } from './score.ts'

function costOf({ primary, situation }: Decided, asOf: string, citations: Citations): CostLine[] {
  if (primary === undefined || primary.facts.hosting.value === 'pattern') return []
  const line = costLine(asRun(primary, situation), primary.name, situation.usage, featuresFor(primary, situation), asOf, citations)
  const server = bringsServer(primary, situation)
  return server ? [line, { item: 'Servers and upkeep of the identity server', formula: 'one small server and its database, plus a few hours a month; price them with your hosting', usdPerMonth: null, unit: 'USD per month', asOf: line.asOf, source: line.source, stale: false }] : [line]
}

/** Notes the sources of the facts that were printed: the provider's, the regimes' and the standards the controls come from. */
function cite({ primary, situation, decision }: Decided, context: Context, citations: Citations): void {
  const { knowledge } = context
  if (primary !== undefined) {
    const { facts } = primary
    const used = [facts.hosting, facts.serves, facts.exit, ...(situation.needs.organizations ? [facts.organizations] : []), ...(situation.needs.sso ? [facts.samlSso] : []), ...(situation.needs.scim ? [facts.scim] : []), ...(situation.needs.baa ? [facts.baa] : [])]
    for (const fact of used) citations.cite(primary, fact.source)
  }
  for (const regime of situation.regimes) citations.cite(regime, regime.facts.kind.source)
  for (const key of context.detail === 'full' ? ['asvs', 'top10', 'api', 'llm'] : ['asvs', 'top10', 'llm']) {
    const first = decision.controls.map(({ id }) => knowledge.controls[id]).find((sheet) => sheet?.sources[key] !== undefined)
    if (first !== undefined) citations.cite(first, key)
  }
}

/** Outside full detail the list is short: leading ids of what must be done, and only the names of the rest, because the whole list costs a model two thousand tokens. */
function shown({ decision, situation }: Decided, detail: Detail): Decided['decision'] & { readonly alsoDue: readonly string[] } {
  if (detail === 'full') return { ...decision, alsoDue: [] }
  const leading = decision.controls.filter(({ priority }) => priority !== 'should').slice(0, detail === 'brief' ? 8 : situation.input.stage === 'poc' || situation.input.stage === 'mvp' ? 12 : 18)
  return {
    ...decision,
    controls: leading.map((control) => ({ ...control, asvs: control.asvs.slice(0, 1), owasp2025: control.owasp2025.slice(0, 1), appliesTo: control.appliesTo.slice(0, 1) })),
    alsoDue: decision.controls.filter((control) => !leading.includes(control)).map(({ id }) => id),
  }
}

export const selectAuth = defineTool({
  name: 'select_auth',
  title: 'Choose sign-in and protections',
  description: 'Use when a design needs sign-in, login, SSO, API keys, token checks, access control, API or data protection, OWASP or compliance (HIPAA, PCI, SOC 2, GDPR): picks the identity provider with cost and reasons, and the controls that apply.',
  reads,
  own,
  run(input, context) {
    const { knowledge, asOf, detail } = context
    const citations = new Citations()
    const decided = decide(input, knowledge)
    const flips = flipsOf(input, knowledge)
    const lines = costOf(decided, asOf, citations)
    cite(decided, context, citations)
    return {
      decision: shown(decided, detail),
      conflicts: conflictsSaid(decided),
      assumptions: decided.situation.assumptions,
      questions: questionsOf(decided, flips, knowledge),
      alternatives: alternativesOf(decided, knowledge, detail),
      rejected: rejectedOf(decided, knowledge, detail),
      skipped: skippedOf(decided, detail),
      flips: flipsShown(flips, detail),
      cost: totalCost(lines),
      files: [],
      sections: render({ decided, knowledge, detail, cost: lines }),
      sources: citations.list(),
    }
  },
})
