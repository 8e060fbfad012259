import { needsSecondPerson } from '../../core/branching.ts'
import { isTinyDespiteStage } from '../../core/environments.ts'
import { isHostedFromUs } from '../../core/hosting.ts'
import { plain } from '../../core/markdown.ts'
import { stageRank } from '../../core/profile.ts'
import { beyondSharedHosting } from '../../core/shared-hosting.ts'
import { roughUsd } from './cost.ts'
import { deployedNames, hasStrictData } from './environments.ts'
import { listed, type Findings, type FoundConflict } from './found.ts'
import { choiceConflicts, existingConflicts, flagConflicts, ruledBy, secretConflicts } from './product-conflicts.ts'
import { manyEnvironments } from './rules.ts'

function dataConflicts({ input }: Findings): FoundConflict[] {
  const asked = input.stagingData
  if (asked !== 'production-copy' && asked !== 'masked-copy') return []
  const strict = hasStrictData(input)
  if (!strict && (asked === 'masked-copy' || !input.dataClasses?.some((kind) => kind === 'pii' || kind === 'confidential'))) return []
  return [{ id: 'production-rows-below-production', inputs: [`stagingData: ${asked}`, strict && input.compliance?.length ? `compliance: ${listed(input.compliance)}` : `dataClasses: ${listed(input.dataClasses)}`], values: { asked, data: listed(input.dataClasses) } }]
}

function placeConflicts({ given, input, hosting, knowledge, secrets }: Findings): FoundConflict[] {
  const kind = knowledge['hosting-platforms'][hosting]?.facts.kind.value ?? 'none'
  const outside = ['serverless', 'paas', 'containers'].includes(kind) || ['aws', 'aws-kubernetes', 'gke'].includes(hosting)
  const found: FoundConflict[] = []
  if (input.airGapped === true && outside) found.push({ id: 'air-gap-on-outside-platform', inputs: ['airGapped: true', `hosting: ${hosting}`], values: { platform: hosting } })
  const beyond = beyondSharedHosting(input)
  if (beyond.length > 0) found.push({ id: 'beyond-shared-hosting', inputs: [`hosting: ${hosting}`, ...beyond], values: {} })
  if (input.distributedToCustomers === true && hosting !== 'customer' && hosting !== 'undecided' && input.projectType !== 'self-hosted-product') found.push({ id: 'delivered-and-hosted', inputs: ['distributedToCustomers: true', `hosting: ${hosting}`], values: { platform: hosting } })
  if (input.noUsSubprocessors === true && isHostedFromUs(given.hosting)) found.push({ id: 'us-hosting', inputs: ['noUsSubprocessors: true', `hosting: ${given.hosting}`], values: { platform: plain(given.hosting ?? hosting) } })
  if (input.selfHost === 'required' && input.opsCapacity === 'none') found.push({ id: 'self-host-without-operations', inputs: ['selfHost: required', 'opsCapacity: none'], values: { store: secrets.id } })
  if (secrets.unmet !== null) found.push({ id: 'no-store-passes', inputs: [`secrets: ${secrets.id}`, ...ruledBy(secrets.unmet, input)], values: { store: secrets.id, rule: secrets.unmet } })
  return found
}

const environmentVariables = /^(APP_ENV|APP_ENVIRONMENT|ENVIRONMENT|ENV|DEPLOY_ENV|DEPLOYMENT_ENVIRONMENT|RAILS_ENV|DJANGO_ENV|ASPNETCORE_ENVIRONMENT|SPRING_PROFILES_ACTIVE|VERCEL_ENV)$/

function environmentConflicts({ given, input, decision }: Findings): FoundConflict[] {
  const deployed = deployedNames(decision.environments)
  const few = (input.developers ?? 2) <= 2 || stageRank(input.stage ?? 'mvp') < stageRank('early')
  const asked = given.environments ?? []
  const names = given.variables ?? []
  const found: FoundConflict[] = []
  if (asked.length > 0 && few && deployed.length >= manyEnvironments) found.push({ id: 'more-environments-than-people', inputs: [`environments: ${listed(asked)}`, `developers: ${input.developers}`, `stage: ${input.stage}`], values: { count: deployed.length, developers: input.developers ?? 2 } })
  if (asked.includes('dev')) found.push({ id: 'shared-development-environment', inputs: ['environments: dev'], values: { developers: input.developers ?? 2 } })
  if (names.includes('NODE_ENV') && !names.some((name) => environmentVariables.test(name)) && deployed.length > 1) found.push({ id: 'environment-named-by-node-env', inputs: ['variables: NODE_ENV', `environments: ${deployed.join(', ')}`], values: {} })
  return found
}

/** Contradictions of the input and the plan, those about data first. */
export function findConflicts(findings: Findings): FoundConflict[] {
  const { given, input, decision, runtimes, knowledge, hosting } = findings
  const found = [...placeConflicts(findings), ...dataConflicts(findings), ...secretConflicts(findings), ...choiceConflicts(findings), ...existingConflicts(findings), ...flagConflicts(findings)]
  const usd = roughUsd(findings, knowledge)
  if (input.budgetUsdPerMonth != null && usd > input.budgetUsdPerMonth) found.push({ id: 'over-budget', inputs: [`budgetUsdPerMonth: ${input.budgetUsdPerMonth}`, `secrets: ${decision.secrets}`, `flags: ${decision.flags}`], values: {} })
  found.push(...environmentConflicts(findings))
  if (isTinyDespiteStage(given)) found.push({ id: 'stage-above-scale', inputs: [`stage: ${given.stage}`, `developers: ${given.developers}`, `monthlyActiveUsers: ${given.monthlyActiveUsers}`], values: { stage: given.stage ?? '' } })
  if (needsSecondPerson(input) && given.developers === 1) found.push({ id: 'approval-with-one-person', inputs: [`compliance: ${listed(input.compliance)}`, 'developers: 1'], values: {} })
  for (const { id, cycle, until, daysLeft, advised } of runtimes) if (daysLeft < 0) found.push({ id: 'runtime-ended', inputs: [`stack: ${id} ${cycle}`], values: { runtime: knowledge.runtimes[id]?.name ?? id, cycle, until, advised } })
  if (!decision.environments.some(({ name }) => name === 'production')) found.push({ id: 'no-production-planned', inputs: [`environments: ${decision.environments.map(({ name }) => name).join(', ')}`], values: {} })
  if (knowledge['hosting-platforms'][hosting] === undefined) found.push({ id: 'unknown-hosting', inputs: [`hosting: ${hosting}`], values: { known: Object.keys(knowledge['hosting-platforms']).filter((id) => id !== 'undecided').join(', ') } })
  return found
}
