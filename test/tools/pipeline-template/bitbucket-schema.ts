import * as z from 'zod'

/** The part of bitbucket-pipelines.yml that we write, strictly: a key that its reference does not know is an error. */
const Image = z.string().regex(/^[\w./-]+:[\w.-]+$/)
const Minutes = z.int().min(1).max(120)
const Deployment = z.string().regex(/^[a-z][a-z0-9-]*$/)
export const Step = z.strictObject({
  name: z.string().min(1), image: Image.optional(), 'max-time': Minutes, clone: z.union([z.strictObject({ depth: z.literal('full') }), z.strictObject({ enabled: z.literal(false) })]).optional(),
  caches: z.array(z.string()).min(1).optional(), services: z.array(z.string()).min(1).max(5).optional(), oidc: z.literal(true).optional(), artifacts: z.array(z.string()).min(1).optional(),
  deployment: Deployment.optional(), environment: Deployment.optional(), 'concurrency-group': z.string().max(50).optional(), trigger: z.literal('manual').optional(), script: z.array(z.string().min(1)).min(1),
})
export type Step = z.infer<typeof Step>
const One = z.strictObject({ step: Step })
const Item = z.union([
  One, z.strictObject({ parallel: z.strictObject({ 'fail-fast': z.boolean(), steps: z.array(One).min(2) }) }),
  z.strictObject({ stage: z.strictObject({ name: z.string(), deployment: Deployment, trigger: z.literal('manual').optional(), steps: z.array(One).min(1) }) }),
])
export type Item = z.infer<typeof Item>
const Pipelines = z.record(z.string(), z.array(Item).min(1))

export const BitbucketConfig = z.strictObject({
  image: Image, options: z.strictObject({ 'max-time': Minutes }),
  definitions: z.strictObject({
    caches: z.record(z.string(), z.strictObject({ key: z.strictObject({ files: z.array(z.string()).min(1) }), path: z.string().regex(/^[^/].*[^/]$/) })).optional(),
    services: z.record(z.string(), z.strictObject({ image: Image.optional(), memory: z.int().min(128), variables: z.record(z.string(), z.string()).optional() })).optional(),
    steps: z.array(One),
  }),
  pipelines: z.strictObject({ 'pull-requests': Pipelines, branches: Pipelines, tags: Pipelines.optional(), custom: Pipelines.optional() }),
})
export type BitbucketConfig = z.infer<typeof BitbucketConfig>
