import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { InputError } from '../../../src/core/errors.ts'
import { mongoChanges } from '../../../src/tools/migration-plan/databases/mongodb/planner.ts'
import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'
import { migrationPlan } from '../../../src/tools/migration-plan/tool.ts'
import { asOf, knowledge } from '../../support/knowledge.ts'
import { standIn, type StandIn } from '../../support/mongo-stand-in.ts'
import { hostileNames } from './cases.ts'

/** Comes without types. */
interface MigrateMongo { readonly config: { set: (settings: unknown) => void }, readonly up: (db: unknown, client: unknown) => Promise<string[]>, readonly down: (db: unknown, client: unknown) => Promise<string[]> }
const { config, down, up } = await import('migrate-mongo' as string) as MigrateMongo

const requests: Readonly<Record<string, MigrationInput>> = {
  'mongo-add-field': { table: 'users', column: 'plan', expression: "'free'" },
  'mongo-add-index': { table: 'users', columns: ['email', 'age'] },
  'mongo-add-unique-index': { table: 'users', columns: ['email'] },
  'mongo-change-field-type': { table: 'users', column: 'age', to: 'ageText', type: 'string' },
  'mongo-drop-field-or-collection': { table: 'users', column: 'legacy' },
  'mongo-embed-to-reference': { table: 'posts', column: 'comments', references: 'comments(postId)' },
  'mongo-reference-to-embed': { table: 'posts', column: 'likes', references: 'likes(postId)' },
  'mongo-rename-field': { table: 'users', from: 'name', to: 'fullName' },
  'mongo-schema-validator': { table: 'users', columns: ['email'] },
  'mongo-shard-key': { table: 'users', columns: ['email'] },
  'mongo-ttl-retention': { table: 'users', column: 'seen', expression: '3600' },
}
const initial = {
  users: Array.from({ length: 30 }, (_, at) => ({ _id: at + 1, name: `Name ${at}`, email: `u${at}@example.org`, age: 20 + at, seen: new Date(0), ...(at % 2 === 0 ? { legacy: 'x' } : {}) })),
  posts: Array.from({ length: 5 }, (_, at) => ({ _id: at + 1, comments: [{ _id: `c${at}a`, text: 'a' }, { _id: `c${at}b`, text: 'b' }] })),
  likes: Array.from({ length: 9 }, (_, at) => ({ _id: at + 1, postId: 1 + at % 4 })),
}

const draft = (change: string, more: MigrationInput = {}) => migrationPlan.run({ database: 'mongodb 8.0', tool: 'migrate-mongo', stage: 'growth', change, ...requests[change], ...more }, { knowledge: knowledge(), asOf, detail: 'full' })
const evaluate = async (code: string, { db, client }: StandIn): Promise<unknown> => (new Function('db', 'client', `return (async () => (${code}))()`) as (db: unknown, client: unknown) => Promise<unknown>)(db, client)

