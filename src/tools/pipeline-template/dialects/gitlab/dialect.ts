import { generatedFile } from '../../../../core/file.ts'
import type { Dialect } from '../../files.ts'
import { healthCheck } from '../../health.ts'
import type { DeployedEnvironment } from '../../model.ts'
import type { Deploy, Plan } from '../../plan.ts'
import { toYaml } from '../../yaml.ts'
import { byHand } from './by-hand.ts'

type Job = Record<string, unknown>

const mergeRequest = { if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }

/** The rule under which an environment is deployed; a person starts what needs a yes. */
function rule({ branch, start }: DeployedEnvironment): Job {
  const ref = branch === 'v*' ? '$CI_COMMIT_TAG =~ /^v/' : branch === 'release/**' ? '$CI_COMMIT_BRANCH =~ /^release\\//' : `$CI_COMMIT_BRANCH == "${branch}"`
  return start === 'automatic' || start === 'after' ? { if: ref } : { if: ref, when: 'manual', ...(start === 'manual' ? { allow_failure: true } : {}) }
}

function checkJobs(plan: Plan): Record<string, Job> {
  const { service } = plan
  const database: Job = service === undefined ? {} : {
    services: [{ name: service.image, alias: 'database' }],
    variables: { ...service.setup, [service.variable]: service.url('database') },
  }
  return Object.fromEntries(plan.checks.flatMap(({ id, steps, needsDatabase }) => (steps.length === 0 ? [] : [[
    id === 'security' ? 'audit' : id, { stage: 'check', ...(needsDatabase ? database : {}), script: steps.flatMap(({ lines }) => lines) },
  ]])))
}

/** Jobs of this file run in containers with a shell: what needs a cloud's sign-in or an image built first is not written yet. */
const reaches = ({ target }: Deploy): boolean => target.cloud === null && target.image === null && !target.programs.includes('flyctl')

/** Migrate, deploy and check one environment; `resource_group` keeps two runs apart. */
function environmentJobs(environment: DeployedEnvironment, plan: Plan): Record<string, Job> {
  const { migration } = plan
  const reachable = plan.deploys.filter(reaches)
  if (reachable.length === 0) return {}
  const rules = [rule(environment)]
  const migrateId = `migrate-${environment.name}`
  const migrates = migration?.command != null && migration.hook === null
  const after = environment.after === null ? [] : reachable.map(({ name }) => `deploy-${environment.after}${name === null ? '' : `-${name}`}`)
  const checks = Object.keys(checkJobs(plan))
  const [main = 'DATABASE_URL', ...others] = migration?.addressVariables ?? []
  const guarded = { interruptible: false, rules }
  // One click is enough: after a migration that a person started, the deploy follows by itself.
  const follows = { interruptible: false, rules: migrates ? [{ if: rule(environment)['if'] }] : rules }
  const jobs: Record<string, Job> = migrates ? {
    [migrateId]: { stage: environment.name, ...guarded, needs: [...checks, ...after], environment: { name: environment.name, action: 'prepare' }, resource_group: migrateId, ...(others.length > 0 ? { variables: Object.fromEntries(others.map((name) => [name, `$${main}`])) } : {}), script: [migration.command] },
  } : {}
  for (const deploy of reachable) {
    const { name, target } = deploy
    const script = plan.deployLines(deploy, environment.name)
    const full = `${environment.name}${name === null ? '' : `/${name}`}`
    const commit = script.some((line) => line.includes('$COMMIT_SHA')) ? { variables: { COMMIT_SHA: '$CI_COMMIT_SHA' } } : {}
    const tools = target.programs.includes('jq') ? { image: `node:${plan.nodeVersion}`, before_script: ['apt-get update -qq && apt-get install -y -qq jq > /dev/null'] } : plan.toolchain.locksNpmTools ? {} : { image: `node:${plan.nodeVersion}`, before_script: [] }
    jobs[`deploy-${environment.name}${name === null ? '' : `-${name}`}`] = {
      stage: environment.name, ...follows, ...tools, needs: [...(migrates ? [migrateId] : [...checks, ...after])],
      environment: { name: full }, resource_group: full, ...commit, script: [script.join('\n'), ...(target.serves ? [healthCheck] : [])],
    }
  }
  return jobs
}

/** The pipeline file of GitLab CI, in its own terms: rules, resource groups and environments. */
function pipeline(plan: Plan): string {
  const { settings, toolchain } = plan
  const container = toolchain.container('$CI_PROJECT_DIR')
  const branches = [settings.mainBranch, ...(settings.branch.releaseBranch === null ? [] : [settings.branch.releaseBranch])]
  const jobs = { ...checkJobs(plan), ...Object.assign({}, ...plan.environments.map((environment) => environmentJobs(environment, plan))) as Record<string, Job> }
  // One stage an environment: a job may only need jobs of its own or an earlier stage.
  const stages = plan.environments.map(({ name }) => name).filter((stage) => Object.values(jobs).some((job) => job['stage'] === stage))
  return toYaml({
    workflow: {
      auto_cancel: { on_new_commit: 'interruptible' },
      rules: [
        mergeRequest, ...branches.map((branch) => ({ if: `$CI_COMMIT_BRANCH == "${branch}"` })),
        ...(settings.branch.releaseBranch === null ? [] : [{ if: '$CI_COMMIT_BRANCH =~ /^release\\//' }]), ...(plan.environments.some(({ branch }) => branch === 'v*') ? [{ if: '$CI_COMMIT_TAG =~ /^v/' }] : []),
      ],
    },
    ...(settings.rank >= 2 ? { include: [{ template: 'Jobs/Secret-Detection.gitlab-ci.yml' }] } : {}),
    // The secret scan of the template runs in the stage `test`.
    stages: ['check', ...(settings.rank >= 2 ? ['test'] : []), ...stages],
    ...(Object.keys(container.variables).length === 0 ? {} : { variables: container.variables }),
    default: {
      image: container.image, interruptible: true, timeout: '20 minutes', before_script: [...container.prepare, ...container.install],
      cache: { key: { files: container.cacheKey }, paths: container.cachePaths },
    },
    ...jobs,
  }, plan.header, { yaml: '1.1' })
}

export const gitlab: Dialect = {
  files: (plan) => [generatedFile('.gitlab-ci.yml', 'checks merge requests and deploys what passed', 'gitlab-ci-local --list, or CI Lint in GitLab', pipeline(plan))],
  reaches, byHand,
}
