import type { CheckJob } from '../../toolchain.ts'
import type { Plan } from '../../plan.ts'
import { installed, type Job, type Jobs } from './job.ts'

/** A database beside the tests, reachable as `database`; its password opens nothing else. */
function database({ service }: Plan): Job {
  if (service === undefined) return {}
  return { services: [{ name: service.image, alias: 'database' }], variables: { ...service.setup, [service.variable]: service.url('database') } }
}

function checkJob({ id, minutes, steps, needsDatabase }: CheckJob, plan: Plan): Job {
  const compares = plan.toolchain.readsBase && id !== 'security'
  const { variables, ...beside } = needsDatabase ? database(plan) : {}
  const all = { ...(compares ? { GIT_DEPTH: '0' } : {}), ...(variables as object | undefined) }
  return {
    extends: installed, stage: 'check', timeout: `${minutes} minutes`, ...beside, ...(Object.keys(all).length === 0 ? {} : { variables: all }),
    // A merge request is compared with the commit it starts from; a push is checked as a whole.
    script: [...(compares ? ['export BASE="${CI_MERGE_REQUEST_DIFF_BASE_SHA:-}"'] : []), ...steps.flatMap(({ lines }) => lines)],
  }
}

/** Checks with something to run; what GitLab scans by itself comes from its template. */
export const checkJobs = (plan: Plan): Jobs => Object.fromEntries(plan.checks.flatMap((check) => (check.steps.length === 0 ? [] : [[check.id, checkJob(check, plan)]])))

/** The hidden job that sets up and installs. */
export function installJob({ toolchain }: Plan): Job {
  const { image, prepare, install, cacheKey, cachePaths, variables } = toolchain.container('$CI_PROJECT_DIR')
  return {
    image, ...(Object.keys(variables).length === 0 ? {} : { variables }),
    ...(prepare.length + install.length === 0 ? {} : { before_script: [...prepare, ...install] }),
    ...(cachePaths.length === 0 ? {} : { cache: { key: { files: cacheKey }, paths: cachePaths } }),
  }
}
