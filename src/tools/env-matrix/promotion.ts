import type { EnvironmentName } from '../../core/environments.ts'
import type { Environment } from './environments.ts'

/** What has to hold before a build goes on, beside the deploy trigger. */
export type EdgeRule = 'reviewed-and-green' | 'healthy' | 'healthy-and-approved' | 'accepted' | 'bundle-verified' | 'tagged-and-installed' | 'beta-without-crashes' | 'green'
export interface Edge { readonly from: EnvironmentName | 'branch', readonly to: EnvironmentName, readonly rule: EdgeRule }

/** Places that a release passes through; previews, load tests and demos stand beside the path. */
const onPath: readonly EnvironmentName[] = ['dev', 'test', 'sit', 'staging', 'uat', 'preprod', 'production']

function ruleOf(environment: Environment, before: Environment | undefined): EdgeRule {
  const { deployTrigger } = environment
  if (deployTrigger === 'signed-offline-bundle') return 'bundle-verified'
  if (deployTrigger === 'customer-upgrade' || deployTrigger === 'version-tag') return 'tagged-and-installed'
  if (deployTrigger === 'store-release') return 'beta-without-crashes'
  if (before === undefined) return environment.name === 'production' && deployTrigger !== 'approved-push-to-main' ? 'green' : 'reviewed-and-green'
  if (before.name === 'uat') return 'accepted'
  return deployTrigger === 'automatic-promotion' || deployTrigger === 'push-to-release-branch' ? 'healthy' : 'healthy-and-approved'
}

/** The steps of a release with what each asks for, in order. The first comes from a branch. */
export function promotionEdges(environments: readonly Environment[]): Edge[] {
  const path = environments.filter(({ name }) => onPath.includes(name))
  return path.map((environment, index) => ({ from: path[index - 1]?.name ?? 'branch', to: environment.name, rule: ruleOf(environment, path[index - 1]) }))
}
