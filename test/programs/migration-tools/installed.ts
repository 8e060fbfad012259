import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** The tools themselves, as npm has them. Too much for everybody's node_modules, so they lie in the cache folder of our slow tests. */
const packages = ['node-pg-migrate@9.0.0', 'knex@3.3.0', 'typeorm@1.1.1', 'drizzle-orm@0.45.4', 'drizzle-kit@0.31.11', 'dbmate@2.36.0', 'squawk-cli@2.66.0', 'pg@8.23.1', 'reflect-metadata@0.2.2']
export const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'operational-patterns-e2e', 'migration-tools')

/**
 * Prisma in a folder of its own. Its engine for migrations is a download, but up to version 6 the package also brings the same engine as
 * WebAssembly, which the configuration can ask for. Nothing is downloaded when no install script runs.
 */
const prismaPackages = ['prisma@6.19.3', '@prisma/adapter-pg@6.19.3', 'pg@8.23.1']
export const prismaCache = `${cache}-prisma`

function fetched(folder: string, wanted: readonly string[], ...words: readonly string[]): boolean {
  const [list, mark] = [JSON.stringify(wanted), join(folder, 'installed.json')]
  try {
    if (existsSync(mark) && readFileSync(mark, 'utf8') === list) return true
    mkdirSync(folder, { recursive: true })
    if (!existsSync(join(folder, 'package.json'))) writeFileSync(join(folder, 'package.json'), '{"private":true}')
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel', 'error', ...words, ...wanted], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], timeout: 240_000 })
    writeFileSync(mark, list)
    return true
  } catch {
    return false
  }
}

/** Whether the tools lie in the cache; puts them there first, where npm can be reached. */
export const fetchTools = (): boolean => fetched(cache, packages)
export const fetchPrisma = (): boolean => fetched(prismaCache, prismaPackages, '--ignore-scripts')

/** A CommonJS package of the cache. */
export const requireTool = (name: string): unknown => createRequire(join(cache, 'package.json'))(name)
/** A module of the cache. */
export const importTool = async (path: string): Promise<unknown> => import(/* @vite-ignore */ pathToFileURL(join(cache, 'node_modules', path)).href)
export const dbmateProgram = join(cache, 'node_modules', '@dbmate', `${process.platform}-${process.arch}`, 'bin', 'dbmate')
export const squawkProgram = join(cache, 'node_modules', '.bin', 'squawk')
