import { findFlips, type Probe } from '../../core/flips.ts'
import { Citations } from '../../knowledge/cite.ts'
import { defineTool, totalCost } from '../tool.ts'
import { buildMinutes } from './cost.ts'
import { decide, deployedEnvironments, type Decision } from './decide.ts'
import { dialects, reached, writeFiles } from './files.ts'
import { own, reads } from './input.ts'
import { planFiles, type Plan } from './plan.ts'
import { openQuestions } from './questions.ts'
import { renderSections } from './render.ts'
import { findConflicts, findSkips, type Skip } from './rules.ts'
import type { Given } from './picks.ts'
import { readSettings, type Settings } from './settings.ts'
import { conflictWords, skipWords } from './words.ts'

/** As many changes as a reader takes in; `detail: full` lists all. */
const mostFlips = 3
const probes: readonly Probe<Given>[] = [
  { change: 'developers: 1', set: { developers: 1 } }, { change: 'developers: 4', set: { developers: 4 } }, { change: 'developers: 25', set: { developers: 25 } },
  { change: 'releaseCadence: scheduled', set: { releaseCadence: 'scheduled' } }, { change: 'stage: growth', set: { stage: 'growth' } }, { change: 'compliance: soc2', set: { compliance: ['soc2'] } },
]

const key = (decision: Decision): string => {
  const review = decision.gates.find(({ id }) => id === 'review')?.count ?? 0
  return `${decision.branchStrategy}, ${review === 0 ? 'no' : 'required'} review, ${decision.jobs} job${decision.jobs === 'one' ? '' : 's'}${decision.stages.includes('security') ? ' with security' : ''}; ${decision.environments.map(({ name, start }) => `${name} ${start}`).join(', ') || 'no deploy'}`
}

/** Everything of a decision that an answer to a question may change. */
const whole = (decision: Decision): string => [decision.provider, decision.stages, decision.apps.map(({ target }) => target), key(decision)].join(' ')

function gaps(settings: Settings, plan: Plan | undefined): Skip[] {
  if (plan === undefined) return [{ id: 'files-for-language', item: settings.language }]
  return [
    ...(dialects[settings.provider] === undefined ? [{ id: 'files-for-provider' as const, item: settings.provider }] : []),
    ...plan.deploys.filter((deploy) => !reached(plan).includes(deploy)).map(({ target }): Skip => ({ id: 'deploy-on-provider', item: target.id })),
    ...plan.leftOut.map((item): Skip => ({ id: 'several-images', item })),
    ...(plan.toolchain.missing.length > 0 ? [{ id: 'missing-check' as const, item: `steps for ${plan.toolchain.missing.join(', ')}` }] : []),
    ...(plan.migration !== undefined && plan.migration.command === null && plan.migration.hook === null ? [{ id: 'migration-command' as const, item: plan.migration.tool }] : []),
  ]
}

export const pipelineTemplate = defineTool({
  name: 'pipeline_template',
  title: 'Design the pipeline',
  description: 'Use for CI/CD, GitHub Actions, GitLab CI, branch strategy, promotion, deploys: decides stages and gates, generates pinned files.',
  reads,
  own,
  run(input: Given, { knowledge, asOf, detail }) {
    const citations = new Citations()
    const settings = readSettings(input, knowledge)
    const decision = decide(settings)
    const plan = planFiles(settings, decision, knowledge, citations)
    const conflicts = findConflicts(settings, decision, knowledge, asOf)
    const environments = deployedEnvironments(settings)
    const forbidden = (input.houseRules?.forbid ?? []).filter(({ id }) => id in knowledge['ci-providers'] && id !== settings.provider)
    return {
      decision,
      conflicts: conflicts.map(conflictWords),
      assumptions: settings.assumptions,
      questions: openQuestions(settings, (changed) => whole(decide(readSettings(changed, knowledge)))),
      alternatives: [
        ...(settings.provider === 'gitlab' ? [{ id: 'github-actions', when: 'the code moves to GitHub' }] : [{ id: 'gitlab', when: 'the code moves to GitLab, or the CI server has to stand in your own network' }]),
        ...(decision.branchStrategy === 'github-flow' ? [{ id: 'trunk-based', when: 'branches live longer than two days, or more than five people release continuously' }] : []),
      ],
      rejected: forbidden.map(({ id, ...rule }) => ({ id, rule: 'house-rule-forbids', reason: ('reason' in rule ? rule.reason : undefined) ?? 'forbidden by a house rule' })),
      skipped: findSkips(settings, decision, gaps(settings, plan)).map(skipWords),
      flips: findFlips<Given, Decision>(input, probes, (changed) => decide(readSettings(changed, knowledge)), key).slice(0, detail === 'full' ? probes.length : mostFlips),
      cost: totalCost(buildMinutes(settings, decision, plan, knowledge, asOf, citations)),
      files: plan === undefined ? [] : writeFiles(plan, knowledge, detail === 'full' ? citations : new Citations()),
      sections: renderSections(settings, decision, plan, environments, knowledge, citations, detail),
      sources: citations.list(),
    }
  },
})
