import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Ajv from 'ajv'
import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import { runCommand } from '../../../src/cli/command.ts'
import { vocabulary } from '../../../src/core/profile.ts'
import { checkDeliverablesCall as call } from '../../../src/engine/check-call.ts'
import { auditCiFiles } from '../../../src/project/ci-audit/audit.ts'
import { folder } from '../../project/folder.ts'
import { countTokens } from '../../support/count-tokens.ts'
import { worldAt } from '../../support/world.ts'
import { actionlint } from '../../tools/pipeline-template/actionlint.ts'

const fixtures = fileURLToPath(new URL('../../fixtures/check', import.meta.url))

/** The project that people documented, with `change` made to its DevOps document. */
function project(change: (text: string) => string = (text) => text): string {
  const root = folder()
  cpSync(join(fixtures, 'rota-planner'), join(root), { recursive: true })
  // Without a record the tools are not asked what they would decide, which is most of the time a check takes.
  rmSync(join(root, '.claude'), { recursive: true })
  const path = join(root, 'docs/devops-blueprint.md')
  writeFileSync(path, change(readFileSync(path, 'utf8')))
  return root
}

async function shell(root: string, ...args: string[]): Promise<{ readonly code: number, readonly out: string, readonly err: string }> {
  let [out, err] = ['', '']
  const calls = { names: [call.name], load: async () => call, all: async () => [call] }
  const code = await runCommand(['check-deliverables', ...args], { version: '0', calls, world: async (at) => worldAt(at), cwd: root, out: (text) => { out += text }, err: (text) => { err += text } })
  return { code, out, err }
}

const seeded = (text: string): string => `${text}\n## Ours\n\nThe pipeline runs on CircleCI. TODO: <b>say</b> \${{ why }}.\n`

/** The parts of SARIF 2.1.0 that we write, as its schema has them: closed where the schema is closed, required where it requires. */
const location = { type: 'object', required: ['physicalLocation'], properties: { id: { type: 'integer', minimum: -1 }, message: { $ref: '#/$defs/message' }, physicalLocation: { type: 'object', additionalProperties: false, required: ['artifactLocation'], properties: { artifactLocation: { type: 'object', additionalProperties: false, properties: { uri: { type: 'string', pattern: '^[^\\s\\\\]+$' }, uriBaseId: { type: 'string' } } }, region: { type: 'object', additionalProperties: false, properties: { startLine: { type: 'integer', minimum: 1 } } } } } }, additionalProperties: false }
const schema = {
  $defs: { message: { type: 'object', additionalProperties: false, required: ['text'], properties: { text: { type: 'string' } } } },
  type: 'object', additionalProperties: false, required: ['version', 'runs'],
  properties: { $schema: { type: 'string' }, version: { const: '2.1.0' }, runs: { type: 'array', minItems: 1, items: { type: 'object', additionalProperties: false, required: ['tool'], properties: {
    columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
    tool: { type: 'object', additionalProperties: false, required: ['driver'], properties: { driver: { type: 'object', additionalProperties: false, required: ['name'], properties: { name: { type: 'string' }, rules: { type: 'array', uniqueItems: true, items: { type: 'object', additionalProperties: false, required: ['id'], properties: { id: { type: 'string' }, name: { type: 'string' }, shortDescription: { $ref: '#/$defs/message' }, help: { $ref: '#/$defs/message' } } } } } } } },
    results: { type: 'array', items: { type: 'object', additionalProperties: false, required: ['message'], properties: { ruleId: { type: 'string' }, ruleIndex: { type: 'integer', minimum: -1 }, level: { enum: ['none', 'note', 'warning', 'error'] }, message: { $ref: '#/$defs/message' }, locations: { type: 'array', items: location }, relatedLocations: { type: 'array', items: location }, partialFingerprints: { type: 'object', additionalProperties: { type: 'string' } }, properties: { type: 'object' } } } },
  } } } },
}
const isSarif = new Ajv({ strict: false }).compile(schema)

interface Sarif { readonly runs: readonly { readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }, readonly results: readonly { readonly ruleId: string, readonly ruleIndex: number, readonly level: string, readonly partialFingerprints: Readonly<Record<string, string>> }[] }[] }

