import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose'
import { createServer } from 'node:http'
import { close, listen } from './support.ts'

/** An issuer on loopback whose keys a test changes. */
export async function startIssuer() {
  const make = async (kid: string, alg: string) => { const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true }); return { kid, alg, privateKey, jwk: { ...await exportJWK(publicKey), kid, alg, use: 'sig' } } }
  type Key = Awaited<ReturnType<typeof make>>
  let published: Key[] = [await make('first', 'ES256')]
  let mood: 'well' | 'failing' | 'stalled' = 'well'
  let asked = 0
  const server = createServer((_req, res) => {
    asked++
    if (mood === 'stalled') return
    res.writeHead(mood === 'well' ? 200 : 500, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: published.map(({ jwk }) => jwk) }))
  })
  const issuer = await listen(server)
  const now = () => Math.floor(Date.now() / 1000)
  return {
    issuer, jwksUri: `${issuer}/jwks`, make,
    key: () => published[0] as Key,
    publish: (...keys: Key[]) => { published = keys },
    be: (next: typeof mood) => { mood = next },
    asked: () => asked,
    /** A token that is right but for what is given; a claim set to undefined is left out. */
    token(claims: JWTPayload = {}, header: { kid?: string, alg?: string, typ?: string } = {}, key: CryptoKey | Uint8Array = (published[0] as Key).privateKey) {
      const payload = { iss: issuer, aud: 'https://api.example.com', sub: 'user-1', scope: 'orders:read', iat: now(), exp: now() + 300, ...claims }
      return new SignJWT(Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== undefined))).setProtectedHeader({ alg: 'ES256', kid: 'first', typ: 'at+jwt', ...header }).sign(key)
    },
    now,
    stop: () => close(server),
  }
}
export type Issuer = Awaited<ReturnType<typeof startIssuer>>
