import { createEnv } from '@t3-oss/env-nextjs'
import * as z from 'zod'

/** Required in the named environments, optional elsewhere. */
const neededIn = <Schema extends z.ZodType>(names: readonly string[], schema: Schema) => (names.includes(process.env.APP_ENV ?? '') ? schema : schema.optional())

const secrets: readonly string[] = ['PSEUDONYM_KEY', 'DATABASE_URL', 'REDIS_URL', 'AUTH0_CLIENT_SECRET', 'AUTH0_SECRET', 'SENTRY_DSN', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET']

/** Printing, logging or serializing the result shows that a secret is set, never its value. */
function hideSecrets<Env extends object>(env: Env): Env {
  const shown = () => Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value !== undefined && secrets.includes(name) ? '[secret]' : value]))
  return Object.defineProperties(env, { toJSON: { value: shown }, [Symbol.for('nodejs.util.inspect.custom')]: { value: shown } })
}

// The only place that reads process.env. Import it in next.config too, so that a build without a variable fails.
export const env = hideSecrets(createEnv({
  server: {
    APP_ENV: z.enum(['local', 'production']),
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
    SENTRY_DSN: neededIn(['production'], z.string().min(1)),
    GOOGLE_CLOUD_PROJECT: z.string().min(1).optional(),
    OAUTH_ISSUER: z.string().min(1),
    OAUTH_AUDIENCE: z.string().min(1),
    JWKS_URI: z.string().min(1),
    STRIPE_SECRET_KEY: z.string().min(1),
    STRIPE_WEBHOOK_SECRET: z.string().min(1),
    API_SERVER_URL: z.url({ protocol: /^https?$/ }),
  },
  client: {
  },
  shared: {
    NODE_ENV: z.enum(['development', 'test', 'production']),
  },
  // Next.js replaces these by text when it builds, so each has to be written out.
  experimental__runtimeEnv: {
    NODE_ENV: process.env.NODE_ENV,
  },
  emptyStringAsUndefined: true,
  onValidationError: (issues) => {
    const names = new Set(issues.map(({ path }) => { const first = path?.[0]; return String(typeof first === 'object' ? first.key : first) }))
    // Names only: a message must never repeat a value.
    throw new Error(`Configuration: missing or not in the expected form: ${[...names].join(', ')}.`)
  },
}))
