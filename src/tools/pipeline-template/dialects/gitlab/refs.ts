import type { DeployedEnvironment } from '../../model.ts'
import type { Plan } from '../../plan.ts'

/** A condition of `rules`. */
export interface Rule { readonly if: string, readonly when?: 'manual', readonly allow_failure?: true }

const version = '$CI_COMMIT_TAG =~ /^v/'
const release = '$CI_COMMIT_BRANCH =~ /^release\\//'

/** The condition for a push to a branch, a release branch or a version tag. Branch names are letters, digits and `._/-` only: the input checks that. */
export const pushedTo = (branch: string): Rule => ({ if: branch === 'v*' ? version : branch === 'release/**' ? release : `$CI_COMMIT_BRANCH == "${branch}"` })

const unique = (rules: readonly Rule[]): readonly Rule[] => rules.filter((rule, index) => rules.findIndex((other) => other.if === rule.if) === index)

/** Everything an image or assembly is made for: the long-lived branches and what the environments follow. */
export const refsOf = ({ settings, environments }: Pick<Plan, 'settings' | 'environments'>): readonly Rule[] =>
  unique([settings.mainBranch, ...(settings.branch.releaseBranch === null ? [] : [settings.branch.releaseBranch]), ...environments.map(({ branch }) => branch)].map(pushedTo))

/** The rule under which an environment is deployed: a person starts what needs a yes, and nobody has to start what is manual. */
export function deployRule({ branch, start }: DeployedEnvironment): Rule {
  const rule = pushedTo(branch)
  return start === 'automatic' || start === 'after' ? rule : { ...rule, when: 'manual', ...(start === 'manual' ? { allow_failure: true as const } : {}) }
}

/** When pipelines exist at all: a branch with an open merge request has one pipeline, not two. Only merge requests give way to a newer commit. */
export function workflow(plan: Pick<Plan, 'settings' | 'environments' | 'publish'>): Readonly<Record<string, unknown>> {
  const { branch } = plan.settings
  const refs = unique([...refsOf(plan), ...(branch.releaseBranch === null ? [] : [pushedTo('release/**')]), ...(plan.publish === undefined ? [] : [pushedTo('v*')])])
  return {
    rules: [
      { if: '$CI_PIPELINE_SOURCE == "merge_request_event"', auto_cancel: { on_new_commit: 'interruptible' } },
      ...refs.map((rule) => ({ ...rule, auto_cancel: { on_new_commit: 'none' } })),
    ],
  }
}
