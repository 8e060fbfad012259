// Configuration of this service, checked at start. Run with: npm install zod
//   import { env } from './env.ts'   // before anything else of the project; locally: node --env-file-if-exists=.env src/main.ts
import * as z from 'zod'

// The only place that reads process.env. An empty value counts as missing; no message repeats a value.
const given: Record<string, string | undefined> = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''))

/** Required in the named environments, optional elsewhere. */
const neededIn = <Schema extends z.ZodType>(names: readonly string[], schema: Schema) => (names.includes(given.APP_ENV ?? '') ? schema : schema.optional())

const secrets: readonly string[] = ['PSEUDONYM_KEY', 'DATABASE_URL', 'REDIS_URL', 'AUTH0_CLIENT_SECRET', 'AUTH0_SECRET', 'SENTRY_DSN', 'PAGERDUTY_ROUTING_KEY', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET']

/** Printing, logging or serializing the result shows that a secret is set, never its value. */
function hideSecrets<Env extends object>(env: Env): Env {
  const shown = () => Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value !== undefined && secrets.includes(name) ? '[secret]' : value]))
  return Object.defineProperties(env, { toJSON: { value: shown }, [Symbol.for('nodejs.util.inspect.custom')]: { value: shown } })
}

const schema = z.object({
  APP_ENV: z.enum(['local', 'staging', 'production']),
  NODE_ENV: z.enum(['development', 'test', 'production']),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  APP_VERSION: z.string().min(1).optional(),
  PSEUDONYM_KEY: z.string().min(1),
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
  OAUTH_ISSUER: z.string().min(1),
  OAUTH_AUDIENCE: z.string().min(1),
  JWKS_URI: z.string().min(1),
  API_URL: z.string().min(1),
  STRIPE_SECRET_KEY: z.string().min(1),
  STRIPE_WEBHOOK_SECRET: z.string().min(1),
  API_SERVER_URL: z.url({ protocol: /^https?$/ }),
})

const parsed = schema.safeParse(given)
if (!parsed.success) {
  for (const name of new Set(parsed.error.issues.map((issue) => String(issue.path[0])))) {
    console.error(`Configuration: ${name} is ${given[name] === undefined ? 'missing' : 'not in the expected form'}.`)
  }
  process.exit(1)
}

export const env = hideSecrets(parsed.data)
console.info(`Configuration is complete for APP_ENV ${env.APP_ENV}.`)
