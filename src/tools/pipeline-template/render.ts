import { isCustomerHosted, isPublished } from '../../core/environments.ts'
import { blocks, bullets, code, fence, plain, table } from '../../core/markdown.ts'
import type { Citations } from '../../knowledge/cite.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import type { Detail, Section } from '../tool.ts'
import { branchChecklist, deployChecklist } from './checklist.ts'
import { deployByHand } from './by-hand.ts'
import { renderControls } from './render-controls.ts'
import { isPromoted, type Decision } from './decide.ts'
import { dialects, reached } from './files.ts'
import { languages, laterTools, spokenToolchain } from './languages.ts'
import type { DeployedEnvironment, StageId } from './model.ts'
import type { Plan } from './plan.ts'
import { isTagged } from './publish.ts'
import type { Settings } from './settings.ts'
import { branchReason, gateWords, outsideWords, triggerWords } from './words.ts'

/** What the sheets say about one stage, with the tools of this language. */
export interface StageRow { readonly id: StageId, readonly name: string, readonly does: string, readonly tools: readonly string[] }

/** Tools of a stage as this project runs them: the commands where a file is written, else the names of the sheet. */
export function stageRows(settings: Settings, decision: Decision, plan: Plan | undefined, knowledge: Knowledge, citations: Citations): readonly StageRow[] {
  const column = languages[decision.language]?.tools
  const packaged = plan?.deploys.some(({ target }) => target.image !== null) === true ? ['docker build'] : plan?.deploys.some(({ target }) => target.synthesizes) === true ? ['cdk synth'] : []
  const written = plan === undefined ? [] : reached(plan)
  // What no job does is said, where its name would promise one.
  const byHand = (text: string, is: boolean): string => (is ? `${text}, by hand` : text)
  const migrator = (id: string): string => plain(knowledge['migration-tools'][id]?.name ?? id)
  const library = isPublished(settings.profile) || (isCustomerHosted(settings.profile) && written.length === 0)
  return decision.stages.flatMap((id, index) => {
    const sheet = knowledge['pipeline-stages'][id]
    if (sheet === undefined) return []
    // The stage sheets share one page: once is enough.
    if (index === 0) citations.cite(sheet, sheet.facts.does.source)
    const commands = plan === undefined ? [] : { lint: plan.toolchain.checks.lint, test: plan.toolchain.checks.test, build: plan.toolchain.checks.build.length > 0 || packaged.length === 0 ? plan.toolchain.checks.build : packaged, security: plan.toolchain.checks.audit, migrate: plan.migration?.command == null || plan.migration.hook !== null ? [] : [plan.migration.command], deploy: [], verify: [] }[id]
    if (plan === undefined && id !== 'deploy' && id !== 'migrate' && id !== 'verify') return [{ id, name: sheet.name, does: sheet.facts.does.value ?? sheet.summary, tools: [] }]
    const named = id === 'migrate' ? (plan?.migration === undefined ? [byHand(migrator(settings.migrationTool ?? ''), true)] : [plan.migration.hook === null ? byHand(migrator(plan.migration.tool), plan.migration.command === null || written.length === 0) : `${migrator(plan.migration.tool)}, ${plan.migration.beside === null ? `run by the platform as its ${code(plan.migration.hook)}` : plan.migration.hook}`]) : id === 'deploy' && plan?.publish !== undefined && plan.deploys.length === 0 ? [code(plan.publish.publish.split(' ').slice(0, 2).join(' '))] : id === 'deploy' ? library ? [isTagged(settings) ? 'the version tag itself' : 'by hand'] : [...new Set(decision.apps.filter(({ target }) => target !== 'none').map(({ target }) => byHand(plain(knowledge['hosting-platforms'][target]?.name ?? target), !written.some((deploy) => deploy.target.id === target))))] : id === 'verify' ? [byHand(code('curl'), written.length === 0)] : id === 'security' ? [settings.provider === 'gitlab' ? 'GitLab Secret Detection' : 'TruffleHog'] : laterTools[decision.packageManager]?.[id] ?? []
    const tools = commands.length > 0 ? [...named.filter((name) => id === 'security' && name !== ''), ...commands.map(code)] : named.length > 0 ? named : column === undefined ? sheet.facts.tools.value ?? [] : sheet.facts[column].value ?? []
    return [{ id, name: id === 'deploy' && library ? 'Publish' : sheet.name, does: sheet.facts.does.value ?? sheet.summary, tools }]
  })
}

