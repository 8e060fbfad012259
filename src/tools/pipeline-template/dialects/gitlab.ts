import { generatedFile } from '../../../core/file.ts'
import type { FileWithBody } from '../../tool.ts'
import { healthCheck } from '../health.ts'
import type { DeployedEnvironment } from '../model.ts'
import type { Plan } from '../plan.ts'
import { toYaml } from '../yaml.ts'

type Job = Record<string, unknown>

const mergeRequest = { if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }

/** The rule under which an environment is deployed; a person starts what needs a yes. */
function rule({ branch, start }: DeployedEnvironment): Job {
  const ref = branch === 'v*' ? '$CI_COMMIT_TAG =~ /^v/' : branch === 'release/**' ? '$CI_COMMIT_BRANCH =~ /^release\\//' : `$CI_COMMIT_BRANCH == "${branch}"`
  return start === 'automatic' || start === 'after' ? { if: ref } : { if: ref, when: 'manual', ...(start === 'manual' ? { allow_failure: true } : {}) }
}

function checkJobs(plan: Plan): Record<string, Job> {
  const { checks } = plan.toolchain
  const { service, migration, settings } = plan
  const tested = service !== undefined && settings.rank >= 2
  const database: Job = tested ? {
    services: [{ name: service.image, alias: 'database' }],
    variables: { ...service.setup, [service.variable]: service.url('database') },
  } : {}
  const before = tested && migration?.command != null ? [migration.command] : []
  return {
    ...(checks.lint.length > 0 ? { lint: { stage: 'check', script: checks.lint } } : {}),
    ...(checks.test.length > 0 ? { test: { stage: 'check', ...database, script: [...before, ...checks.test] } } : {}),
    ...(checks.build.length > 0 ? { build: { stage: 'check', script: checks.build } } : {}),
    ...(plan.settings.rank >= 2 && checks.audit.length > 0 ? { audit: { stage: 'check', script: checks.audit } } : {}),
  }
}

/** Names of applications whose target GitLab jobs cannot deploy to yet. */
export const gitlabLeavesOut = (plan: Plan): readonly string[] => plan.deploys.filter(({ target }) => target.script(plan.context('production', true)) === null).map(({ target }) => target.id)

/** Migrate, deploy and check one environment; `resource_group` keeps two runs apart. */
function environmentJobs(environment: DeployedEnvironment, plan: Plan): Record<string, Job> {
  const { migration } = plan
  const reachable = plan.deploys.filter(({ target }) => !gitlabLeavesOut(plan).includes(target.id))
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
  for (const { name, target } of reachable) {
    const script = target.script(plan.context(environment.name, environment.name === 'production')) ?? []
    const full = `${environment.name}${name === null ? '' : `/${name}`}`
    const commit = script.some((line) => line.includes('$COMMIT_SHA')) ? { variables: { COMMIT_SHA: '$CI_COMMIT_SHA' } } : {}
    const tools = script.some((line) => /^api=|jq /.test(line)) ? { image: `node:${plan.nodeVersion}`, before_script: ['apt-get update -qq && apt-get install -y -qq jq > /dev/null'] } : plan.toolchain.locksNpmTools ? {} : { image: `node:${plan.nodeVersion}`, before_script: [] }
    // The loop ends its shell with `exit 0`: it runs in its own, so that the health check still follows.
    const deploy = script.length > 3 ? [`(\n${script.join('\n')}\n)`] : [...script]
    jobs[`deploy-${environment.name}${name === null ? '' : `-${name}`}`] = {
      stage: environment.name, ...follows, ...tools, needs: [...(migrates ? [migrateId] : [...checks, ...after])],
      environment: { name: full }, resource_group: full, ...commit, script: [...deploy, ...(target.serves ? [healthCheck] : [])],
    }
  }
  return jobs
}

/** The pipeline file of GitLab CI, in its own terms: rules, resource groups and environments. */
export function gitlab(plan: Plan): readonly FileWithBody[] {
  const { settings, toolchain } = plan
  const branches = [settings.mainBranch, ...(settings.branch.releaseBranch === null ? [] : [settings.branch.releaseBranch])]
  const jobs = { ...checkJobs(plan), ...Object.assign({}, ...plan.environments.map((environment) => environmentJobs(environment, plan))) as Record<string, Job> }
  // One stage an environment: a job may only need jobs of its own or an earlier stage.
  const stages = plan.environments.map(({ name }) => name).filter((stage) => Object.values(jobs).some((job) => job['stage'] === stage))
  const text = toYaml({
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
    ...(toolchain.gitlab.variables === undefined ? {} : { variables: toolchain.gitlab.variables }),
    default: {
      image: toolchain.gitlab.image, interruptible: true, timeout: '20 minutes', before_script: toolchain.gitlab.before,
      cache: { key: { files: toolchain.gitlab.cacheKey }, paths: toolchain.gitlab.cachePaths },
    },
    ...jobs,
  }, plan.header, { yaml: '1.1' })
  return [generatedFile('.gitlab-ci.yml', 'checks merge requests and deploys what passed', 'gitlab-ci-local --list, or CI Lint in GitLab', text)]
}
