import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** The tools themselves, as npm has them. Too much for everybody's node_modules, so they lie in the cache folder of our slow tests. */
const packages = ['node-pg-migrate@9.0.0', 'knex@3.3.0', 'typeorm@1.1.1', 'drizzle-orm@0.45.4', 'dbmate@2.36.0', 'squawk-cli@2.66.0', 'pg@8.23.1', 'reflect-metadata@0.2.2']
export const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'operational-patterns-e2e', 'migration-tools')
const mark = join(cache, 'installed.json')

/** Whether the tools lie in the cache; puts them there first, where npm can be reached. */
export function fetchTools(): boolean {
  const list = JSON.stringify(packages)
  try {
    if (existsSync(mark) && JSON.stringify(createRequire(mark)(mark)) === list) return true
    mkdirSync(cache, { recursive: true })
    if (!existsSync(join(cache, 'package.json'))) writeFileSync(join(cache, 'package.json'), '{"private":true}')
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel', 'error', ...packages], { cwd: cache, stdio: ['ignore', 'ignore', 'inherit'], timeout: 240_000 })
    writeFileSync(mark, list)
    return true
  } catch {
    return false
  }
}

/** A CommonJS package of the cache. */
export const requireTool = (name: string): unknown => createRequire(join(cache, 'package.json'))(name)
/** A module of the cache. */
export const importTool = async (path: string): Promise<unknown> => import(/* @vite-ignore */ pathToFileURL(join(cache, 'node_modules', path)).href)
export const dbmateProgram = join(cache, 'node_modules', '@dbmate', `${process.platform}-${process.arch}`, 'bin', 'dbmate')
export const squawkProgram = join(cache, 'node_modules', '.bin', 'squawk')
