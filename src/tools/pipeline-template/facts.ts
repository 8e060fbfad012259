import type { Knowledge } from '../../knowledge/collections.ts'
import type { ToolchainRequest } from './toolchain.ts'
import { addressFor } from './service-address.ts'

const runtimeOf: Readonly<Record<string, string>> = { typescript: 'nodejs', javascript: 'nodejs', kotlin: 'java', csharp: 'dotnet' }

/** The runtime sheet of a language or database, or undefined. */
export const runtimeSheet = (knowledge: Knowledge, technology: string) => knowledge.runtimes[runtimeOf[technology] ?? technology]

/** The version to start with today, where a sheet advises one. */
export const advisedVersion = (knowledge: Knowledge, technology: string): string | undefined => runtimeSheet(knowledge, technology)?.facts.advised.value ?? undefined

/** The cycle a version belongs to: `22.14.0` is cycle `22`, `3.10.4` is cycle `3.10`. */
export const cycleOf = (knowledge: Knowledge, technology: string, version: string) =>
  runtimeSheet(knowledge, technology)?.facts.cycles.value?.find(({ cycle }) => version === cycle || version.startsWith(`${cycle}.`))

/** Pinned version of a command-line tool, or undefined when none was confirmed. */
export const toolVersion = (knowledge: Knowledge): ToolchainRequest['versionOf'] => (tool) => knowledge['ci-tools'][tool]?.facts.version.value ?? undefined

/** Container image of a language for pipeline jobs. A whole version is a tag of its own, older than the systems that tags name today. */
export const ciImage = (knowledge: Knowledge, language: string): ToolchainRequest['imageOf'] => (version) => {
  const { ciImage: image, ciTag: tag } = runtimeSheet(knowledge, language)?.facts ?? {}
  if (image?.value == null || tag?.value == null) return undefined
  const isWhole = version.split('.').length > 2
  return `${image.value}:${isWhole ? version : tag.value.replace('{cycle}', cycleOf(knowledge, language, version)?.cycle ?? version)}`
}

/** Checksum of a tool that is one downloaded file, or undefined when none was confirmed. */
export const toolSha256 = (knowledge: Knowledge): ToolchainRequest['sha256Of'] => (tool) => knowledge['ci-tools'][tool]?.facts.sha256?.value ?? undefined

/** A database for tests: its image, how it is set up, and the command that says it is ready (null: unknown). */
export interface ServiceImage {
  readonly image: string
  readonly port: number
  readonly ready: string | null
  readonly setup: Readonly<Record<string, string>>
  /** Variable through which the tests find it. */
  readonly variable: string
  readonly url: (host: string) => string
}

/** How each database is told to make an empty one, and its address; passwords open nothing but the throw-away container. */
const setups: Readonly<Record<string, Pick<ServiceImage, 'setup' | 'variable' | 'url'>>> = {
  postgresql: { setup: { POSTGRES_USER: 'app', POSTGRES_PASSWORD: 'test', POSTGRES_DB: 'app' }, variable: 'DATABASE_URL', url: (host) => `postgresql://app:test@${host}:5432/app` },
  mysql: { setup: { MYSQL_ROOT_PASSWORD: 'test', MYSQL_DATABASE: 'app' }, variable: 'DATABASE_URL', url: (host) => `mysql://root:test@${host}:3306/app` },
  mariadb: { setup: { MARIADB_ROOT_PASSWORD: 'test', MARIADB_DATABASE: 'app' }, variable: 'DATABASE_URL', url: (host) => `mysql://root:test@${host}:3306/app` },
  mongodb: { setup: {}, variable: 'MONGODB_URI', url: (host) => `mongodb://${host}:27017/app` },
}

const quoted = (word: string): string => (/^[\w./:-]+$/.test(word) ? word : `'${word}'`)

/** The service container for a database, with its address as the framework reads it; undefined when no image is known. */
export function serviceImage(knowledge: Knowledge, database: string, framework?: string): ServiceImage | undefined {
  const setup = setups[database]
  const { image, advised, port, healthCommand } = runtimeSheet(knowledge, database)?.facts ?? {}
  if (setup === undefined || image?.value == null || advised?.value == null || port?.value == null) return undefined
  return { ...setup, ...addressFor(framework, database, setup), image: `${image.value}:${advised.value}`, port: port.value, ready: healthCommand?.value?.map(quoted).join(' ') ?? null }
}
