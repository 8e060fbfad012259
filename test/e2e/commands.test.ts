import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import matter from 'gray-matter'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clientVersions } from './support/client-binary.ts'
import { commandLine } from './support/command-line.ts'
import { filesOf } from './support/files-of.ts'
import { asOf, installed, shop, type Installed } from './support/installed.ts'
import { checkout, fullName } from './support/plugin-repo.ts'
import { allText, outcomes, structuredOf } from './support/seen.ts'

const commands = readdirSync(join(checkout, 'commands')).filter((name) => name.endsWith('.md')).map((name) => basename(name, '.md'))

/** Commands that write documents; the others write the files of the one tool they call. */
const documents = ['blueprint', 'security-architecture', 'observability', 'devops-blueprint']
const helpers = ['read_project', 'write_files', 'check_deliverables']

/** Bare names of the tools that a command's front matter grants. */
function granted(command: string): readonly string[] {
  const { data } = matter(readFileSync(join(checkout, 'commands', `${command}.md`), 'utf8'))
  return (data['allowed-tools'] as readonly string[]).map((name) => name.replace(fullName(''), ''))
}

const argumentsFor = (tool: string) => (tool === 'migration_plan' ? { asOf, database: 'postgresql', change: 'add-nullable-column', table: 'orders', column: 'note', type: 'text' } : { asOf })
const hasFiles = (result: Record<string, unknown>): boolean => (result['files'] as readonly unknown[]).length > 0

/** What the same calls write from a shell. */
function filesFromShell(writes: readonly object[]): Readonly<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'ops-shell-'))
  try {
    cpSync(shop, folder, { recursive: true })
    for (const write of writes) commandLine(folder, 'write_files', ...Object.entries(write).flatMap(([name, value]) => [`--${name}`, typeof value === 'string' ? value : JSON.stringify(value)]))
    return filesOf(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe.each(clientVersions)('client %s', (version) => {
  let client: Installed
  beforeAll(async () => { client = await installed(version) })
  afterAll(() => client?.remove())

  test.each(commands)('%s: expands, calls what it grants without being asked, writes what a shell writes', async (command) => {
    const tools = granted(command)
    const deciding = tools.filter((tool) => !helpers.includes(tool))
    const isDocument = documents.includes(command)
    let writes: readonly object[] = []
    const session = await client.talk(`/operational-patterns:${command} wholesalers with SSO later`, (seen, turn) => {
      if (turn === 0) return tools.filter((tool) => tool !== 'write_files').map((tool) => ({ call: fullName(tool), with: deciding.includes(tool) ? argumentsFor(tool) : {} }))
      if (turn > 1 || !tools.includes('write_files')) return [{ say: 'done' }]
      writes = isDocument ? [{ tool: 'blueprint', arguments: { asOf } }] : deciding.filter((tool) => hasFiles(structuredOf(seen, fullName(tool)))).map((tool) => ({ tool, arguments: argumentsFor(tool) }))
      return writes.length === 0 ? [{ say: 'nothing to write' }] : writes.map((write) => ({ call: fullName('write_files'), with: write }))
    })

    const text = allText(session.turns[0]!)
    const lines = client.plainLines(`commands/${command}.md`)
    expect(lines.length).toBeGreaterThan(2)
    expect(lines.filter((line) => !text.includes(line))).toEqual([])
    expect(text).toContain('wholesalers with SSO later')

    expect(session.result.permission_denials, session.account).toEqual([])
    expect(session.turns.slice(1).flatMap(outcomes).filter((outcome) => outcome.isError)).toEqual([])
    for (const tool of deciding) expect(structuredOf(session.turns[1]!, fullName(tool)), tool).toHaveProperty('decision')

    const written = filesOf(client.sandbox.project)
    if (command === 'pipeline' || isDocument) expect(Object.keys(written).length).toBeGreaterThan(Object.keys(filesOf(shop)).length)
    expect(written).toEqual(filesFromShell(writes))
  })

  test('blueprint: the three documents are those of the command line', async () => {
    const session = await client.talk('/operational-patterns:blueprint', (_, turn) => (turn === 0 ? [{ call: fullName('write_files'), with: { tool: 'blueprint', arguments: { asOf } } }] : [{ say: 'done' }]))
    expect(structuredOf(session.turns[1]!, fullName('write_files'))).toMatchObject({ ok: true })
    const out = mkdtempSync(join(tmpdir(), 'ops-shell-'))
    commandLine(shop, 'blueprint', '--project', '.', '--out', out, '--as-of', asOf)
    const expected = filesOf(out)
    rmSync(out, { recursive: true, force: true })
    expect(Object.keys(expected)).toEqual(expect.arrayContaining(['security-architecture.md', 'observability.md', 'devops-blueprint.md']))
    expect(filesOf(join(client.sandbox.project, 'architecture-output'))).toEqual(expected)
  })
})