describe('for people', () => {
  test('findings are grouped worst first, each with place, found, expected and next, without markup', async () => {
    const { code, out } = await shell(project(seeded), '--folder', 'docs')
    expect(code).toBe(1)
    expect(out).toMatch(/^Read 3 documents and 1 CI file\.\n\nErrors \(\d+\)\n/)
    expect(out).toMatch(/\n {2}docs\/devops-blueprint\.md:\d+ {2}contradiction\n {4}found: {4}.*CircleCI\n {4}expected: .*GitHub Actions.*\n {4}next: /)
    expect(out).not.toMatch(/\\[$`{<*]/)
    expect(out).toMatch(/Documents against the repository: \d+ implemented/)
  })

  test('nothing to report ends with 0, bad arguments and folders with 2', async () => {
    expect((await shell(project(), '--folder', 'docs')).code).toBe(0)
    expect(await shell(project(), '--folder', 'nowhere')).toMatchObject({ code: 2, err: expect.stringContaining('nowhere') })
    expect((await shell(project(), '--sarrif')).code).toBe(2)
    expect((await shell(folder())).code).toBe(2)
  })

  test('what a document says cannot move the cursor of a terminal', async () => {
    const { out } = await shell(project((text) => `${text}\nCI provider: CircleCI \u001b[2J\u202e\n\n[your\u001b]0;x\u0007 name]\n`), '--folder', 'docs')
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e]/)
  })

  test('help names what only a shell asks for', async () => {
    expect((await shell(project(), '--help')).out).toMatch(/--sarif[\s\S]*--ci-step/)
    expect(Object.keys(call.inputSchema()['properties'] as object).sort()).toEqual(['folder', 'project'])
  })
})

describe('for programs', () => {
  test('--json holds every finding and every judgement, and --sarif the same as SARIF 2.1.0', async () => {
    const root = project((text) => `${text}\n${Array.from({ length: 120 }, (_, index) => `TODO number ${index}.\n`).join('\n')}`)
    const whole = JSON.parse((await shell(root, '--folder', 'docs', '--json')).out) as { findings: { rule: string }[], judged: unknown[] }
    const sarif = JSON.parse((await shell(root, '--folder', 'docs', '--sarif')).out) as Sarif
    expect(whole.findings.length).toBeGreaterThan(110)
    expect(whole.judged.length).toBeGreaterThan(5)
    expect(isSarif(sarif), JSON.stringify(isSarif.errors)).toBe(true)
    const [run] = sarif.runs
    expect(run?.results.map(({ ruleId }) => ruleId)).toEqual(whole.findings.map(({ rule }) => rule))
    for (const { ruleId, ruleIndex } of run?.results ?? []) expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
  })

  test('a check that inspects nothing would fail: a broken report is refused', () => {
    expect(isSarif({ version: '2.1.0', runs: [{ tool: {}, results: [{ message: { text: 'x' }, level: 'info' }] }] })).toBe(false)
  })

  test('a finding keeps its fingerprint when lines move', async () => {
    const prints = async (root: string) => (JSON.parse((await shell(root, '--folder', 'docs', '--sarif')).out) as Sarif).runs[0]?.results.filter(({ ruleId }) => ruleId === 'contradiction').map(({ partialFingerprints }) => partialFingerprints['operationalPatterns/v1'])
    const before = await prints(project(seeded))
    expect(before?.length).toBeGreaterThan(0)
    expect(await prints(project((text) => seeded(text.replace('Hosting: Render', '\n\nHosting: Render'))))).toEqual(before)
  })
})

test('an answer for a model stays below 2,500 tokens and says how many more there are', async () => {
  const root = project((text) => `${text}\n${Array.from({ length: 200 }, (_, index) => `TODO number ${index}, <name-${index}>.\n`).join('\n')}`)
  const { structured, text } = await call.run({ folder: 'docs' }, worldAt(root))
  expect(countTokens(JSON.stringify(structured))).toBeLessThanOrEqual(2500)
  expect(countTokens(text)).toBeLessThanOrEqual(2500)
  expect(structured['more']).toBeGreaterThan(100)
  expect(text).toMatch(/And \d+ more/)
})

describe('a step for CI', () => {
  test.each(vocabulary.ciProvider)('%s: valid, without a finding of our own audit, and it runs the check', async (provider) => {
    const { code, out } = await shell(folder(), '--ci-step', provider)
    expect(code).toBe(0)
    expect(parse(out)).toBeTypeOf('object')
    expect(out).toContain('operational-patterns.cjs" check_deliverables')
    const path = { 'github-actions': '.github/workflows/documents.yml', gitlab: '.gitlab-ci.yml', circleci: '.circleci/config.yml', 'azure-pipelines': 'azure-pipelines.yml', bitbucket: 'bitbucket-pipelines.yml' }[provider]
    if (provider === 'github-actions') expect(await actionlint(out, path)).toEqual([])
    expect(auditCiFiles([{ path, text: out }], { pins: [] }).filter(({ severity }) => severity !== 'info')).toEqual([])
  })

  test('it asks for the tool where neither a copy nor a commit is given, and runs a copy where there is one', async () => {
    const { spawnSync } = await import('node:child_process')
    const { out } = await shell(folder(), '--ci-step', 'github-actions')
    const script = (parse(out) as { jobs: { documents: { steps: { run?: string }[] } } }).jobs.documents.steps[1]?.run ?? ''
    const root = folder()
    const run = (env: Record<string, string>) => spawnSync('bash', ['-e', '-c', script], { cwd: root, encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '', RUNNER_TEMP: root, ...env } })
    const bare = run({})
    expect(bare.status).not.toBe(0)
    expect(bare.stderr).toContain('OPS_REPOSITORY')
    mkdirSync(join(root, 'tools/operational-patterns'), { recursive: true })
    writeFileSync(join(root, 'tools/operational-patterns/operational-patterns.cjs'), 'console.log(process.argv[2]); process.exitCode = 1\n')
    expect(run({})).toMatchObject({ status: 1, stdout: 'check_deliverables\n' })
  })
})
