import type { Claim } from '../claim.ts'
import type { Statement } from '../statements.ts'

const healthWord = /(?<![\w.])(?:https?:\/\/[\w.-]+(?::\d+)?)?(\/(?:[\w-]+\/){0,4}(?:livez?|liveness|readyz?|readiness|health|healthz|healthcheck|health-check|startupz?|status|ping|up|live)(?:\/(?:live|ready|liveness|readiness))?)(?![\w/-]|\.\w)/gi

/** Paths on which services answer for their health. Where the health section lists them they are stated; elsewhere they are used. */
export function pathClaims({ text, line, sections, label }: Statement, file: string): readonly Claim[] {
  const inHealth = sections.has('health')
  return [...`${label} ${text}`.matchAll(healthWord)].map((match) => ({ kind: 'health-path' as const, key: '', value: (match[1] ?? '').toLowerCase(), said: match[1] ?? '', file, line, weight: inHealth ? 'statement' as const : 'trace' as const }))
    .filter(({ value }) => !value.startsWith('/internal/'))
}
