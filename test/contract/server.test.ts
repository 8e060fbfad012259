import { countTokens } from '../support/count-tokens.ts'
import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { calls } from '../../src/engine/calls.ts'
import { listed } from '../../src/server/list.ts'
import { bundle, connect } from '../support/client.ts'

const examples = fileURLToPath(new URL('../../examples', import.meta.url))
const deciding = ['select_auth', 'observability_stack', 'pipeline_template', 'migration_plan', 'env_matrix']
const resultKeys = ['decision', 'conflicts', 'assumptions', 'questions', 'alternatives', 'rejected', 'skipped', 'flips', 'cost', 'files', 'report', 'sources']

let folder: string
let client: Client

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'contract-'))
  cpSync(join(examples, 'solo-nextjs-mvp'), folder, { recursive: true, filter: (path) => !path.endsWith('architecture-output') })
  client = await connect(folder)
})
afterAll(async () => {
  await client.close()
  rmSync(folder, { recursive: true, force: true })
})

const call = async (name: string, args: Record<string, unknown> = {}) => client.callTool({ name, arguments: args })
const errorText = (result: Awaited<ReturnType<typeof call>>): string => {
  expect(result.isError).toBe(true)
  return (result.content as { text: string }[]).map((block) => block.text).join('\n')
}

describe('the list', () => {
  test('is the registry as it is now', async () => {
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual(calls.names)
    expect(tools).toEqual(JSON.parse(JSON.stringify((await calls.all()).map(listed))))
  })

  test('costs a model at most 4,000 tokens, with flat schemas and hints for hosts', async () => {
    const { tools } = await client.listTools()
    const seen = tools.map(({ name, description, inputSchema }) => JSON.stringify({ name, description, input_schema: inputSchema }))
    expect(countTokens(seen.join('\n'))).toBeLessThanOrEqual(4000)
    for (const tool of tools) {
      expect(JSON.stringify(tool.inputSchema)).not.toMatch(/"(anyOf|oneOf|allOf|\$ref|\$schema)"/)
      expect(tool.description?.length).toBeLessThanOrEqual(300)
      expect(`mcp__plugin_operational-patterns_ops__${tool.name}`.length).toBeLessThanOrEqual(64)
      expect(tool.annotations).toMatchObject({ title: tool.title, readOnlyHint: tool.name !== 'write_files' })
    }
  })
})

describe.each(deciding)('%s', (name) => {
  test('answers with the whole shape, from nothing but the open project, in at most 2,500 tokens', async () => {
    const result = await call(name)
    expect(result.isError).toBeFalsy()
    const structured = result.structuredContent as Record<string, unknown>
    expect(Object.keys(structured)).toEqual(expect.arrayContaining(resultKeys))
    expect((structured['questions'] as unknown[]).length).toBeLessThanOrEqual(3)
    expect(countTokens(JSON.stringify(structured))).toBeLessThanOrEqual(2500)
  })

  test('gives file bodies only when asked, and they match their size and hash', async () => {
    const without = (await call(name)).structuredContent as { files: Record<string, unknown>[] }
    expect(without.files.filter((file) => 'body' in file)).toEqual([])
    const { files } = (await call(name, { include: ['files'] })).structuredContent as { files: { body: string, bytes: number, path: string }[] }
    expect(files.map(({ path }) => path)).toEqual(without.files.map(({ path }) => path))
    for (const file of files) expect(Buffer.byteLength(file.body)).toBe(file.bytes)
  })

  test('the same call gives the same answer', async () => {
    expect((await call(name, { stage: 'growth', asOf: '2026-11-22' })).structuredContent).toEqual((await call(name, { stage: 'growth', asOf: '2026-11-22' })).structuredContent)
  })

  test('a wrong value names the field, what is allowed and the nearest match', async () => {
    expect(errorText(await call(name, { stage: 'mvpp' }))).toMatch(/stage "mvpp".*expected one of poc, mvp.*Did you mean mvp\?/)
  })

  test('a name that exists nowhere is an error with the nearest match; a profile field it does not read is ignored', async () => {
    expect(errorText(await call(name, { stagee: 'mvp' }))).toMatch(/stagee.*Did you mean stage\?/)
    expect((await call(name, { needsScim: false, devices: 3, monorepo: 'none' })).isError).toBeFalsy()
  })
})

describe('requests the server must survive', () => {
  test.each([
    ['wrong types', 'select_auth', { compliance: 'hipaa', developers: 'three' }],
    ['an unknown tool', 'select_auht', {}],
    ['a folder outside the project', 'select_auth', { project: '../..' }],
    ['a folder that does not exist', 'read_project', { project: 'nowhere' }],
    ['hostile text', 'select_auth', { name: 'a\u0000b' }],
  ])('%s', async (_, name, args) => {
    const text = errorText(await call(name, args))
    expect(text).not.toMatch(/\n\s+at /)
    expect(text.length).toBeLessThan(1500)
    expect((await call('select_auth')).isError).toBeFalsy()
  })

  test('lines that are no JSON, and an end of input', async () => {
    const child = spawn(process.execPath, [bundle], { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] })
    let out = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      out += chunk
      if (out.includes('"id":2')) child.stdin.end()
    })
    child.stdin.write('this is no JSON\n{"jsonrpc":"2.0"}\n[]\n')
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'x', version: '0' } } })}\n`)
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/list', params: {} })}\n`)
    const code = await new Promise((resolve) => child.on('exit', resolve))
    expect(code).toBe(0)
    expect(out).toContain('select_auth')
  })
})
