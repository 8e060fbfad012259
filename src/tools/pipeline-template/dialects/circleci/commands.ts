import type { Cloud } from '../../model.ts'
import type { Plan } from '../../plan.ts'
import { identities, signIn } from '../shell/sign-in.ts'
import { healthCheck } from '../../health.ts'
import { keep, run, when } from './config.ts'
import { root } from './executors.ts'

const clouds: Readonly<Record<Cloud, { readonly name: string, readonly parameters: readonly string[] }>> = {
  aws: { name: 'AWS', parameters: ['role'] }, gcp: { name: 'Google Cloud', parameters: ['provider', 'account'] }, azure: { name: 'Azure', parameters: ['client'] },
}

export const signInCommand = (cloud: Cloud): string => `sign-in-to-${cloud}`

/** Which settings a sign-in reads, as the arguments of its command; none for the identity of an environment, which is the default. */
export const asBuilder = (cloud: Cloud): Readonly<Record<string, string>> => Object.fromEntries(clouds[cloud].parameters.map((parameter, index) => [parameter, identities[cloud].build[index] ?? '']))

function signInTo(cloud: Cloud): Record<string, unknown> {
  const { name, parameters } = clouds[cloud]
  const { lines, exports } = signIn(cloud, 'CIRCLE_OIDC_TOKEN_V2', 'circleci-$CIRCLE_WORKFLOW_JOB_ID', parameters.map((parameter) => `{<< parameters.${parameter} >>}`))
  return {
    description: `Sign in to ${name} with the token of the job`,
    parameters: Object.fromEntries(parameters.map((parameter, index) => [parameter, { type: 'env_var_name', default: identities[cloud].deploy[index] ?? '' }])),
    steps: [run(`Sign in to ${name}`, [...lines, ...keep(exports)])],
  }
}

/** Everything that more than one job does, defined once. A job that publishes takes nothing from a cache: branches write to it too. */
export function commands({ toolchain }: Plan, used: ReadonlySet<string>): Readonly<Record<string, unknown>> {
  const { prepare, install, cacheKey, cachePaths } = toolchain.container(root)
  const key = `v1-${toolchain.packageManager}-{{ arch }}-${cacheKey.map((file) => `{{ checksum "${file}" }}`).join('-')}`
  const caches = cachePaths.length > 0 && cacheKey.length > 0
  const all: Readonly<Record<string, () => unknown>> = {
    install: () => ({
      description: 'Set up and install from the lock file', ...(caches ? { parameters: { cached: { type: 'boolean', default: true } } } : {}),
      steps: [
        ...(caches ? [when('<< parameters.cached >>', [{ restore_cache: { keys: [key] } }])] : []), run('Install from the lock file', [...prepare, ...install]),
        ...(caches ? [when('<< parameters.cached >>', [{ save_cache: { key, paths: cachePaths } }])] : []),
      ],
    }),
    'find-base': () => ({
      description: 'BASE is the commit a branch starts from, and empty where everything is checked',
      steps: [run('Find the commit this branch starts from', [
        'base=""', 'case "${CIRCLE_BRANCH:-}" in', '  ""|"$MAIN_BRANCH"|"$BASE_BRANCH"|release/*) ;;', '  *) base=$(git merge-base "origin/$BASE_BRANCH" HEAD) ;;', 'esac', 'echo "export BASE=$base" >> "$BASH_ENV"',
      ])],
    }),
    'check-health': () => ({ description: 'Fail unless the new version answers', steps: [run('Ask the new version whether it is healthy', [healthCheck])] }),
    ...Object.fromEntries((['aws', 'gcp', 'azure'] as const).map((cloud) => [signInCommand(cloud), () => signInTo(cloud)])),
  }
  return Object.fromEntries(Object.entries(all).filter(([id]) => used.has(id)).map(([id, command]) => [id, command()]))
}

/** The step that installs, without a cache where a job publishes or deploys. */
export const install = ({ toolchain }: Plan, cached: boolean) => {
  const { cachePaths, cacheKey, install: lines, prepare } = toolchain.container(root)
  if (lines.length + prepare.length === 0) return []
  return [cached || cachePaths.length === 0 || cacheKey.length === 0 ? 'install' : { install: { cached: false } }]
}
