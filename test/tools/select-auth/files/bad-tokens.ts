import { exportSPKI, importJWK, type CryptoKey } from 'jose'
import type { Issuer } from './issuer.ts'

/** What a bad token is answered with. */
export const invalid = 'Bearer error="invalid_token"'

/** Nobody signed this. */
const unsigned = (claims: object): string => `${[{ alg: 'none', typ: 'at+jwt' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`

const signatureOf = 'A'.repeat(86)
/** A token with this text as its header. */
const headed = (text: string): string => `${Buffer.from(text).toString('base64url')}.e30.${signatureOf}`

/** What every verifier refuses with 401: what it is, a token made by an issuer, the challenge that answers it. */
export const badTokens: readonly (readonly [string, (issuer: Issuer) => Promise<string | undefined>, string])[] = [
  ['no token', async () => undefined, 'Bearer'],
  ['no token after the word Bearer', async () => '', 'Bearer'],
  ['something that is no token', async () => 'x.y', invalid],
  ['an audience that is somebody else', ({ token }) => token({ aud: 'https://other.example.com' }), invalid],
  ['no audience', ({ token }) => token({ aud: undefined }), invalid],
  ['another issuer', ({ token }) => token({ iss: 'https://evil.example' }), invalid],
  ['no issuer', ({ token }) => token({ iss: undefined }), invalid],
  ['an expired token', ({ token, now }) => token({ exp: now() - 60 }), invalid],
  ['a token that never expires', ({ token }) => token({ exp: undefined }), invalid],
  ['a token that is not valid yet', ({ token, now }) => token({ nbf: now() + 120 }), invalid],
  ['no subject', ({ token }) => token({ sub: undefined }), invalid],
  ['an empty subject', ({ token }) => token({ sub: '' }), invalid],
  ['no signature at all', async ({ now, issuer: iss }) => unsigned({ iss, aud: 'https://api.example.com', sub: 'user-1', scope: 'orders:read', exp: now() + 300 }), invalid],
  ['the public key used as a shared secret', async ({ token, key }) => token({}, { alg: 'HS256' }, new TextEncoder().encode(await exportSPKI(await importJWK(key().jwk) as CryptoKey))), invalid],
  ['a key of the same name that the issuer does not have', async ({ token, make }) => token({}, {}, (await make('first', 'ES256')).privateKey), invalid],
  ['a key nobody published', async ({ token, make }) => token({}, { kid: 'unknown' }, (await make('unknown', 'ES256')).privateKey), invalid],
  ['a key that the token brings along', async ({ token, make }) => { const { jwk, privateKey } = await make('first', 'ES256'); return token({}, { jwk } as object, privateKey) }, invalid],
  ['a place for keys that the token names', async ({ token, make, jwksUri }) => token({}, { kid: 'other', jku: jwksUri, x5u: jwksUri } as object, (await make('other', 'ES256')).privateKey), invalid],
  ['a rule of its own that must be kept', async ({ now, issuer: iss }) => `${headed(JSON.stringify({ alg: 'ES256', kid: 'first', crit: ['exp'], exp: now() })).split('.')[0] ?? ''}.${Buffer.from(JSON.stringify({ iss })).toString('base64url')}.${signatureOf}`, invalid],
  ['claims that are not encoded', async () => headed('{"alg":"ES256","kid":"first","b64":false,"crit":["b64"]}'), invalid],
  ['an encrypted token', async () => 'e30.e30.e30.e30.e30', invalid],
  ['a header that is a list', async () => headed('[]'), invalid],
  ['a header that is nothing', async () => headed('null'), invalid],
  ['a header so deep that a parser gives up', async () => headed('['.repeat(5_000)), invalid],
  ['a key id that is an object', async () => headed('{"alg":"ES256","kid":{"a":1}}'), invalid],
  ['a key id that every object has', async () => headed('{"alg":"ES256","kid":"__proto__"}'), invalid],
  ['the issuer with another ending', async ({ token, issuer }) => token({ iss: `${issuer}/` }), invalid],
  ['an audience that only starts alike', async ({ token }) => token({ aud: ['https://api.example.com.evil.example', 'https://api.example.com/'] }), invalid],
  ['a signature that was changed', async ({ token }) => (await token()).replace(/.{8}$/, 'AAAAAAAA'), invalid],
  ['claims that were changed', async ({ token }) => { const [head, , signature] = (await token()).split('.'); return `${head ?? ''}.${Buffer.from(JSON.stringify({ sub: 'admin' })).toString('base64url')}.${signature ?? ''}` }, invalid],
]
