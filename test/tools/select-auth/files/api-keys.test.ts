import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bodyOf, folderBesidePackages, load, stripped } from './support.ts'

interface KeyRecord { id: string, secretHash: string, scopes: string[], createdAt: Date, expiresAt: Date | null, revokedAt: Date | null }
interface ApiKeys {
  createKey(prefix: string, scopes: string[], expiresAt?: Date | null): { key: string, record: KeyRecord }
  checkKey(authorization: string | undefined, find: (id: string) => Promise<KeyRecord | null | undefined>, ...scopes: string[]): Promise<{ ok: boolean, status?: number, reason?: string }>
}

const folder = folderBesidePackages()
let keys: ApiKeys
beforeAll(async () => { keys = await load<ApiKeys>(folder.path, 'token-api-keys', {}) })
afterAll(() => { folder.remove() })

const stored = (record: KeyRecord) => (id: string) => Promise.resolve(id === record.id ? record : undefined)

test('a key has its prefix, is never the same twice, and is not in the row', () => {
  const { key, record } = keys.createKey('acme_live', ['orders:read'])
  expect(key).toMatch(/^acme_live_[\da-f]{16}_[\w-]{43}$/)
  expect(keys.createKey('acme_live', []).key).not.toBe(key)
  expect(JSON.stringify(record)).not.toContain(key.slice(-43))
  expect(record.secretHash).toBe(createHash('sha256').update(key.slice(-43)).digest('hex'))
})

test('every key that is made can be checked, whatever its random letters', async () => {
  for (let n = 0; n < 300; n++) {
    const { key, record } = keys.createKey('acme_test', ['a'])
    expect(await keys.checkKey(`Bearer ${key}`, stored(record), 'a')).toMatchObject({ ok: true })
  }
})

test.each<[string, (key: string) => string | undefined, Partial<KeyRecord>, number, string]>([
  ['no key', () => undefined, {}, 401, 'no-key'],
  ['a key in another scheme', (key) => `Basic ${key}`, {}, 401, 'no-key'],
  ['a key cut short', (key) => `Bearer ${key.slice(0, -1)}`, {}, 401, 'no-key'],
  ['a key nobody has', (key) => `Bearer ${key.replace(/_[\da-f]{16}_/, '_0123456789abcdef_')}`, {}, 401, 'unknown-key'],
  ['a secret that is wrong', (key) => `Bearer ${key.slice(0, -5)}AAAAA`, {}, 401, 'unknown-key'],
  ['a revoked key', (key) => `Bearer ${key}`, { revokedAt: new Date(0) }, 401, 'revoked'],
  ['an expired key', (key) => `Bearer ${key}`, { expiresAt: new Date(0) }, 401, 'expired'],
  ['a key without the scope', (key) => `Bearer ${key}`, { scopes: ['orders:write'] }, 403, 'scope'],
])('refuses %s', async (_, present, change, status, reason) => {
  const { key, record } = keys.createKey('acme_live', ['orders:read'])
  expect(await keys.checkKey(present(key), stored({ ...record, ...change }), 'orders:read')).toEqual({ ok: false, status, reason })
})

test.each([null, undefined])('a store that answers %s has no such key', async (nothing) => {
  const { key } = keys.createKey('acme_live', [])
  expect(await keys.checkKey(`Bearer ${key}`, () => Promise.resolve(nothing))).toEqual({ ok: false, status: 401, reason: 'unknown-key' })
})

test('when the store is away nobody gets in', async () => {
  const { key } = keys.createKey('acme_live', [])
  await expect(keys.checkKey(`Bearer ${key}`, () => Promise.reject(new Error('store away')))).rejects.toThrow('store away')
})

test('refuses a prefix that a scanner could not find', () => { expect(() => keys.createKey('Acme Live', [])).toThrow('prefix') })

test('is the same program in JavaScript', () => { expect(stripped(bodyOf('token-api-keys', {}, false))).toBe(stripped(bodyOf('token-api-keys', {}))) })
