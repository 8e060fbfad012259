import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readJson, root } from './repository.ts'

interface Server { readonly type?: string, readonly command: string, readonly args: readonly string[] }

describe('server entries', () => {
  it('start the bundle with node, from the plugin folder', () => {
    const agent = (readJson('mcp.json')['mcpServers'] as Record<string, Server>)['ops']
    expect(agent).toEqual({ type: 'stdio', command: 'node', args: ['${PLUGIN_ROOT}/dist/operational-patterns.cjs'] })
    const claude = readJson('.claude-plugin/plugin.json')['mcpServers'] as Record<string, Server> | string
    if (typeof claude === 'string') expect(claude).toBe('./dist/ops.mcpb')
    else expect(claude).toEqual({ ops: { command: 'node', args: ['${CLAUDE_PLUGIN_ROOT}/dist/operational-patterns.cjs'] } })
  })

  it('do not start for people who only open this repository', () => {
    expect(existsSync(join(root, '.mcp.json'))).toBe(false)
  })

  it('need no package manager at install', () => {
    for (const lock of ['package-lock.json', 'npm-shrinkwrap.json', 'bun.lock', 'bun.lockb']) expect(existsSync(join(root, lock)), lock).toBe(false)
    expect(readJson('package.json')).not.toHaveProperty('dependencies')
  })
})

describe('icon', () => {
  const bytes = readFileSync(join(root, '.claude-plugin/icon.png'))

  it('is a square PNG of 512 pixels under 100 KB', () => {
    expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG')
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([512, 512])
    expect(bytes.length).toBeLessThan(100_000)
  })
})
