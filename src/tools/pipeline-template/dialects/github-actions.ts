import { generatedFile } from '../../../core/file.ts'
import type { Citations } from '../../../knowledge/cite.ts'
import type { Knowledge } from '../../../knowledge/collections.ts'
import type { FileWithBody } from '../../tool.ts'
import { pinsFrom } from '../pins.ts'
import type { Plan } from '../plan.ts'
import { toYaml } from '../yaml.ts'
import { ciWorkflow } from './github-ci.ts'
import { deployWorkflow } from './github-deploy.ts'
import { checkout, pinned, type Github } from './github-jobs.ts'

/** Weekly updates that wait a week: a hijacked release is usually found within days. Without it the pins would rot. */
function dependabot(plan: Plan): string {
  const ecosystems = ['github-actions', plan.toolchain.dependabot, ...(plan.deploys.some(({ target }) => target.image !== null) ? ['docker'] : [])]
  return toYaml({
    version: 2,
    updates: ecosystems.map((ecosystem) => ({
      'package-ecosystem': ecosystem, directory: '/', schedule: { interval: 'weekly' }, cooldown: { 'default-days': 7 }, 'open-pull-requests-limit': 5,
      groups: { [ecosystem === 'github-actions' ? 'actions' : 'minor-and-patch']: ecosystem === 'github-actions' ? { patterns: ['*'] } : { 'update-types': ['minor', 'patch'] } },
    })),
  }, plan.header)
}

/** The workflow files of GitHub Actions. */
export function githubActions(plan: Plan, knowledge: Knowledge, citations: Citations): readonly FileWithBody[] {
  const pins = pinsFrom(knowledge, citations)
  const install = plan.toolchain.install.length === 0 ? [] : [{ name: 'Install from the lock file', run: plan.toolchain.install.join('\n') }]
  const github: Github = { ...pins, setup: [checkout(pins), ...pinned(pins, plan.toolchain.githubSetup), ...install] }
  const deploy = deployWorkflow(plan, github)
  return [
    generatedFile('.github/workflows/ci.yml', 'checks every pull request', 'actionlint', ciWorkflow(plan, github)),
    ...(deploy === undefined ? [] : [generatedFile('.github/workflows/deploy.yml', 'deploys what passed', 'actionlint', deploy)]),
    generatedFile('.github/dependabot.yml', 'keeps dependencies and pinned actions current, a week behind', 'Dependabot reports errors under Insights', dependabot(plan)),
  ]
}