describe('files of a plan, loaded and run by migrate-mongo on a stand-in for the database', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ops-mongo-'))
    vi.spyOn(console, 'log').mockReturnValue()
  })
  afterEach(() => {
    vi.restoreAllMocks()
    config.set(null)
    rmSync(folder, { recursive: true, force: true })
  })
  /** Writes the migrations of a plan in the order of their names and lets migrate-mongo find them. */
  const write = (change: string, more: MigrationInput = {}): number => {
    const files = draft(change, more).files
    const migrations = files.filter(({ path }) => /(^|\/)\d{14}-/.test(path))
    for (const { path, body } of [...migrations.map((file) => ({ ...file, path: `migrations/${file.path.split('/').at(-1)}` })), ...files.filter(({ path }) => path === 'migrate-mongo-config.js')]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), body)
    }
    writeFileSync(join(folder, 'package.json'), '{}')
    // As migrate-mongo would in that folder; the folder of the tests stays where it is.
    config.set({ ...createRequire(join(folder, 'package.json'))('./migrate-mongo-config.js') as object, migrationsDir: join(folder, 'migrations') })
    return migrations.length
  }

  test('there is a request for each of the eleven changes', () => {
    expect(Object.keys(requests)).toEqual(Object.keys(mongoChanges).sort())
    expect(Object.keys(requests)).toHaveLength(11)
  })

  test.each(Object.keys(requests))('%s: every file runs, with the lock on, and every query returns 0 in the end', async (change) => {
    const server = standIn(initial)
    const files = write(change)
    expect(files).toBeGreaterThan(0)
    await expect(up(server.db, server.client)).resolves.toHaveLength(files)
    expect(server.calls.map(({ name }) => name)).toContain('changelog_lock.createIndex')
    expect(server.documents('changelog_lock')).toEqual([])
    const asked = draft(change).decision.phases.flatMap(({ verify }) => (verify === null ? [] : [verify]))
    for (const question of asked) expect(await evaluate(question, server), question).toBe(0)
  })

  test('a second runner stops at the lock', async () => {
    const server = standIn({ ...initial, changelog_lock: [{ _id: 1 }] })
    write('mongo-add-field')
    await expect(up(server.db, server.client)).rejects.toThrow('a lock is in place')
    expect(server.documents('users').some((user) => 'plan' in user)).toBe(false)
  })

  test('what has a way back goes back, what has none says so', async () => {
    const server = standIn(initial)
    write('mongo-add-index')
    await up(server.db, server.client)
    await down(server.db, server.client)
    expect(server.calls.map(({ name }) => name)).toContain('users.dropIndex')
    rmSync(join(folder, 'migrations'), { recursive: true, force: true })
    const other = standIn(initial)
    write('mongo-drop-field-or-collection')
    await up(other.db, other.client)
    await expect(down(other.db, other.client)).rejects.toThrow('no way back')
  })

  test('values arrive: a renamed field, a converted one, parts in a collection of their own, parts inside', async () => {
    const server = standIn(initial)
    for (const change of ['mongo-rename-field', 'mongo-change-field-type', 'mongo-embed-to-reference', 'mongo-reference-to-embed']) {
      rmSync(join(folder, 'migrations'), { recursive: true, force: true })
      write(change)
      server.documents('changelog').length = 0
      await up(server.db, server.client)
    }
    expect(server.documents('users')[3]).toMatchObject({ fullName: 'Name 3', ageText: '23' })
    expect(server.documents('users').some((user) => 'name' in user || 'age' in user)).toBe(false)
    expect(server.documents('comments')).toHaveLength(10)
    expect(server.documents('comments')[2]).toMatchObject({ _id: 'c1a', postId: 2, text: 'a' })
    expect(server.documents('posts').map((post) => (post.likes as unknown[]).length)).toEqual([3, 2, 2, 2, 0])
  })
})

describe('old and new versions write while a field is renamed', () => {
  const versions = [(n: number) => ({ name: `v${n}` }), (n: number) => ({ name: `v${n}`, fullName: `v${n}` }), (n: number) => ({ name: `v${n}`, fullName: `v${n}` }), (n: number) => ({ fullName: `v${n}` })] as const
  /** Acknowledged values that the last shape does not hold. */
  const lost = async (phases: ReturnType<typeof draft>['decision']['phases']): Promise<readonly string[]> => {
    const server = standIn(initial)
    const users = (server.db as { collection: (name: string) => { insertOne: (document: unknown) => Promise<void>, updateOne: (filter: unknown, update: unknown) => Promise<void> } }).collection('users')
    const ledger = new Map<number, string>()
    let [current, next] = [0, 0]
    const burst = async (at: number): Promise<void> => {
      const write = versions[Math.min(at, versions.length - 1)] as (typeof versions)[number]
      next += 1
      await users.insertOne({ _id: 1000 + next, ...write(next) })
      await users.updateOne({ _id: 1 + next % 30 }, { $set: write(next) })
      ledger.set(1000 + next, `v${next}`).set(1 + next % 30, `v${next}`)
    }
    for (const { phase, statements, verify } of phases) {
      await burst(current)
      if (phase === 'switch') {
        await burst(current + 1)
        await burst(current)
        current += 1
      }
      for (const { sql } of statements) await evaluate(`await (async () => { ${sql} })()`, server)
      if (phase !== 'switch' && verify !== null) expect(await evaluate(verify, server)).toBe(0)
      await burst(current)
    }
    const held = new Map(server.documents('users').map((user) => [user._id as number, user.fullName as string]))
    return [...ledger].filter(([id, value]) => held.get(id) !== value).map(([id, value]) => `${id} = ${value}, found ${held.get(id)}`)
  }

  test('nothing acknowledged is lost, on the stand-in', async () => {
    expect(await lost(draft('mongo-rename-field').decision.phases)).toEqual([])
  })

  test('the same writers notice a plan without its copy', async () => {
    expect((await lost(draft('mongo-rename-field').decision.phases.map((phase) => (phase.phase === 'backfill' ? { ...phase, statements: [], verify: null } : phase)))).length).toBeGreaterThan(0)
  })
})

