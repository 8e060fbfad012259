import type { Cloud, DeployedEnvironment, ImageRegistry, Target } from '../../model.ts'
import type { CheckJob } from '../../toolchain.ts'
import type { Deploy, Plan } from '../../plan.ts'
import { registries } from '../../registries.ts'
import { healthCheck } from '../../health.ts'
import { bringGit, mergeBase, secretScan } from '../shell/commits.ts'
import { waitForDatabase } from '../shell/database.ts'
import { imageLines, registrySignIn } from '../shell/image.ts'
import { toolImage, type ToolImage } from '../shell/images.ts'
import { fetchPrograms } from '../shell/programs.ts'
import { identities, signIn, signInWithSecret, type Identity, type Prepared } from '../shell/sign-in.ts'

/** One step, as data; `name` is what people see and what its anchor is called. */
export type Step = Readonly<Record<string, unknown>> & { readonly name: string }

/** Where the image's reference lies between steps. */
const reference = 'image.txt'
/** Name of the environment that holds what building an image needs. */
export const imageEnvironment = 'images'
/** Caches of the project's packages, by name. */
export const caches = ({ toolchain }: Plan): Readonly<Record<string, unknown>> => {
  const { cacheKey, cachePaths } = toolchain.container('$BITBUCKET_CLONE_DIR')
  return Object.fromEntries(cachePaths.map((path, index) => [index === 0 ? 'packages' : `packages-${index + 1}`, { key: { files: [...cacheKey] }, path: path.replace(/\/$/, '') }]))
}

// A pipe that fails in the middle fails the step.
const strict = 'set -eo pipefail'
/** Lines that belong together are one entry: Bitbucket prints each entry before it runs. */
const block = (lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : [lines.join('\n')])
const exported = (variables: Readonly<Record<string, string>>): readonly string[] => Object.entries(variables).map(([name, value]) => `export ${name}="${value}"`)
const prepared = ({ lines, exports }: Prepared): readonly string[] => [...block(lines), ...block(exported(exports))]

/** Sets up and installs; a step has no environment of its own, so variables are exported. */
function install({ toolchain }: Plan): readonly string[] {
  const { prepare, install: lines, variables } = toolchain.container('$BITBUCKET_CLONE_DIR')
  return [...exported(variables), ...prepare, ...lines]
}

const cacheNames = (plan: Plan) => (Object.keys(caches(plan)).length === 0 ? {} : { caches: Object.keys(caches(plan)) })
// Only a pull request starts from another commit; a push is checked as a whole.
const findBase = ['BASE=""', 'if [ -n "${BITBUCKET_PR_DESTINATION_BRANCH:-}" ]; then', ...mergeBase('BITBUCKET_PR_DESTINATION_BRANCH').map((line) => `  ${line}`), '  BASE="$base"', 'fi', 'export BASE']

function checkStep({ id, name, minutes, steps, needsDatabase }: CheckJob, plan: Plan): Step {
  const compares = plan.toolchain.readsBase && id !== 'security'
  const beside = needsDatabase ? plan.service : undefined
  return {
    name, 'max-time': minutes, ...(compares ? { clone: { depth: 'full' } } : {}), ...cacheNames(plan), ...(beside === undefined ? {} : { services: ['database'] }),
    script: [
      strict, ...install(plan), ...(compares ? [...(plan.toolchain.packageManager === 'bun' ? [bringGit] : []), ...block(findBase)] : []), ...(beside === undefined ? [] : [`export ${beside.variable}="${beside.url('127.0.0.1')}"`, ...block(waitForDatabase(beside))]),
      ...steps.flatMap(({ lines }) => lines),
    ],
  }
}

/** The checks, and a scan for secrets where there is a security stage. */
export function checkSteps(plan: Plan): readonly Step[] {
  const scanner = toolImage(plan, 'trufflehog')
  return [
    ...plan.checks.flatMap((check) => (check.steps.length === 0 ? [] : [checkStep(check, plan)])),
    ...(plan.decision.stages.includes('security') && scanner !== undefined ? [{ name: 'Secrets', image: scanner, 'max-time': 15, clone: { depth: 'full' }, script: [strict, ...block(findBase), ...block(secretScan)] }] : []),
  ]
}

const tools: Readonly<Record<Cloud, ToolImage>> = { aws: 'aws-cli', gcp: 'google-cloud-cli', azure: 'azure-cli' }
/** Image with the command line of a cloud; undefined when no version was confirmed. */
export const cloudImage = (plan: Plan, cloud: Cloud): string | undefined => toolImage(plan, tools[cloud])

