import type { Detector, Findings } from './findings.ts'
import { lineOf } from './files.ts'
import { npmPackages } from './npm-packages.ts'
import { addPackage, stack } from './says.ts'

const withoutMigrations = { knex: stack('knex') }

type Json = Record<string, unknown>
const record = (value: unknown): Json => (value !== null && typeof value === 'object' && !Array.isArray(value) ? value as Json : {})
const keyPattern = (key: string): RegExp => new RegExp(`"${key.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}"\\s*:`)
/** Line of a key; with `group`, of the first one behind that group's own key: a script may be called like a package. */
const keyLine = (text: string, key: string, group?: string): number => {
  const from = group === undefined ? -1 : text.search(keyPattern(group))
  return from < 0 ? lineOf(text, keyPattern(key)) : text.slice(0, from).split('\n').length - 1 + lineOf(text.slice(from), keyPattern(key))
}

function packageManager(stated: string, file: string, line: number, found: Findings): void {
  const match = /^(npm|pnpm|yarn|bun)@(\d+)/.exec(stated)
  if (match === null) return found.note(file, `packageManager ${JSON.stringify(stated.slice(0, 40))} names no known package manager`)
  const name = match[1] === 'yarn' && Number(match[2]) >= 2 ? 'yarn-berry' : match[1] ?? ''
  found.add('packageManager', name, file, line, 'statement')
}

/** A library of a monorepo names the oldest version that it still works on; only what is started says what runs. */
const isStarted = (json: Json, file: string): boolean => !/(^|\/)(packages|libs?|plugins|extensions|modules)\//.test(file) || 'start' in record(json['scripts'])

/** Migration runners that no sheet describes. Where one of them runs, a query builder beside it does not migrate. */
const otherRunners = ['postgrator', 'umzug', 'sequelize-cli', 'db-migrate', 'graphile-migrate', 'dbmate', 'kysely-ctl', 'mikro-orm', '@mikro-orm/migrations']
/** Programs for the desktop bring a web server of their own along; it answers nobody but them. */
const desktopShells = ['electron', '@tauri-apps/cli', '@tauri-apps/api']
const webServers = new Set(['express', 'fastify', 'hono', '@nestjs/core', 'koa'])

function readManifest(json: Json, text: string, file: string, found: Findings): void {
  // Packages of Unity have a manifest of the same name and nothing to do with JavaScript.
  if (typeof json['unity'] === 'string') return
  const isRoot = !file.includes('/')
  const string = (key: string, use: (value: string, line: number) => void): void => {
    if (typeof json[key] === 'string') use(json[key], keyLine(text, key))
  }
  if (isRoot) string('name', (name, line) => found.add('name', name, file, line))
  string('packageManager', (value, line) => packageManager(value, file, line, found))
  const node = record(json['volta'])['node'] ?? record(json['engines'])['node']
  if (typeof node === 'string' && (isRoot || isStarted(json, file))) found.add('runtimeVersions.node', node, file, keyLine(text, 'node', typeof record(json['volta'])['node'] === 'string' ? 'volta' : 'engines'))
  if (isRoot && json['workspaces'] !== undefined) found.add('monorepo', 'npm-workspaces', file, keyLine(text, 'workspaces'))
  if (isRoot) for (const name of Object.keys(record(json['scripts'])).filter((name) => name.length <= 80).slice(0, 60)) found.add('scripts', name, file, keyLine(text, name, 'scripts'))
  if (json['bin'] !== undefined) found.add('clients', 'cli', file, keyLine(text, 'bin'), 'hint')
  found.add('stack', 'javascript', file, 1, 'hint')
  const groups = ['dependencies', 'peerDependencies', 'devDependencies'] as const
  const names = new Set(groups.flatMap((group) => Object.keys(record(json[group]))))
  const left = new Set([...(desktopShells.some((name) => names.has(name)) ? webServers : []), ...(otherRunners.some((name) => names.has(name)) ? ['knex'] : [])])
  for (const group of groups) {
    for (const name of Object.keys(record(json[group]))) {
      const says = left.has(name) ? withoutMigrations : npmPackages
      if (!(left.has(name) && webServers.has(name))) addPackage(found, says, name, file, keyLine(text, name, group), group !== 'dependencies' && name !== 'typescript')
    }
  }
}

/** `package.json` files: name, package manager, Node version, scripts, workspaces and what the dependencies say. */
export const detectPackageJson: Detector = (files, found) => {
  for (const file of files.named('package.json')) {
    const text = files.text(file)
    if (text === undefined) continue
    try {
      readManifest(record(JSON.parse(text)), text, file, found)
    } catch {
      found.note(file, 'it is not valid JSON')
    }
  }
}
