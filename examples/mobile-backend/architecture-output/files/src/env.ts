import * as z from 'zod'

// The only place that reads process.env. An empty value counts as missing; no message repeats a value.
const given: Record<string, string | undefined> = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''))

/** Required in the named environments, optional elsewhere. */
const neededIn = <Schema extends z.ZodType>(names: readonly string[], schema: Schema) => (names.includes(given.APP_ENV ?? '') ? schema : schema.optional())

const schema = z.object({
  APP_ENV: z.enum(['local', 'preview', 'staging', 'production']),
  NODE_ENV: z.enum(['development', 'test', 'production']),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  DATABASE_URL: z.string().min(1),
  CLERK_PUBLISHABLE_KEY: z.string().min(1),
  CLERK_SECRET_KEY: z.string().min(1),
  CLERK_WEBHOOK_SIGNING_SECRET: z.string().min(1),
  SENTRY_DSN: neededIn(['preview', 'staging', 'production'], z.string().min(1)),
  AXIOM_DATASET: neededIn(['preview', 'staging', 'production'], z.string().min(1)),
  AXIOM_TOKEN: neededIn(['preview', 'staging', 'production'], z.string().min(1)),
  SLACK_WEBHOOK_URL: neededIn(['preview', 'staging', 'production'], z.string().min(1)),
  DOPPLER_TOKEN: z.string().min(1).optional(),
  ENABLE_BETA_FEATURES: z.enum(['true', 'false']).default('false').transform((text) => text === 'true'),
})

const parsed = schema.safeParse(given)
if (!parsed.success) {
  for (const name of new Set(parsed.error.issues.map((issue) => String(issue.path[0])))) {
    console.error(`Configuration: ${name} is ${given[name] === undefined ? 'missing' : 'not in the expected form'}.`)
  }
  process.exit(1)
}

export const env = parsed.data
console.info(`Configuration is complete for APP_ENV ${env.APP_ENV}.`)
