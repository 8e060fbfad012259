import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { planBlueprint } from '../../src/engine/blueprint-run.ts'
import { calls as offered, commands as inShell } from '../../src/engine/calls.ts'
import { headlines } from '../../src/engine/headline.ts'
import { decidingTools } from '../../src/tools/registry.ts'
import { InputError } from '../../src/core/errors.ts'
import { examples, worldAt } from '../support/world.ts'

const [calls, commands] = await Promise.all([offered.all(), inShell.all()])
const call = (name: string) => {
  const found = commands.find((candidate) => candidate.name === name)
  if (found === undefined) throw new Error(`no call ${name}`)
  return found
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'engine-'))
  cpSync(join(examples, 'solo-nextjs-mvp'), folder, { recursive: true })
  rmSync(join(folder, 'architecture-output'), { recursive: true, force: true })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('one profile behind three documents', () => {
  const names = readdirSync(examples)

  test.each(names)('%s: what one document decides is what the others say', (name) => {
    const { drafts, documents } = planBlueprint({}, worldAt(join(examples, name)))
    expect(documents.map(({ file }) => file)).toEqual(['security-architecture.md', 'observability.md', 'devops-blueprint.md'])
    const auth = (drafts['select_auth']?.decision as { primary: string }).primary
    const { environments, variables } = drafts['env_matrix']?.decision as { environments: { name: string }[], variables: { name: string }[] }
    const deployed = (drafts['pipeline_template']?.decision as { environments: { name: string }[] }).environments
    for (const { name: environment } of deployed) expect(environments.map((each) => each.name)).toContain(environment)
    const provider = worldAt(null).knowledge()['identity-providers'][auth]
    for (const variable of provider?.facts.secretVariables.value ?? []) expect(variables.map((each) => each.name)).toContain(variable)
  })

  test('a pin that a person made is passed on, not replaced', () => {
    const { drafts } = planBlueprint({ decisions: { auth: 'auth0' } }, worldAt(folder))
    expect(drafts['select_auth']?.decision).toMatchObject({ primary: 'auth0' })
    expect(JSON.stringify((drafts['env_matrix']?.decision as { variables: unknown }).variables)).toContain('AUTH0')
  })
})

describe('a host that does not tell which project is open', () => {
  test('decisions rest on the arguments; calls that need a folder ask for it', async () => {
    const world = worldAt(null)
    const { structured } = await call('select_auth').run({ signInBy: ['nobody'] }, world)
    expect(structured['decision']).toMatchObject({ primary: 'none' })
    for (const name of ['read_project', 'check_deliverables']) await expect(call(name).run({}, world)).rejects.toThrow(/absolute path/)
    await expect(call('write_files').run({ tool: 'blueprint' }, world)).rejects.toThrow(InputError)
    const read = await call('read_project').run({ project: folder }, world)
    expect(read.structured['profileFile']).toBe('.claude/operational-patterns.md')
  })
})

describe('write_files', () => {
  test('with a blueprint it writes the page, the records and the SDL parts that are asked for', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'beside-'))
    const { structured } = await call('write_files').run({ tool: 'blueprint', arguments: { stack: ['express', 'postgresql'], html: true, adr: true, sdl: true } }, worldAt(folder))
    const paths = (structured['files'] as readonly { readonly path: string }[]).map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining(['security-architecture.md', 'blueprint.html', 'adr/0001-sign-in.md', 'sdl/auth.sdl.yaml']))
    await expect(call('write_files').run({ tool: 'blueprint', arguments: { html: 'yes' } }, worldAt(folder))).rejects.toThrow(/html/)
    rmSync(folder, { recursive: true })
  })

  test('never follows a link out of the project', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'))
    symlinkSync(outside, join(folder, 'architecture-output'))
    await expect(call('write_files').run({ tool: 'blueprint' }, worldAt(folder))).rejects.toThrow(/link leads out of the project/)
    expect(readdirSync(outside)).toEqual([])
    rmSync(join(folder, 'architecture-output'))
    rmSync(outside, { recursive: true })
  })

  test('writes the bytes the tool listed, and only the paths asked for', async () => {
    const { structured } = await call('pipeline_template').run({ include: ['files'] }, worldAt(folder))
    const files = structured['files'] as { path: string, body: string }[]
    expect(files.length).toBeGreaterThan(1)
    const [first] = files as [{ path: string, body: string }]
    const written = await call('write_files').run({ tool: 'pipeline_template', paths: [first.path] }, worldAt(folder))
    expect(written.structured).toMatchObject({ ok: true, files: [{ path: first.path, status: 'created' }] })
    expect(readFileSync(join(folder, first.path), 'utf8')).toBe(first.body)
    rmSync(join(folder, first.path))
  })

  test('a file that differs is a conflict, and then nothing is written', async () => {
    const { structured } = await call('env_matrix').run({}, worldAt(folder))
    const [differs, other] = (structured['files'] as { path: string }[]).map(({ path }) => path).sort((a, b) => Number(b === '.env.example') - Number(a === '.env.example')) as [string, string]
    const before = readFileSync(join(folder, differs), 'utf8')
    const written = await call('write_files').run({ tool: 'env_matrix', paths: [differs, other] }, worldAt(folder))
    expect(written.structured).toMatchObject({ ok: false, conflicts: [{ id: 'file-differs', inputs: [differs] }] })
    expect(readFileSync(join(folder, differs), 'utf8')).toBe(before)
    expect(existsSync(join(folder, other))).toBe(false)
  })

  test('a path that the tool does not make, and a tool without files, are errors', async () => {
    await expect(call('write_files').run({ tool: 'pipeline_template', paths: ['../x'] }, worldAt(folder))).rejects.toThrow(/Unexpected path/)
    await expect(call('write_files').run({ tool: 'select_auth' }, worldAt(folder))).rejects.toThrow(/generates no files/)
  })
})

test('what a blueprint wrote has nothing to report, and a removed section is found', async () => {
  await call('write_files').run({ tool: 'blueprint' }, worldAt(folder))
  const clean = await call('check_deliverables').run({}, worldAt(folder))
  expect(clean.structured).toMatchObject({ ok: true, findings: [] })
  rmSync(join(folder, 'architecture-output'), { recursive: true })
  await expect(call('check_deliverables').run({}, worldAt(folder))).rejects.toThrow(/architecture-output/)
})

test('every deciding tool has a headline', () => {
  expect(Object.keys(headlines).sort()).toEqual(decidingTools.map(({ name }) => name).sort())
})

test('every call has a name, a title and a flat schema', () => {
  expect(calls.map(({ name }) => name)).toEqual(offered.names)
  expect(offered.names.slice(0, decidingTools.length)).toEqual(decidingTools.map(({ name }) => name))
  expect(calls).toHaveLength(8)
  for (const { inputSchema, title } of calls) {
    expect(title.length).toBeGreaterThan(3)
    expect(inputSchema()).toMatchObject({ type: 'object', additionalProperties: false })
  }
})
