import * as z from 'zod'

// The only place that reads process.env. An empty value counts as missing; no message repeats a value.
const given: Record<string, string | undefined> = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''))

/** Required in the named environments, optional elsewhere. */
const neededIn = <Schema extends z.ZodType>(names: readonly string[], schema: Schema) => (names.includes(given.APP_ENV ?? '') ? schema : schema.optional())

const schema = z.object({
  APP_ENV: z.enum(['local', 'staging', 'production']),
  NODE_ENV: z.enum(['development', 'test', 'production']),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  DATABASE_URL: z.string().min(1),
  REDIS_URL: z.string().min(1),
  AUTH0_DOMAIN: z.string().min(1),
  AUTH0_CLIENT_ID: z.string().min(1),
  APP_BASE_URL: z.string().min(1),
  AUTH0_CLIENT_SECRET: z.string().min(1),
  AUTH0_SECRET: z.string().min(1),
  SENTRY_DSN: neededIn(['staging', 'production'], z.string().min(1)),
  PAGERDUTY_ROUTING_KEY: neededIn(['staging', 'production'], z.string().min(1)),
  AWS_REGION: z.string().min(1).optional(),
  API_URL: z.string().min(1),
  STRIPE_SECRET_KEY: z.string().min(1),
  STRIPE_WEBHOOK_SECRET: z.string().min(1),
  API_SERVER_URL: z.url(),
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
