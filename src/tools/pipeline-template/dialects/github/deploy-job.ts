import type { DeployedEnvironment } from '../../model.ts'
import type { Step } from '../../toolchain.ts'
import type { Deploy, Plan } from '../../plan.ts'
import { healthCheck } from '../../health.ts'
import { checkout, job, pinned, type Github } from './jobs.ts'
import { signIn } from './sign-in.ts'

const variable = (name: string): string => `\${{ vars.${name} }}`

/** End of a job's or environment's name: several applications in one repository have one each. */
export const suffix = (app: string | null): string => (app === null ? '' : `-${app}`)

/** Steps of a deploy: sign in, fetch what was built once, run the target's lines with the settings they name. */
function deploySteps(deploy: Deploy, environment: DeployedEnvironment, plan: Plan): readonly Step[] {
  const { target } = deploy
  const lines = plan.deployLines(deploy, environment.name)
  const named = (name: string) => lines.some((line) => new RegExp(`\\$\\{?${name}\\b`).test(line))
  const env = {
    ...Object.fromEntries(target.secrets.map((name) => [name, `\${{ secrets.${name} }}`])), ...Object.fromEntries(target.variables.filter(named).map((name) => [name, variable(name)])),
    ...(named('IMAGE') ? { IMAGE: '${{ needs.image.outputs.reference }}' } : {}), ...(named('HEALTH_URL') ? { HEALTH_URL: variable('HEALTH_URL') } : {}), ...(named('COMMIT_SHA') ? { COMMIT_SHA: '${{ github.sha }}' } : {}),
  }
  return [
    ...(target.programs.includes('flyctl') ? [{ name: 'Set up flyctl', uses: 'superfly/flyctl-actions/setup-flyctl', with: { version: plan.toolVersion('flyctl') ?? variable('FLYCTL_VERSION') } }] : []),
    ...(target.cloud === null ? [] : [signIn(target.cloud)]),
    ...(target.synthesizes ? [{ name: 'Fetch the assembly', uses: 'actions/download-artifact', with: { name: 'cdk-out', path: 'cdk.out' } }] : []),
    { name: 'Deploy', ...(Object.keys(env).length > 0 ? { env } : {}), run: lines.join('\n') },
  ]
}

/** One application to one environment, then the question whether it is healthy. */
export function deployJob(environment: DeployedEnvironment, plan: Plan, github: Github, deploy: Deploy, start: { readonly needs: readonly string[], readonly if: string }): Record<string, unknown> {
  const { name, target } = deploy
  const installs = target.installs && plan.toolchain.locksNpmTools
  const checksOut = installs || target.readsSource
  return job({
    name: `Deploy${name === null ? '' : ` ${name}`} to ${environment.name}`, minutes: 30, ...start,
    permissions: { ...(checksOut ? { contents: 'read' } : {}), ...(target.cloud === null ? {} : { 'id-token': 'write' }) },
    environment: `${environment.name}${suffix(name)}`, concurrency: `deploy-${environment.name}${suffix(name)}`,
    steps: [...(checksOut ? [checkout(github)] : []), ...(installs ? github.setup : []), ...pinned(github, deploySteps(deploy, environment, plan)), ...(target.serves ? [{ name: 'Ask the new version whether it is healthy', env: { HEALTH_URL: variable('HEALTH_URL') }, run: healthCheck }] : [])],
  })
}
