import { findFlips, type Probe } from '../../core/flips.ts'
import { isPublished } from '../../core/environments.ts'
import { Citations } from '../../knowledge/cite.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { defineTool, totalCost } from '../tool.ts'
import { buildMinutes } from './cost.ts'
import { decide, deployedEnvironments, type Decision } from './decide.ts'
import { dialects, reached, writeFiles } from './files.ts'
import { keptFiles, keptInstead } from './existing-ci.ts'
import { own, reads } from './input.ts'
import { planFiles, type Plan } from './plan.ts'
import { openQuestions } from './questions.ts'
import { renderSections } from './render.ts'
import { findConflicts, findSkips, type Skip } from './rules.ts'
import { unknownPlatform, type Given } from './picks.ts'
import { spokenLanguage } from './languages.ts'
import { readSettings, type Settings } from './settings.ts'
import { conflictWords, skipWords } from './words.ts'

/** As many changes as a reader takes in; `detail: full` lists all. */
const mostFlips = 3
/** The largest team of each size that is treated alike; the last stands for all larger ones. */
const teamSizes: readonly number[] = [1, 2, 5, 10, 25]

/** The nearest smaller and larger team, then what else may change: nobody asks what one person would do in place of two hundred. */
function probes({ developers = 2, compliance = [] }: Given): readonly Probe<Given>[] {
  const at = teamSizes.findIndex((most) => developers <= most)
  const around = at === -1 ? [10] : [teamSizes[at - 1], at === teamSizes.length - 1 ? undefined : (teamSizes[at] ?? 0) + 1].flatMap((size) => size ?? [])
  return [
    ...around.map((size): Probe<Given> => ({ change: `developers: ${size}`, set: { developers: size } })),
    { change: 'releaseCadence: scheduled', set: { releaseCadence: 'scheduled' } }, { change: 'stage: growth', set: { stage: 'growth' } }, { change: 'compliance: soc2', set: { compliance: [...compliance.filter((id) => id !== 'soc2'), 'soc2'] } },
  ]
}

const key = (decision: Decision): string => {
  const review = decision.gates.find(({ id }) => id === 'review')?.count ?? 0
  return `${decision.branchStrategy}, ${review === 0 ? 'no' : 'required'} review, ${decision.jobs} job${decision.jobs === 'one' ? '' : 's'}${decision.stages.includes('security') ? ' with security' : ''}; ${decision.environments.map(({ name, start }) => `${name} ${start}`).join(', ') || 'no deploy'}`
}

/** Everything of a decision that an answer to a question may change. */
const whole = (decision: Decision): string => [decision.provider, decision.stages, decision.apps.map(({ target }) => target), key(decision)].join(' ')

function gaps(settings: Settings, plan: Plan | undefined, knowledge: Knowledge): Skip[] {
  const platform = isPublished(settings.profile) ? undefined : unknownPlatform(settings.given, knowledge)
  const unknown: Skip[] = platform === undefined ? [] : [{ id: 'unknown-platform', item: platform }]
  if (plan === undefined) return [{ id: 'files-for-language', item: spokenLanguage(settings.language) }, ...unknown]
  return [
    ...unknown,
    ...(dialects[settings.provider] === undefined ? [{ id: 'files-for-provider' as const, item: settings.provider }] : []),
    ...plan.deploys.filter((deploy) => !reached(plan).includes(deploy)).map(({ target }): Skip => ({ id: 'deploy-on-provider', item: target.id })),
    ...keptFiles(settings).filter((path) => keptInstead(settings, path) === path).map((item): Skip => ({ id: 'kept-file', item })),
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
  run(input: Given, { knowledge, asOf, detail, inDocument = false }) {
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
      skipped: findSkips(settings, decision, gaps(settings, plan, knowledge)).filter(({ id }) => id !== 'other-language' || inDocument || detail === 'full').map((skip) => skipWords(skip.id === 'deploy-for-target' || skip.id === 'deploy-on-provider' ? { ...skip, item: knowledge['hosting-platforms'][skip.item]?.name ?? skip.item } : skip)),
      flips: findFlips<Given, Decision>(input, probes(settings.profile), (changed) => decide(readSettings(changed, knowledge)), key).slice(0, detail === 'full' ? undefined : mostFlips),
      cost: totalCost(buildMinutes(settings, decision, plan, knowledge, asOf, citations)),
      files: plan === undefined ? [] : writeFiles(plan, knowledge, detail === 'full' ? citations : new Citations()),
      sections: renderSections(settings, decision, plan, environments, knowledge, citations, detail),
      sources: citations.list(),
    }
  },
})
