import * as z from 'zod'
import { parse } from 'yaml'

/** What the generated files use of Azure Pipelines, and nothing more: an unknown key or a wrong kind is an error. */
const text = z.string().min(1)
const name = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
const scalars = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
const strings = z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), z.string())
const step = z.union([
  z.strictObject({ checkout: z.literal('none') }), z.strictObject({ checkout: z.literal('self'), persistCredentials: z.literal(false), fetchDepth: z.union([z.literal(0), z.literal(1), z.literal('${{ parameters.fetchDepth }}')]) }),
  z.strictObject({ bash: text, displayName: text, name: name.optional(), env: strings.optional() }),
  z.strictObject({ task: z.string().regex(/^[A-Za-z]+@\d+$/), displayName: text, inputs: scalars, env: strings.optional() }),
  z.strictObject({ download: z.literal('none') }), z.strictObject({ download: z.literal('current'), artifact: text, displayName: text }), z.strictObject({ publish: text, artifact: text, displayName: text }),
  z.strictObject({ template: text, parameters: z.strictObject({ fetchDepth: z.literal(0) }).optional() }),
])
const steps = z.array(step).min(1)
const variables = z.union([strings, z.array(z.union([z.strictObject({ group: text }), z.strictObject({ name: text, value: z.string() })]))])
const hook = z.strictObject({ steps })
const shared = { displayName: text, dependsOn: z.array(name).optional(), timeoutInMinutes: z.number().int().min(1).max(60), variables: variables.optional() }
const job = z.union([
  z.strictObject({ job: name, ...shared, services: z.strictObject({ database: z.literal('database') }).optional(), steps }),
  z.strictObject({ deployment: name, ...shared, environment: text, strategy: z.strictObject({ runOnce: z.strictObject({ deploy: hook, postRouteTraffic: hook.optional(), on: z.strictObject({ failure: hook }).optional() }) }) }),
])
const branches = z.strictObject({ include: z.array(text).min(1) })
const Pipeline = z.strictObject({
  trigger: z.strictObject({ batch: z.literal(true).optional(), branches, tags: branches.optional() }), pr: z.strictObject({ autoCancel: z.literal(true), branches }),
  parameters: z.array(z.strictObject({ name, displayName: text, type: z.literal('string'), default: text, values: z.array(text).min(2) })).optional(),
  resources: z.strictObject({ containers: z.array(z.strictObject({ container: name, image: z.string().regex(/:[\w.-]+$/), env: strings.optional(), ports: z.array(z.string().regex(/^\d+:\d+$/)), options: text.optional() })) }).optional(),
  variables: variables.optional(), pool: z.strictObject({ vmImage: z.literal('ubuntu-24.04') }),
  stages: z.array(z.strictObject({ stage: name, displayName: text, dependsOn: z.array(name), condition: text.optional(), lockBehavior: z.literal('sequential').optional(), jobs: z.array(job).min(1) })).min(1),
})
const Template = z.strictObject({ parameters: z.array(z.strictObject({ name, displayName: text, type: z.literal('number'), default: z.literal(1), values: z.array(z.number()) })), steps })

export type AzureStep = z.infer<typeof step>
export type AzureJob = z.infer<typeof job>
export type AzurePipeline = z.infer<typeof Pipeline>

/** A generated pipeline or template; throws when it holds anything that the dialect does not mean to write. */
export const readPipeline = (body: string): AzurePipeline => Pipeline.parse(parse(body))
export const readTemplate = (body: string) => Template.parse(parse(body))

/** Steps of a job with those of all its hooks. */
export const stepsOf = (job: AzureJob): readonly AzureStep[] => ('steps' in job ? job.steps : [job.strategy.runOnce.deploy, job.strategy.runOnce.postRouteTraffic, job.strategy.runOnce.on?.failure].flatMap((found) => found?.steps ?? []))

/** The script of a step: its own, or the one that a task runs signed in. */
export const scriptOf = (step: AzureStep): string | undefined => ('bash' in step ? step.bash : 'task' in step && typeof step.inputs['inlineScript'] === 'string' ? step.inputs['inlineScript'] : undefined)

/** What a pipeline does against the rules that every generated one keeps; empty when it keeps them all. */
export function azureProblems({ stages, parameters, resources }: AzurePipeline): readonly string[] {
  const ids = stages.map(({ stage }) => stage)
  const values = parameters?.[0]?.values ?? []
  return stages.flatMap((stage, index) => {
    const problems: string[] = stage.dependsOn.filter((need) => ids.indexOf(need) === -1 || ids.indexOf(need) >= index).map((need) => `needs-what-is-not-before: ${stage.stage} ${need}`)
    for (const [, found = ''] of stage.condition?.matchAll(/dependencies\.(\w+)\./g) ?? []) if (!stage.dependsOn.includes(found)) problems.push(`asks-for-what-it-does-not-need: ${stage.stage} ${found}`)
    for (const [, asked = ''] of stage.condition?.matchAll(/parameters\.deployTo \}\}', '([^']+)'/g) ?? []) if (!values.includes(asked)) problems.push(`asks-for-no-value: ${asked}`)
    const environments = stage.jobs.flatMap((one) => ('deployment' in one ? [one.environment] : []))
    if (environments.length > 0 && (stage.lockBehavior === undefined || stage.condition === undefined || new Set(environments).size !== 1)) problems.push(`deploy-without-lock: ${stage.stage}`)
    for (const one of stage.jobs) {
      const where = `${stage.stage}.${'job' in one ? one.job : one.deployment}`
      const own = JSON.stringify(one)
      if ('job' in one && one.services !== undefined && resources === undefined) problems.push(`no-such-container: ${where}`)
      if ('job' in one && stage.stage !== 'Image' && own.includes('"group"')) problems.push(`group-outside-environment: ${where}`)
      if (own.includes('stageDependencies.') && !stage.dependsOn.includes(/stageDependencies\.(\w+)\./.exec(own)?.[1] ?? '')) problems.push(`output-of-what-it-does-not-need: ${where}`)
      if (/System\.AccessToken|SYSTEM_ACCESSTOKEN/i.test(own)) problems.push(`uses-the-token-of-the-job: ${where}`)
      for (const found of stepsOf(one)) {
        const script = scriptOf(found)
        if (script === undefined) continue
        if (!script.startsWith('set -euo pipefail\n')) problems.push(`goes-on-after-a-failure: ${where}`)
        if (/\$\([A-Za-z_][\w.]*\)|\$\{\{|\$\[/.test(script)) problems.push(`macro-in-script: ${where}`)
        if (/@latest|:latest|\bnpm install\b(?! --global [^ ]+@\d)|--no-frozen-lockfile|curl [^|]*\| *(ba)?sh/.test(script)) problems.push(`unlocked: ${where}`)
      }
      const secrets = stepsOf(one).filter((found) => 'env' in found && Object.values(found.env ?? {}).some((value) => /^\$\([A-Z_]+\)$/.test(value)))
      if (secrets.length > 0 && !('deployment' in one)) problems.push(`secret-outside-environment: ${where}`)
      if (secrets.length > 1) problems.push(`secret-in-several-steps: ${where}`)
    }
    return problems
  })
}
