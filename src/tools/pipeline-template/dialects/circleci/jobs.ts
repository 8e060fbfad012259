import type { DeployedEnvironment, ImageRegistry } from '../../model.ts'
import type { CheckJob } from '../../toolchain.ts'
import type { Deploy, Plan } from '../../plan.ts'
import { registries } from '../../registries.ts'
import { waitForDatabase } from '../shell/database.ts'
import { bringGit, secretScan } from '../shell/commits.ts'
import { imageLines, registrySignIn } from '../shell/image.ts'
import { toolImage } from '../shell/images.ts'
import { fetchPrograms } from '../shell/programs.ts'
import { asBuilder, install, signInCommand } from './commands.ts'
import { handover, keep, patience, run, type Step } from './config.ts'
import { executorOf, type ExecutorId } from './executors.ts'

export interface Job { readonly executor: ExecutorId, readonly steps: readonly Step[] }
export type Jobs = Readonly<Record<string, Job>>

const checkout = (full: boolean): Step => (full ? { checkout: { method: 'full' } } : 'checkout')
const bringCurl = run('Bring curl', ['apt-get update -qq && apt-get install -y -qq --no-install-recommends ca-certificates curl > /dev/null'])

function checkJob({ id, steps, needsDatabase }: CheckJob, plan: Plan): Job {
  const compares = plan.toolchain.readsBase && id !== 'security'
  const beside = needsDatabase ? plan.service : undefined
  return {
    executor: beside === undefined ? 'project' : 'project-with-database',
    steps: [
      ...(compares && plan.toolchain.packageManager === 'bun' ? [run('Bring Git', [bringGit])] : []), checkout(compares), ...install(plan, true), ...(compares ? ['find-base'] : []), ...(beside === undefined ? [] : [run('Wait for the database', waitForDatabase(beside))]),
      ...steps.map(({ name, lines }) => run(name, lines)),
    ],
  }
}

/** The checks, and a scan for secrets where there is a security stage. */
export const checkJobs = (plan: Plan): Jobs => ({
  ...Object.fromEntries(plan.checks.flatMap((check) => (check.steps.length === 0 ? [] : [[check.id, checkJob(check, plan)]]))),
  ...(plan.decision.stages.includes('security') && toolImage(plan, 'trufflehog') !== undefined ? { secrets: { executor: 'secrets', steps: [checkout(true), 'find-base', run('Look for secrets in the commits', secretScan)] } } : {}),
})

/** Builds the image once and hands its reference on. */
export function imageJob(plan: Plan, registry: ImageRegistry): Job {
  const cloud = registry === 'own' ? null : registries[registry].cloud
  const { rank } = plan.settings
  const output = `${handover.folder}/${handover.image}`
  return {
    executor: cloud ?? 'deploy',
    steps: [
      'checkout', { setup_remote_docker: { version: 'default' } }, ...(cloud === null ? [] : [{ [signInCommand(cloud)]: asBuilder(cloud) }]),
      run('Sign in to the registry', registrySignIn(registry)),
      run('Build the image once', [`mkdir -p ${handover.folder}`, ...imageLines({ registry, commit: 'CIRCLE_SHA1', trivy: rank >= 3 ? toolImage(plan, 'trivy') : undefined, evidence: plan.imageStatements === 'full' ? 'buildkit' : 'none', output })], patience),
      { persist_to_workspace: { root: handover.folder, paths: [handover.image] } },
    ],
  }
}

export const synthJob = (plan: Plan): Job => ({
  executor: 'project', steps: ['checkout', ...install(plan, false), run('Synthesize', [plan.synthLine]), { persist_to_workspace: { root: '.', paths: ['cdk.out'] } }],
})

/** Applies the expanding migrations; every name under which a tool wants the address gets the one secret. */
export function migrateJob(plan: Plan, command: string): Job {
  const [main = 'DATABASE_URL', ...others] = plan.migration?.addressVariables ?? []
  return { executor: 'project', steps: ['checkout', ...install(plan, false), run('Apply the expanding migrations', [...others.map((name) => `export ${name}="$${main}"`), command], patience)] }
}

/** Signs in, fetches what was built once, runs the lines of the target and asks for the health of what is live then. */
export function deployJob(deploy: Deploy, environment: DeployedEnvironment, plan: Plan): Job {
  const { target } = deploy
  const installs = target.installs && plan.toolchain.locksNpmTools
  const { lines, exports } = fetchPrograms(target, plan)
  const deployLines = plan.deployLines(deploy, environment.name)
  const named = (name: string): boolean => deployLines.some((line) => line.includes(`$${name}`))
  return {
    executor: executorOf(target, plan),
    steps: [
      ...(installs || target.readsSource ? ['checkout'] : []), ...(installs ? install(plan, false) : []), ...(installs && plan.toolchain.packageManager === 'bun' ? [bringCurl] : []),
      ...(target.image === null && !target.synthesizes ? [] : [{ attach_workspace: { at: target.synthesizes ? '.' : handover.folder } }]),
      ...(target.cloud === null ? [] : [signInCommand(target.cloud)]), ...(lines.length === 0 ? [] : [run('Fetch the programs of the deploy', [...lines, ...keep(exports)])]),
      run('Deploy', [...(named('IMAGE') ? [`IMAGE="$(cat ${handover.folder}/${handover.image})"`, 'export IMAGE'] : []), ...(named('COMMIT_SHA') ? ['export COMMIT_SHA="$CIRCLE_SHA1"'] : []), ...deployLines], patience),
      ...(target.serves ? ['check-health'] : []),
    ],
  }
}

/** A version tag is packed by a job that holds no rights and published by one that runs no code of the project. */
export function publishJobs(plan: Plan): Jobs {
  const { publish } = plan
  if (publish === undefined) return {}
  return {
    pack: { executor: 'project', steps: ['checkout', ...install(plan, false), run('Pack', ['export TAG="$CIRCLE_TAG"', ...publish.pack]), { persist_to_workspace: { root: '.', paths: ['release'] } }] },
    publish: {
      executor: 'node',
      steps: [
        { attach_workspace: { at: '.' } },
        run('Publish', ['NPM_ID_TOKEN=$(circleci run oidc get --claims \'{"aud": "npm:registry.npmjs.org"}\')', 'export NPM_ID_TOKEN', publish.publish]),
      ],
    },
  }
}
