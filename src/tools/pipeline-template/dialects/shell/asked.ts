import type { DeployedEnvironment } from '../../model.ts'

/** Names that ask for an environment: its own, and those of environments that have to pass it first. */
export function withLater({ name }: DeployedEnvironment, environments: readonly DeployedEnvironment[]): readonly string[] {
  return [name, ...environments.filter(({ after }) => after === name).flatMap((later) => withLater(later, environments))]
}
