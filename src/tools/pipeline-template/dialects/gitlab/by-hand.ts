import { code } from '../../../../core/markdown.ts'
import { deploySettings, list, sharedSettings } from '../../checklist.ts'
import type { Plan } from '../../plan.ts'

/** Environments with their protected variables. */
export function byHand(plan: Plan): readonly string[] {
  const needed = deploySettings(plan)
  if (needed === undefined) return []
  const { serving, migrates, address, secrets, variables } = needed
  const names = plan.environments.flatMap(({ name }) => serving.map((app) => (app.name === null ? name : `${name}/${app.name}`)))
  return [
    `Create the ${names.length === 1 ? 'environment' : 'environments'} ${list(names)}${plan.environments.some(({ name }) => name === 'production') ? `; let only ${code(plan.settings.mainBranch)} deploy to ${code('production')}` : ''}.`,
    ...(serving.length > 1 ? serving.map(({ name, target }) => `For ${code(name ?? target.id)}: ${list([...target.secrets, ...(migrates && name === serving[0]?.name ? [address] : [])]) || 'no secrets'} as secrets; ${list(['HEALTH_URL', ...target.variables])} as variables.`) : [
      ...(secrets.length > 0 ? [`In ${names.length === 1 ? 'it' : 'each'}, as secrets (protected, masked, with that scope): ${list(secrets)}.`] : []),
      `In ${names.length === 1 ? 'it' : 'each'}, as variables: ${list(variables)}.`,
    ]),
    ...sharedSettings(plan, needed),
  ]
}