describe('a backfill', () => {
  const loop = draft('mongo-rename-field').decision.phases.find(({ phase }) => phase === 'backfill')?.statements[0]?.sql ?? ''
  test('starts again after the batch it noted, and forgets the note when it is done', async () => {
    const server = standIn({ ...initial, migration_progress: [{ _id: 'mongo-rename-field users name', last: 10 }] })
    await evaluate(`await (async () => { ${loop} })()`, server)
    expect(server.documents('users').filter((user) => 'fullName' in user)).toHaveLength(20)
    expect(server.documents('migration_progress')).toEqual([])
  })

  test('leaves what the application has written under both names', async () => {
    const server = standIn({ users: [{ _id: 1, name: 'same', fullName: 'same' }, { _id: 2, name: 'old' }] })
    await evaluate(`await (async () => { ${loop} })()`, server)
    expect(server.documents('users')).toEqual([{ _id: 1, name: 'same', fullName: 'same' }, { _id: 2, name: 'old', fullName: 'old' }])
  })

  test('a value that cannot be converted is found before the old field goes', async () => {
    const phases = draft('mongo-change-field-type', { column: 'age', to: 'ageNumber', type: 'int' }).decision.phases
    const server = standIn({ users: [{ _id: 1, age: '41' }, { _id: 2, age: 'unknown' }] })
    await evaluate(`await (async () => { ${phases.find(({ phase }) => phase === 'backfill')?.statements[0]?.sql} })()`, server)
    expect(server.documents('users').map(({ ageNumber }) => ageNumber ?? null)).toEqual([41, null])
    expect(await evaluate(phases.find(({ phase, release }) => phase === 'switch' && release === 2)?.verify ?? '', server)).toBe(1)
  })
})

describe('names', () => {
  test('that break what is not quoted stay data in files and queries', async () => {
    const names = hostileNames.filter((name) => !name.includes('$') && !name.includes('.'))
    expect(names.length).toBeGreaterThan(10)
    for (const [at, name] of names.entries()) {
      const to = names[(at + 3) % names.length] as string
      const server = standIn({ [name]: [{ _id: 1, [name]: 'v' }] })
      const plan = draft('mongo-rename-field', { table: name, from: name, to }).decision.phases
      for (const { statements } of plan) for (const { sql } of statements) await evaluate(`await (async () => { ${sql} })()`, server)
      expect(server.documents(name), name).toEqual([{ _id: 1, [to]: 'v' }])
    }
  })

  test.each<[string, MigrationInput]>([
    ['a path through the prototype', { column: '__proto__.x' }], ['an operator', { column: '$where' }], ['an empty part', { column: 'a..b' }], ['the key', { column: '_id' }], ['a collection with a $', { table: 'a$b' }], ['a system collection', { table: 'system.users' }],
  ])('%s is refused', (_, more) => {
    expect(() => draft('mongo-add-field', more)).toThrow(InputError)
  })
})

describe('what a plan says', () => {
  const validator = draft('mongo-schema-validator').decision.phases.flatMap(({ statements }) => statements.map(({ sql }) => sql))
  test('a validator warns, then refuses new breaches, and is strict last', () => {
    expect(validator.map((sql) => [/"validationLevel":"(\w+)"/.exec(sql)?.[1], /"validationAction":"(\w+)"/.exec(sql)?.[1]])).toEqual([['moderate', 'warn'], ['moderate', 'error'], ['strict', 'error']])
  })

  test('a unique index refuses new duplicates before it is unique, and can be let go until then', () => {
    const { phases } = draft('mongo-add-unique-index').decision
    expect(phases.flatMap(({ release, statements }) => statements.map(({ sql }) => [release, /createIndex|"(?:prepareUnique|unique)":true/.exec(sql)?.[0]]))).toEqual([[1, 'createIndex'], [2, '"prepareUnique":true'], [2, '"unique":true']])
    expect(phases.find(({ phase, release }) => phase === 'expand' && release === 2)?.rollback.statements.join()).toContain('"prepareUnique":false')
    expect(draft('mongo-add-unique-index').sections.map(({ body }) => body).join()).toContain('waits for each one that votes')
  })

  test('an index is hidden before it is dropped', () => {
    expect(draft('mongo-add-index').decision.phases[0]?.rollback.statements.map((sql) => /hidden|dropIndex/.exec(sql)?.[0])).toEqual(['hidden', 'dropIndex'])
  })

  test('the old field goes a release after the new one is read', () => {
    const { phases, deploysNeeded } = draft('mongo-rename-field').decision
    expect(phases.map(({ phase, release, application }) => [phase, release, application])).toEqual([['switch', 1, 'write-both-fields'], ['backfill', 1, undefined], ['switch', 2, 'read-new-field'], ['switch', 3, 'stop-using'], ['contract', 3, undefined]])
    expect(deploysNeeded).toBe(3)
  })

  test('every statement says that it is JavaScript', () => {
    for (const change of Object.keys(requests)) for (const { statements } of draft(change).decision.phases) for (const { language } of statements) expect(language, change).toBe('javascript')
  })
})
