import type { Cloud, DeployedEnvironment } from '../model.ts'
import type { Deploy, Plan } from '../plan.ts'
import { registries } from '../registries.ts'

/** Whom a cloud trusts: one environment of one application, or the build of the image, which may write images and nothing else. */
export interface Identity {
  /** `build`, `production`, or `production-web` where the repository holds several applications. */
  readonly id: string
  /** Beginning of the names under which the script reads its settings. */
  readonly prefix: string
  /** Null for the build. */
  readonly environment: DeployedEnvironment | null
  /** The application that is deployed; for the build, the one whose image it makes. */
  readonly deploy: Deploy
  /** Branch and tag patterns its jobs run for. */
  readonly branches: readonly string[]
}

const prefixOf = (id: string): string => id.toUpperCase().replace(/\W/g, '_')

/** Identities that a plan needs in one cloud, the build first. */
export function identitiesOf(plan: Plan, deploys: readonly Deploy[], cloud: Cloud): readonly Identity[] {
  const { branch, mainBranch } = plan.settings
  const pushed = [...new Set([mainBranch, ...(branch.releaseBranch === null ? [] : [branch.releaseBranch]), ...plan.environments.map((environment) => environment.branch)])]
  const built = deploys.find(({ target }) => target.image !== null && target.image !== 'own' && registries[target.image].cloud === cloud)
  const serving = deploys.filter(({ target }) => target.serves && target.cloud === cloud)
  return [
    ...(built === undefined ? [] : [{ id: 'build', prefix: 'BUILD', environment: null, deploy: built, branches: pushed }]),
    ...plan.environments.flatMap((environment) => serving.map((deploy): Identity => {
      const id = deploy.name === null ? environment.name : `${environment.name}-${deploy.name}`
      return { id, prefix: prefixOf(id), environment, deploy, branches: [environment.branch] }
    })),
  ]
}
