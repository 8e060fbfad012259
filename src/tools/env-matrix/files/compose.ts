import { stringify } from 'yaml'
import { technologyId } from '../../../core/stack.ts'
import type { Knowledge, SheetOf } from '../../../knowledge/collections.ts'
import { runtimeOf } from '../runtimes.ts'

type Runtime = SheetOf<'runtimes'>
const password = '${LOCAL_DATABASE_PASSWORD:-local-only}'

/** What each image wants to be told; the password is for a port that only this machine can reach. */
const settings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  postgresql: { POSTGRES_USER: 'app', POSTGRES_DB: 'app', POSTGRES_PASSWORD: password },
  mysql: { MYSQL_DATABASE: 'app', MYSQL_USER: 'app', MYSQL_PASSWORD: password, MYSQL_ROOT_PASSWORD: password },
  mariadb: { MARIADB_DATABASE: 'app', MARIADB_USER: 'app', MARIADB_PASSWORD: password, MARIADB_ROOT_PASSWORD: password },
}

/** The runtime a word of the stack means and its version, the advised one when none is named. */
function localRuntime(word: string, knowledge: Knowledge): { readonly sheet: Runtime, readonly tag: string } | undefined {
  const versioned = runtimeOf(word, knowledge)
  const name = word.trim().toLowerCase()
  const sheet = versioned?.sheet ?? Object.values(knowledge.runtimes).find(({ facts }) => facts.names.value?.includes(name)) ?? Object.values(knowledge.runtimes).find(({ facts }) => facts.technologies.value?.includes(technologyId(word) ?? ''))
  if (sheet === undefined || sheet.facts.image.value === null) return undefined
  return { sheet, tag: versioned?.cycle ?? sheet.facts.advised.value ?? 'latest' }
}

/** Addresses for the environment file, as seen from this machine. */
const addresses: Readonly<Record<string, (port: number) => string>> = {
  postgresql: (port) => `postgresql://app:local-only@127.0.0.1:${port}/app`,
  mysql: (port) => `mysql://app:local-only@127.0.0.1:${port}/app`,
  mariadb: (port) => `mysql://app:local-only@127.0.0.1:${port}/app`,
  mongodb: (port) => `mongodb://127.0.0.1:${port}/app`,
  redis: (port) => `redis://127.0.0.1:${port}/0`,
  valkey: (port) => `redis://127.0.0.1:${port}/0`,
  rabbitmq: (port) => `amqp://guest:guest@127.0.0.1:${port}`,
}

function service(sheet: Runtime, tag: string, hostPort: number): Record<string, unknown> {
  const { image, port, dataPath, healthCommand } = sheet.facts
  // Named by version, as images from 18 on do by themselves: an older one would write outside the volume, and a newer one refuse to start on the files of an older.
  const environment = { ...settings[sheet.id], ...(sheet.id === 'postgresql' ? { PGDATA: `${dataPath.value}/${tag}/docker` } : {}) }
  return {
    image: `${image.value}:${tag}`,
    // Its files belong to a node that is called after the host, and a container made again would get another name.
    ...(sheet.id === 'rabbitmq' ? { hostname: 'rabbitmq' } : {}),
    ...(Object.keys(environment).length === 0 ? {} : { environment }),
    ports: [`127.0.0.1:${hostPort}:${port.value}`],
    ...(dataPath.value === null ? {} : { volumes: [`${sheet.id}-data:${dataPath.value}`] }),
    ...(healthCommand.value === null ? {} : { healthcheck: { test: ['CMD', ...healthCommand.value], interval: '5s', timeout: '10s', retries: 20 } }),
  }
}

/** A Compose file with the databases, caches and queues of the stack for local work, reachable from this machine only; undefined when there is none to run. `variables` are the names the configuration reads. */
export function composeFile(stack: readonly string[], variables: readonly string[], knowledge: Knowledge): { readonly text: string, readonly runtimes: readonly Runtime[] } | undefined {
  const found = stack.flatMap((word) => localRuntime(word, knowledge) ?? [])
  // `bullmq` brings Redis without naming it, and so does a file that counts requests there; the first word that means a runtime decides its version.
  const counts = variables.includes('REDIS_URL') && found.every(({ sheet }) => !['redis', 'valkey'].includes(sheet.id))
  const implied = counts || stack.some((word) => technologyId(word) === 'bullmq') ? localRuntime('redis', knowledge) : undefined
  const all = [...found, ...(implied === undefined ? [] : [implied])]
  const unique = all.filter((entry, index) => all.findIndex((other) => other.sheet.id === entry.sheet.id) === index)
  if (unique.length === 0) return undefined
  const taken: number[] = []
  const services = unique.map(({ sheet, tag }) => {
    let port = sheet.facts.port.value ?? 0
    while (taken.includes(port)) port += 1
    taken.push(port)
    return { id: sheet.id, port, body: service(sheet, tag, port) }
  })
  const volumes = Object.fromEntries(unique.filter(({ sheet }) => sheet.facts.dataPath.value !== null).map(({ sheet }) => [`${sheet.id}-data`, {}]))
  const heading = [
    '# Databases and queues for local work; `docker compose up --wait` returns when all are ready. Ports are open to this machine only.',
    ...services.flatMap(({ id, port }) => (addresses[id] === undefined ? [] : [`# ${id}: ${addresses[id](port)}`])),
  ]
  const text = stringify({ services: Object.fromEntries(services.map(({ id, body }) => [id, body])), volumes }, { lineWidth: 0 })
  return { text: `${heading.join('\n')}\n${text}`, runtimes: unique.map(({ sheet }) => sheet) }
}
