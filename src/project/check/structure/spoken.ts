import type { Document } from '../document.ts'
import { seen } from '../inline.ts'

/**
 * What a document says about a topic that has no heading of its own: people write a line about seeds in a section on migrations, and
 * a diagram under any name. `null` means that only a heading will do.
 */
const topics: Readonly<Record<string, RegExp | null>> = {
  'sign-in': /\bsign(s|ed|ing)?[- ]?in\b|\blog(s|ged|ging)?[- ]?in\b|\bauthenticat|\bidentity provider\b|\b(OIDC|OAuth|SAML|SSO|IdP|Cognito|Auth0|Okta|Clerk|Keycloak|magic links?|passkeys?)\b/i,
  'token-verification': /\b(verif|validat|check|introspect|look)\w*\b.{0,80}\b(tokens?|JWTs?|signatures?|cookies?|sessions?|SigV4|keys?)\b|\b(tokens?|JWTs?)\b.{0,80}\b(verif|validat|check)\w*|\bJWKS\b|\bservice tokens?\b|\bmTLS\b/i,
  'trust-boundaries': /```\s*mermaid|!\[[^\][]{0,300}\]\(|```[^`]*(?:-->|->|→|│|\+--)/i,
  controls: /^[ \t]{0,20}\|?[ \t]{0,20}(protection|control|safeguard|measure)s?[ \t]{0,200}\|/im,
  'not-yet': /^[^\w\n]{0,20}(not (yet|now)|later|postponed)\b/im,
  'data-protection': /\bencrypt(ed|ion|s)?\b.{0,40}\bat rest\b|\bpersonal data\b|\bPII\b|\bPHI\b|\bretention\b/i,
  owasp: /\bOWASP\b|\bA(0[1-9]|10)\b|\bLLM(0[1-9]|10)\b|\bAPI([1-9]|10)\b/i,
  logging: /\blogs?\b.{0,80}\b(JSON|structured|levels?|kept|retention|never)\b|\b(JSON|structured)\b.{0,60}\blog(s|ging)?\b/i,
  health: /`?\/(?:api\/|internal\/)?(healthz?|livez?|readyz?|up|ping|status|actuator\/health)\b/i,
  metrics: /\b[Aa]larms?\b|\balerts?\b|\bthresholds?\b/i,
  stack: /\b[Cc]osts?\b|\b(USD|EUR|GBP)\b|[$€£] ?\d/,
  tracing: /\btrac(es?|ing)\b|\bOpenTelemetry\b/i,
  slos: /\bSLOs?\b|\b9\d(?:[.,]\d+)? ?%.{0,60}\b(month|days?|requests|available|availability|uptime|quarter)/i,
  pipeline: /\bCI\b|\bpipelines?\b|\bGitHub Actions\b/,
  branches: /\bbranch(es)?\b|\btrunk[- ]based\b/i,
  promotion: /\bpromot(es?|ed|ion)\b|\bapprov(al|als|e|ed|es)\b|\b(deploys?|deployed|releases?|ships?|goes)\b.{0,60}\b(main|prod|production|merge|staging|tags?)\b|\bprod(uction)?\b.{0,60}\b(merge|main|tag|push)\b/i,
  deploy: /\bdeploy|\bArgo ?CD\b|\bFlux\b|\bflux\b|\bHelm\b/i,
  'migration-tool': /\bmigrat(e|es|ed|ion|ions)\b|\bDDL\b|\bschema version\b|\bschema changes?\b/i,
  'migration-strategy': /\bmigrat(e|es|ed|ion|ions)\b|\bDDL\b|\bschema version\b|\bschema changes?\b/i,
  seeds: /\bseed(s|ed|er|ers|ing)?\b|\bfixtures?\b|\b(synthetic|made[- ]up|invented|sample|generated|test) (data|rows)\b|\bsynthetic\b/i,
  environments: /^[ \t]{0,20}\|?[ \t]{0,20}(environments?|env)[ \t]{0,200}\|/im,
  configuration: /\bconfig(uration|s)?\b|\benvironment (variables?|groups?)\b|\.env\b|\b[Ss]ecrets?\b|\b[A-Z]{2,}_[A-Z_]{2,}\b/,
  secrets: /\bsecrets?\b/i,
  'feature-flags': /\bflags?\b|\btoggles?\b/i,
}

/** Protections by name: three of them are a list of controls, however it is written. */
const safeguards = /\b(rate limit|MFA|2FA|CSP|CSRF|WAF|encrypt|saniti[sz]|validat|lockout|security headers|audit|row[- ]level)/gi
const wholeText: ReadonlySet<string> = new Set(['trust-boundaries', 'environments', 'not-yet'])

/** True when the text speaks of the topic somewhere outside its list of what waits. */
export function speaksOf(id: string, { blocks, text }: Document): boolean {
  const pattern = topics[id]
  if (pattern === undefined || pattern === null) return false
  if (blocks.some(({ opens, sections }) => opens === true && sections.has(id))) return true
  if (id === 'controls') return pattern.test(text) || new Set([...text.matchAll(safeguards)].map(([word]) => word.toLowerCase())).size > 2
  if (wholeText.has(id)) return pattern.test(text)
  return blocks.some(({ block, sections }) => {
    if (sections.has('not-yet') || sections.has('sources')) return false
    if (block.kind === 'heading') return block.depth > 1 && pattern.test(seen(block.text))
    if (block.kind === 'table') return [block.header, ...block.rows.map(({ cells }) => cells)].some((cells) => pattern.test(cells.map(seen).join(' ')))
    return (block.kind === 'paragraph' || block.kind === 'item') && pattern.test(block.lines.map(({ text: line }) => seen(line)).join(' '))
  })
}
