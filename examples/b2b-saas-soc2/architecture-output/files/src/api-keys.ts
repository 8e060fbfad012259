// API keys. Needs no package.
//
//   const { key, record } = createKey('acme_live', ['orders:read'], in90Days)   // show `key` once; store `record`
//   const verdict = await checkKey(req.headers.authorization, (id) => db.apiKeys.find(id), 'orders:read')
//   if (!verdict.ok) answer verdict.status and log verdict.reason; the client learns only the status
//
// Limit the route by address as well. Two keys at a time let a customer change theirs without a gap; revoking sets `revokedAt`.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

export interface KeyRecord { id: string, secretHash: string, scopes: string[], createdAt: Date, expiresAt: Date | null, revokedAt: Date | null }
export type KeyVerdict = { ok: true, record: KeyRecord } | { ok: false, status: 401 | 403, reason: 'no-key' | 'unknown-key' | 'revoked' | 'expired' | 'scope' }

const hashOf = (secret: string) => createHash('sha256').update(secret).digest()
const nobody = hashOf(randomBytes(32).toString('hex'))

/** A new key, shown once, and the row to store. `prefix` names your product and the environment. */
export function createKey(prefix: string, scopes: string[], expiresAt: Date | null = null): { key: string, record: KeyRecord } {
  if (!/^[a-z][a-z0-9_]{1,30}$/.test(prefix)) throw new Error('Unexpected prefix, expected one like acme_live')
  const id = randomBytes(8).toString('hex')
  const secret = randomBytes(32).toString('base64url')
  return { key: `${prefix}_${id}_${secret}`, record: { id, secretHash: hashOf(secret).toString('hex'), scopes, createdAt: new Date(), expiresAt, revokedAt: null } }
}

/** Checks `Authorization: Bearer KEY`. `find` reads a row by its id; when it throws, so does this: no row, no entry. */
export async function checkKey(authorization: string | undefined, find: (id: string) => Promise<KeyRecord | null | undefined>, ...scopes: string[]): Promise<KeyVerdict> {
  const [, id, secret] = /^Bearer +[a-z][a-z0-9_]{1,30}_([0-9a-f]{16})_([\w-]{43})$/i.exec(authorization ?? '') ?? []
  if (id === undefined || secret === undefined) return { ok: false, status: 401, reason: 'no-key' }
  const record = await find(id) ?? undefined
  // The same work for an id that does not exist, so that time tells nothing.
  const same = timingSafeEqual(hashOf(secret), record === undefined ? nobody : Buffer.from(record.secretHash, 'hex'))
  if (!same || record === undefined) return { ok: false, status: 401, reason: 'unknown-key' }
  if (record.revokedAt !== null) return { ok: false, status: 401, reason: 'revoked' }
  if (record.expiresAt !== null && record.expiresAt.getTime() <= Date.now()) return { ok: false, status: 401, reason: 'expired' }
  if (!scopes.every((scope) => record.scopes.includes(scope))) return { ok: false, status: 403, reason: 'scope' }
  return { ok: true, record }
}
