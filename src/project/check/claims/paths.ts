import type { Claim } from '../claim.ts'
import type { Statement } from '../statements.ts'

const healthWord = /(?<![\w.])(?:https?:\/\/[\w.-]+(?::\d+)?)?(\/(?:[\w-]+\/){0,4}(?:livez?|liveness|readyz?|readiness|health|healthz|healthcheck|health-check|_health|alive|startupz?|status|ping|up|live)(?:\/(?:live|ready|liveness|readiness))?)(?![\w/-]|\.\w)/gi

/** Paths on which services answer for their health. Where the health section lists them they are stated; elsewhere they are used. */
export function pathClaims({ text, line, sections, label, kind }: Statement, file: string): readonly Claim[] {
  const inHealth = sections.has('health')
  const found = [...`${label} ${text}`.matchAll(healthWord)].map((match): Claim => ({ kind: 'health-path', key: '', value: (match[1] ?? '').toLowerCase(), said: match[1] ?? '', file, line, weight: inHealth ? 'statement' : 'trace' }))
  // Within the section a table lists them, and lines that begin with one describe it.
  const place = kind === 'cell' ? 'table' : kind === 'sentence' ? label.startsWith('/') ? 'described' : 'told' : undefined
  return [...found.filter(({ value }) => !value.startsWith('/internal/')), ...(inHealth && place !== undefined ? found.map((claim): Claim => ({ ...claim, kind: 'health-place', key: place, weight: 'trace' })) : [])]
}