/** The token of a step names the step, so Azure, which compares whole subjects, gets a stored secret. */
function signInAs(cloud: Cloud, identity: Identity): readonly string[] {
  const names = identities[cloud][identity]
  return prepared(cloud === 'azure' ? signInWithSecret(names[0] ?? '', azureSecret[identity]) : signIn(cloud, 'BITBUCKET_STEP_OIDC_TOKEN', 'bitbucket-$BITBUCKET_BUILD_NUMBER', names))
}
export const azureSecret: Readonly<Record<Identity, string>> = { deploy: 'AZURE_CLIENT_SECRET', build: 'AZURE_BUILD_CLIENT_SECRET' }
const asks = (cloud: Cloud | null) => (cloud === null || cloud === 'azure' ? {} : { oidc: true })

/** Builds the image once and hands its reference on as an artifact. */
export function imageStep(plan: Plan, registry: ImageRegistry): Step {
  const cloud = registry === 'own' ? null : registries[registry].cloud
  const { rank } = plan.settings
  const trivy = rank >= 3 ? toolImage(plan, 'trivy') : undefined
  const evidence = rank >= 4 && trivy !== undefined ? 'file' : 'none'
  return {
    name: 'Build the image once', image: (cloud === null ? undefined : cloudImage(plan, cloud)) ?? `node:${plan.nodeVersion}`, 'max-time': 30, environment: imageEnvironment, ...asks(cloud), services: ['docker'],
    script: [
      strict, ...(cloud === null ? [] : signInAs(cloud, 'build')), ...block(registrySignIn(registry)),
      ...block(imageLines({ registry, commit: 'BITBUCKET_COMMIT', trivy, evidence, output: reference })),
    ],
    artifacts: [reference, ...(evidence === 'file' ? ['sbom.cdx.json'] : [])],
  }
}

/** Makes the assembly once; nothing that goes out comes from a cache. */
export const synthStep = (plan: Plan): Step => ({ name: 'Synthesize the assembly once', 'max-time': 15, script: [strict, ...install(plan), plan.synthLine], artifacts: ['cdk.out/**'] })

/** Applies the expanding migrations; every name under which a tool wants the address gets the one secret. */
export function migrateStep(environment: DeployedEnvironment, plan: Plan, command: string): Step {
  const [main = 'DATABASE_URL', ...others] = plan.migration?.addressVariables ?? []
  return { name: `Migrate ${environment.name}`, 'max-time': 15, script: [strict, ...install(plan), ...others.map((name) => `export ${name}="$${main}"`), command] }
}

const needsPackages = (target: Target, plan: Plan): boolean => target.installs && plan.toolchain.locksNpmTools

function programs(target: Target, plan: Plan): readonly string[] {
  const bun = needsPackages(target, plan) && plan.toolchain.packageManager === 'bun'
  const jq = target.programs.includes('jq')
  const wanted = [...(jq ? ['jq'] : []), ...(bun ? ['ca-certificates', 'curl'] : [])]
  if (wanted.length === 0) return []
  // Amazon's image is no Debian.
  return [target.cloud === 'aws' ? `yum install --assumeyes --quiet ${wanted.join(' ')}` : `apt-get update -qq && apt-get install -y -qq --no-install-recommends ${wanted.join(' ')} > /dev/null`]
}

/** Signs in, fetches what was built once, runs the lines of the target and asks for the health of what is live then. */
export function deployStep(deploy: Deploy, environment: DeployedEnvironment, plan: Plan): Step {
  const { name, target } = deploy
  const packages = needsPackages(target, plan)
  const lines = plan.deployLines(deploy, environment.name)
  const named = (variable: string): boolean => lines.some((line) => line.includes(`$${variable}`))
  const image = packages ? undefined : (target.cloud === null || target.installs ? undefined : cloudImage(plan, target.cloud)) ?? `node:${plan.nodeVersion}`
  return {
    name: `Deploy${name === null ? '' : ` ${name}`} to ${environment.name}`, ...(image === undefined ? {} : { image }), 'max-time': 30, ...(packages || target.readsSource ? {} : { clone: { enabled: false } }), ...asks(target.cloud),
    script: [
      strict, ...(packages ? install(plan) : []), ...programs(target, plan), ...(target.cloud === null ? [] : signInAs(target.cloud, 'deploy')), ...prepared(fetchPrograms(target, plan)),
      ...(named('IMAGE') ? [`IMAGE="$(cat ${reference})"`, 'export IMAGE'] : []), ...(named('COMMIT_SHA') ? ['export COMMIT_SHA="$BITBUCKET_COMMIT"'] : []), ...block(lines), ...(target.serves ? [healthCheck] : []),
    ],
  }
}
