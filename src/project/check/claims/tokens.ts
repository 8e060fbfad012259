import type { Claim } from '../claim.ts'
import type { Statement } from '../statements.ts'

/** Ways to check who is calling, the most telling words first. */
const ways: readonly (readonly [string, RegExp])[] = [
  ['introspection', /\bintrospect/i], ['shared-secret', /\bHS(256|384|512)\b|\bshared (signing )?secret\b|\bsymmetric(ally)?\b/i], ['jwt-jwks', /\bJWKS?\b|\bpublic keys?\b|\bRS256\b|\bES256\b|\bverif\w+ the (access )?token\b/i],
  ['session-cookie', /\bsession (cookie|lookup|store)\b|\bkeeps the session\b|\bserver-side sessions?\b/i], ['hashed-key-lookup', /\bAPI keys? (is|are) hashed\b|\bkey arrives\b/i], ['mtls-certificate', /\bmTLS\b|\bmutual TLS\b|\bclient certificates?\b/i],
]

/** How services check tokens: said in its section, and shown by a variable that holds a shared signing secret. */
export function tokenClaims({ text, label, line, sections, leads, kind, generated, column }: Statement, file: string): readonly Claim[] {
  const said = text.replace(/\b(no|never|not|without|instead of|rather than)\b[^,;.]*/gi, '')
  const speaks = (leads && sections.has('token-verification')) || /^(token (verification|validation|checks?)|services? (check|verify).*|access tokens?)$/i.test(label)
  if (speaks && !(kind === 'cell' && sections.has('controls'))) {
    const way = ways.find(([, pattern]) => pattern.test(said))
    return way === undefined ? [] : [{ kind: 'token-check', key: '', value: way[0], said: way[0], file, line, weight: 'statement' }]
  }
  const secret = /\b((?:APP_|AUTH_)?JWT_(?:SIGNING_)?SECRET|TOKEN_SIGNING_SECRET)\b/.exec(`${label} ${text}`)?.[1]
  if (secret !== undefined && (sections.has('configuration') || sections.has('secrets')) && kind !== 'first-cell' || (secret !== undefined && /variable/i.test(column))) return [{ kind: 'token-check', key: '', value: 'shared-secret', said: `by the shared secret in ${secret}`, file, line, weight: 'trace' }]
  const loose = !generated && kind === 'sentence' && /\btokens?\b/i.test(text) && /\b(verif|check|validat)/i.test(text) ? ways.slice(0, 2).find(([, pattern]) => pattern.test(said)) : undefined
  return loose === undefined ? [] : [{ kind: 'token-check', key: '', value: loose[0], said: loose[0], file, line, weight: 'statement' }]
}