const startWords: Readonly<Record<DeployedEnvironment['start'], string>> = { automatic: 'by itself', after: 'by itself once the one before is healthy', approval: 'when a person says yes', manual: 'when a person starts it' }

/** Which node of the picture an environment is deployed from. */
const branchNode = (branch: string, main: string): string => (branch === main ? 'main' : branch === 'v*' ? 'tag' : branch === 'develop' ? 'develop' : 'release')

function flow(decision: Decision, environments: readonly DeployedEnvironment[], settings: Settings, publishes: boolean): string {
  const checks = decision.stages.filter((id) => id === 'lint' || id === 'test' || id === 'build' || id === 'security').join(', ')
  const main = `main["${settings.mainBranch}"]`
  const line = settings.branch.releaseBranch === null ? main : `develop["develop"] --> release["release/…"] --> ${main}`
  const shown = decision.promotion.length > 0 ? environments : []
  const nodes = shown.map((environment, index) => {
    const before = shown.findIndex(({ name }) => name === environment.after)
    const from = index > 0 && isPromoted(environment) ? `env${before === -1 ? index - 1 : before}` : branchNode(environment.branch, settings.mainBranch)
    const via = environment.start === 'approval' ? '-- "a person says yes" -->' : environment.start === 'manual' ? '-- "by hand" -->' : '-->'
    return `  ${from} ${via} env${index}["${environment.name}"]`
  })
  const released = decision.promotion.length === 0 && decision.triggers.includes('version-tag')
  const tag = released || shown.some(({ branch }) => branch === 'v*') ? [`  main --> tag["version tag"]${released ? ` --> published["${isTagged(settings) ? 'fetched from the repository' : publishes ? 'checked, packed, published' : 'published by hand'}"]` : ''}`] : []
  return ['flowchart LR', `  change["feature branch"] --> checks["${settings.provider === 'gitlab' ? 'merge' : 'pull'} request${checks === '' ? '' : `: ${checks}`}"] --> ${line}`, ...tag, ...nodes].join('\n')
}

function rollback(plan: Plan, knowledge: Knowledge, citations: Citations): readonly string[] {
  return [...new Set(plan.deploys.map(({ target }) => target.id))].map((id) => {
    const sheet = knowledge['hosting-platforms'][id]
    if (sheet === undefined) return `${id}: deploy the previous digest again; images are named by commit.`
    const { value, note, source } = sheet.facts.rollbackCommand
    citations.cite(sheet, source)
    return `${plain(sheet.name)}: ${value === null ? `no command; ${note ?? 'deploy the previous commit again'}` : code(value)}${value !== null && note !== undefined ? ` (${note})` : ''}.`
  })
}

