import { createEnv } from '@t3-oss/env-nextjs'
import * as z from 'zod'

/** Required in the named environments, optional elsewhere. */
const neededIn = <Schema extends z.ZodType>(names: readonly string[], schema: Schema) => (names.includes(process.env.APP_ENV ?? '') ? schema : schema.optional())

// The only place that reads process.env. Import it in next.config too, so that a build without a variable fails.
export const env = createEnv({
  server: {
    APP_ENV: z.enum(['local', 'preview', 'production']),
    PORT: z.coerce.number().int().min(1).max(65535).default(3000),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
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
})
