import type { Plan } from '../../plan.ts'
import { toYaml } from '../../yaml.ts'

/** Weekly updates that wait a week: a hijacked release is usually found within days. Without it the pins would rot. */
export function dependabot(plan: Plan): string {
  const ecosystems = ['github-actions', plan.toolchain.dependabot, ...(plan.deploys.some(({ target }) => target.image !== null) ? ['docker'] : [])]
  const { releaseBranch } = plan.settings.branch
  return toYaml({
    version: 2,
    updates: ecosystems.map((ecosystem) => ({
      'package-ecosystem': ecosystem, ...(ecosystem === 'github-actions' ? { directories: ['/', '/.github/actions/*'] } : { directory: '/' }), ...(releaseBranch === null ? {} : { 'target-branch': releaseBranch }), schedule: { interval: 'weekly' }, cooldown: { 'default-days': 7 }, 'open-pull-requests-limit': 5,
      groups: { [ecosystem === 'github-actions' ? 'actions' : 'minor-and-patch']: ecosystem === 'github-actions' ? { patterns: ['*'] } : { 'update-types': ['minor', 'patch'] } },
    })),
  }, plan.header)
}
