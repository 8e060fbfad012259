import type { Plan } from '../../plan.ts'
import { toYaml } from '../../yaml.ts'
import { checkJobs, installJob } from './checks.ts'
import { environmentJobs, reaches } from './deploy.ts'
import { builds, imageJob, registryOf } from './image.ts'
import { installed, tidy, type Job, type Jobs } from './job.ts'
import { publishJobs } from './publish.ts'
import { refsOf, workflow } from './refs.ts'

const synthJob = (plan: Plan, needs: readonly string[]): Job => ({
  extends: installed, stage: 'package', needs, rules: refsOf(plan), timeout: '15 minutes', script: [plan.synthLine], artifacts: { paths: ['cdk.out/'], expire_in: '7 days' },
})

/** The pipeline file of GitLab CI, in its own terms: rules, resource groups, environments, reports that hand a value on. `nodeImage` runs what needs no image of its own. */
export function pipeline(plan: Plan, nodeImage: string): string {
  const checks = checkJobs(plan)
  const checked = Object.keys(checks)
  const deploys = plan.deploys.filter((deploy) => reaches(deploy, plan))
  const registry = registryOf({ deploys })
  const made: Jobs = {
    ...(registry !== undefined && builds(plan, registry) ? { 'build-image': imageJob(plan, registry, checked) } : {}),
    ...(deploys.some(({ target }) => target.synthesizes) ? { synth: synthJob(plan, checked) } : {}),
  }
  const serving = deploys.filter(({ target }) => target.serves)
  const before = { made: Object.keys(made).length > 0 ? Object.keys(made) : checked, deploys: serving, nodeImage }
  const jobs = tidy({ ...checks, ...made, ...publishJobs(plan, checked, nodeImage), ...environmentJobs(plan, before) })
  // One stage an environment: a job may only need jobs of its own or an earlier stage.
  const stages = ['check', 'package', 'release', ...plan.environments.map(({ name }) => name)].filter((stage) => Object.values(jobs).some((job) => job['stage'] === stage))
  const scansSecrets = plan.settings.rank >= 2
  return toYaml({
    workflow: workflow(plan),
    // GitLab's scan follows merge requests only when it is told to.
    ...(scansSecrets ? { include: [{ template: 'Jobs/Secret-Detection.gitlab-ci.yml' }], variables: { AST_ENABLE_MR_PIPELINES: 'true' } } : {}),
    stages,
    default: { interruptible: true, timeout: '20 minutes', retry: { max: 1, when: ['runner_system_failure'] } },
    [installed]: installJob(plan),
    ...(scansSecrets ? { '.secret-analyzer': { stage: 'check', timeout: '15 minutes' } } : {}),
    ...jobs,
  }, plan.header, { yaml: '1.1' })
}
