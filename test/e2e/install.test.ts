import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import matter from 'gray-matter'
import { clientVersions } from './support/client-binary.ts'
import { checkout, fullName, installPlugin, namedTools, pluginRepository } from './support/plugin-repo.ts'
import { createSandbox, type Sandbox } from './support/sandbox.ts'
import { allText, toolNames } from './support/seen.ts'
import { talk, type Session } from './support/session.ts'

const repository = pluginRepository()
afterAll(() => rmSync(repository, { recursive: true, force: true }))

const commands = readdirSync(join(checkout, 'commands')).filter((name) => name.endsWith('.md')).map((name) => basename(name, '.md'))
const skill = matter(readFileSync(join(checkout, 'skills/operational-patterns/SKILL.md'), 'utf8')).data as { description: string }

/** The line of the skill listing that starts with this name. */
const listedAs = (text: string, name: string): string | undefined => text.split('\n').find((line) => line.startsWith(`- ${name}:`))

describe.each(clientVersions)('client %s', (version) => {
  describe.each(['installed from git', 'with --plugin-dir'])('%s', (how) => {
    let sandbox: Sandbox
    let session: Session
    let first: string
    const from = how === 'installed from git' ? [] : ['--plugin-dir', repository]
    beforeAll(async () => {
      sandbox = await createSandbox(version)
      if (how === 'installed from git') await installPlugin(sandbox, repository)
      session = await talk(sandbox, 'hello', () => [{ say: 'hello' }], from)
      first = allText(session.turns[0]!)
    })
    afterAll(() => sandbox?.remove())

    test('the server is connected before the first turn, and the model is told every tool', () => {
      expect(session.init.mcp_servers, session.account).toContainEqual(expect.objectContaining({ name: 'plugin:operational-patterns:ops', status: 'connected' }))
      expect(session.init.tools, session.account).toEqual(expect.arrayContaining(namedTools.map(fullName)))
      // With schemas (2.1.197) or deferred, as names in the prompt (2.1.330).
      const named = new Set([...toolNames(session.turns[0]!), ...first.split('\n').map((line) => line.trim())])
      expect(namedTools.map(fullName).filter((name) => !named.has(name)), first.slice(0, 4000)).toEqual([])
    })

    test('the skill is listed with its whole description', () => {
      expect(listedAs(first, 'operational-patterns:operational-patterns')).toBe(`- operational-patterns:operational-patterns: ${skill.description.trim()}`)
    })

    test('every command can be typed and costs the model nothing', () => {
      expect(commands.length).toBeGreaterThan(0)
      expect(session.init.slash_commands, session.account).toEqual(expect.arrayContaining(commands.map((name) => `operational-patterns:${name}`)))
      expect(commands.filter((name) => listedAs(first, `operational-patterns:${name}`) !== undefined)).toEqual([])
    })

    test('no package manager ran and nothing was installed beside the plugin', async () => {
      expect(await sandbox.packageManagerCalls()).toBe('')
      const plugins = join(sandbox.home, '.claude/plugins')
      const found = existsSync(plugins) ? readdirSync(plugins, { recursive: true, encoding: 'utf8' }) : []
      if (how === 'installed from git') expect(found.some((path) => path.endsWith('dist/operational-patterns.cjs')), found.slice(0, 50).join('\n')).toBe(true)
      expect(found.filter((path) => basename(path) === 'node_modules')).toEqual([])
      expect(existsSync(join(sandbox.home, '.npm'))).toBe(false)
    })

    test('costs at most 250 tokens in every session', async () => {
      const { stdout, stderr } = await sandbox.claude([...from, 'plugin', 'details', 'operational-patterns'])
      const tokens = Number(/Always-on:\s+~?([\d,.]+)/.exec(stdout)?.[1]?.replaceAll(',', ''))
      expect(tokens, stdout + stderr).toBeGreaterThan(0)
      expect(tokens, stdout).toBeLessThanOrEqual(250)
    })
  })
})