/** The parts of the DevOps Blueprint that this tool answers for. */
export function renderSections(settings: Settings, decision: Decision, plan: Plan | undefined, environments: readonly DeployedEnvironment[], knowledge: Knowledge, citations: Citations, detail: Detail): readonly Section[] {
  const { branch } = settings
  const provider = knowledge['ci-providers'][settings.provider]
  if (provider !== undefined) citations.cite(provider, provider.facts.configFile.source)
  const rows = stageRows(settings, decision, plan, knowledge, citations)
  // Outside public code not every plan holds a deploy back for an approval, so the workflow is started for it.
  const byHand = settings.provider === 'github-actions' && settings.profile.repositoryVisibility !== 'public'
  const triggers = triggerWords(settings.mainBranch, settings.provider === 'gitlab' ? 'merge request' : 'pull request')
  const pipeline = blocks(
    `${plain(provider?.name ?? settings.provider)}, ${spokenToolchain(settings.language, settings.packageManager)}. Runs on: ${decision.triggers.map((id) => triggers[id]).join('; ')}.`,
    // A page holds the order and the commands; what a stage is for goes without saying there.
    rows.length === 0 ? 'Stages: none yet. No file of the project names a program that checks it.' : detail === 'brief' ? `Stages: ${rows.map(({ name, tools }) => `${name.toLowerCase()}${tools.length === 0 ? '' : ` (${tools.join(', ')})`}`).join(', ')}.` : table(['Stage', 'What it does', 'Tools'], rows.map(({ name, does, tools }) => [name, does, tools.join(', ') || 'as the project does it'])),
    fence('mermaid', flow(decision, environments, settings, plan?.publish !== undefined)),
  )
  const branches = blocks(
    `**${branch.strategy}**: ${branchReason[branch.rule]}${branch.rule === 'large-team' && branch.mergeQueue ? ', merged through a queue' : ''}.${branch.needsFlags ? ' Unfinished work hides behind a flag, not on a branch.' : ''}`,
    bullets(branchChecklist(settings, decision, plan !== undefined && dialects[settings.provider] !== undefined)),
  )
  const written = plan === undefined ? [] : reached(plan)
  const outside = decision.environments.filter(({ start }) => start === 'outside').map(({ name, trigger }) => `${code(name)}: ${outsideWords[trigger] ?? 'no pipeline reaches it'}.`)
  const nothing = outside.length > 0 ? outside.join(' ') : isTagged(settings) ? `A tag ${code('v…')} on ${code(settings.mainBranch)} is the release: Go fetches modules from the repository. Protect those tags, and never move one.` : decision.triggers.includes('version-tag') ? `No publish job is generated: publish from a tag ${code('v…')} on ${code(settings.mainBranch)} by hand${decision.gates.some(({ id }) => id === 'approval') ? ', after the yes of a second person' : ''}.` : 'Nothing is deployed by this pipeline.'
  const promotion = decision.promotion.length === 0 ? plan?.publish === undefined ? nothing : `A tag ${code('v…')} on ${code(settings.mainBranch)} is checked again, packed, and published to ${plan.publish.registry === 'npm' ? 'npm' : 'PyPI'}.` : blocks(
    written.length === 0 && 'No deploy job is generated yet; this is the order for the one you add.',
    table(['Environment', 'From', 'Starts'], decision.promotion.map(({ from, to }, index) => [code(to), code(from.replace('/**', '/…')), byHand && written.length > 0 && environments[index]?.start === 'approval' ? `when a person runs the deploy workflow${decision.gates.some((gate) => gate.id === 'approval' && gate.before === to) ? ' and another approves' : ''}` : startWords[environments[index]?.start ?? 'automatic']])),
    `Gates: ${[...new Set(decision.gates.map(({ id, before }) => gateWords[id](before)))].join('; ')}.`,
    outside.length > 0 && outside.join(' '),
    written.some(({ target }) => target.image !== null) && `The image is built once for a commit${environments.some(isPromoted) ? ', and the same digest is promoted' : ''}.`,
    renderControls(decision, knowledge, citations),
  )
  const generated = plan === undefined || (plan.deploys.length === 0 && plan.publish === undefined) ? '' : blocks(
    deployChecklist(plan, knowledge).length > 0 && 'To set up by hand, once:', bullets(deployChecklist(plan, knowledge).map((line) => `[ ] ${line}`)),
    plan.publish !== undefined && `**Taking a release back.** A version number is never used twice: publish a fixed version, and ${plan.publish.registry === 'npm' ? `mark the bad one with ${code('npm deprecate')}` : 'yank the bad one on PyPI'}.`,
    written.length > 0 && `**Rollback.** ${rollback(plan, knowledge, citations).join(' ')}${settings.database === undefined && settings.migrationTool === undefined ? '' : ' A schema is not rolled back with it: only expanding changes run before a deploy.'}`,
  )
  const deploy = blocks(generated, detail !== 'brief' && deployByHand(settings, knowledge, citations))
  return [
    { id: 'pipeline', title: 'Pipeline', body: pipeline }, { id: 'branches', title: 'Branches', body: branches },
    { id: 'promotion', title: 'Promotion', body: promotion }, ...(deploy === '' ? [] : [{ id: 'deploy', title: 'Deploy', body: deploy }]),
  ]
}
