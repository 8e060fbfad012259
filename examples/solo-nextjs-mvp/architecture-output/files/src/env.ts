import { createEnv } from '@t3-oss/env-nextjs'
import * as z from 'zod'

/** Required in the named environments, optional elsewhere. */
const neededIn = <Schema extends z.ZodType>(names: readonly string[], schema: Schema) => (names.includes(process.env.APP_ENV ?? '') ? schema : schema.optional())

const secrets: readonly string[] = ['PSEUDONYM_KEY', 'DATABASE_URL', 'DIRECT_URL', 'CLERK_SECRET_KEY', 'CLERK_WEBHOOK_SIGNING_SECRET', 'SENTRY_DSN']

/** Printing, logging or serializing the result shows that a secret is set, never its value. */
function hideSecrets<Env extends object>(env: Env): Env {
  const shown = () => Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value !== undefined && secrets.includes(name) ? '[secret]' : value]))
  return Object.defineProperties(env, { toJSON: { value: shown }, [Symbol.for('nodejs.util.inspect.custom')]: { value: shown } })
}

// The only place that reads process.env. Import it in next.config too, so that a build without a variable fails.
export const env = hideSecrets(createEnv({
  server: {
    APP_ENV: z.enum(['local', 'preview', 'production']),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
    APP_VERSION: z.string().min(1).optional(),
    PSEUDONYM_KEY: z.string().min(1),
    DATABASE_URL: z.string().min(1),
    DIRECT_URL: z.string().min(1),
    CLERK_SECRET_KEY: z.string().min(1),
    CLERK_WEBHOOK_SIGNING_SECRET: z.string().min(1),
    SENTRY_DSN: neededIn(['preview', 'production'], z.string().min(1)),
  },
  client: {
    NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: z.string().min(1),
  },
  shared: {
    NODE_ENV: z.enum(['development', 'test', 'production']),
  },
  // Next.js replaces these by text when it builds, so each has to be written out.
  experimental__runtimeEnv: {
    NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: process.env.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY,
    NODE_ENV: process.env.NODE_ENV,
  },
  emptyStringAsUndefined: true,
  onValidationError: (issues) => {
    const names = new Set(issues.map(({ path }) => { const first = path?.[0]; return String(typeof first === 'object' ? first.key : first) }))
    // Names only: a message must never repeat a value.
    throw new Error(`Configuration: missing or not in the expected form: ${[...names].join(', ')}.`)
  },
}))
