import type { Detector } from './findings.ts'

/** Variable names that give a vendor away. */
const vendors: readonly (readonly [RegExp, string])[] = [
  [/^(NEXT_PUBLIC_)?CLERK_/, 'clerk'], [/^AUTH0_/, 'auth0'], [/^WORKOS_/, 'workos'], [/^KEYCLOAK_/, 'keycloak'], [/SENTRY_DSN$/, 'sentry'], [/^(NEXT_PUBLIC_)?POSTHOG_/, 'posthog'], [/^DD_(API_KEY|SITE|ENV)$/, 'datadog'], [/^AXIOM_/, 'axiom'], [/^(BETTER_?STACK|LOGTAIL)_/, 'betterstack'], [/^STRIPE_/, 'stripe'], [/^DOPPLER_/, 'doppler'], [/^INFISICAL_/, 'infisical'], [/^VAULT_ADDR$/, 'vault'], [/^LAUNCHDARKLY_/, 'launchdarkly'], [/^UNLEASH_/, 'unleash'], [/^PAGERDUTY_/, 'pagerduty'],
]

/** Names of variables in `.env.example`, `.env.sample` and `.env.template`. Values are never kept, and `.env` itself is never opened. */
export const detectEnvExample: Detector = (files, found) => {
  for (const file of files.named('.env.example', '.env.sample', '.env.template')) {
    (files.text(file) ?? '').split('\n').forEach((line, index) => {
      const name = /^[ \t]*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]{0,99})\s*=/.exec(line)?.[1]
      if (name === undefined) return
      found.add('variables', name, file, index + 1)
      for (const [pattern, vendor] of vendors) if (pattern.test(name)) found.add('existing', vendor, file, index + 1, 'hint')
      if (/^STRIPE_/.test(name)) found.add('takesPayments', true, file, index + 1, 'hint')
      if (/^(OPENAI|ANTHROPIC|GEMINI|MISTRAL)_API_KEY$/.test(name)) found.add('usesLlm', true, file, index + 1, 'hint')
    })
  }
}
