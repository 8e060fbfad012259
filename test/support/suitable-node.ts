import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** A Node that OpenTelemetry supports and that runs TypeScript without a build (22.18 or newer): this one, or one that the session tests fetched; undefined when there is none. */
export function suitableNode(): string | undefined {
  const cached = join(homedir(), '.cache/operational-patterns-e2e')
  const others = existsSync(cached) ? readdirSync(cached).filter((name) => name.startsWith('node-')).sort().map((name) => join(cached, name, 'bin/node')) : []
  return [process.execPath, ...others].find((path) => {
    const [major = 0, minor = 0] = spawnSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout?.split('.').map(Number) ?? []
    return major > 22 || (major === 22 && minor >= 18)
  })
}
