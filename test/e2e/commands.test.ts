import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import matter from 'gray-matter'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clientVersions } from './support/client-binary.ts'
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
  return (data['allowed-tools'] as readonly string[]).filter((name) => name.startsWith(fullName(''))).map((name) => name.replace(fullName(''), ''))
}

const argumentsFor = (tool: string) => (tool === 'migration_plan' ? { asOf, database: 'postgresql', change: 'add-nullable-column', table: 'orders', column: 'note', type: 'text' } : { asOf })
const hasFiles = (result: Record<string, unknown>): boolean => (result['files'] as readonly unknown[]).length > 0

const writeDocuments = { tool: 'blueprint', arguments: { asOf } }

const writeFromShell = (client: Installed, folder: string, write: object): string =>
  client.shell(folder, 'write_files', ...Object.entries(write).flatMap(([name, value]) => [`--${name}`, typeof value === 'string' ? value : JSON.stringify(value)]))

/** Files of a new folder after `fill` ran in it; the folder is removed. */
function filesAfter(fill: (folder: string) => void): Readonly<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'ops-shell-'))
  try {
    fill(folder)
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
    // What `check` checks is there before; the others start without documents.
    let checksLeft = isDocument || command === 'check' ? 1 : 0
    let writes: readonly object[] = command === 'check' ? [writeDocuments] : []
    const session = await client.talk(`/operational-patterns:${command} wholesalers with SSO later`, (seen, turn) => {
      if (turn === 0) return tools.filter((tool) => tool === 'read_project' || deciding.includes(tool)).map((tool) => ({ call: fullName(tool), with: deciding.includes(tool) ? argumentsFor(tool) : {} }))
      if (turn === 1 && tools.includes('write_files')) {
        writes = isDocument ? [writeDocuments] : deciding.filter((tool) => hasFiles(structuredOf(seen, fullName(tool)))).map((tool) => ({ tool, arguments: argumentsFor(tool) }))
        if (writes.length > 0) return writes.map((write) => ({ call: fullName('write_files'), with: write }))
      }
      if (checksLeft === 0) return [{ say: 'done' }]
      checksLeft -= 1
      return [{ call: fullName('check_deliverables'), with: {} }]
    }, (project) => writes.forEach((write) => writeFromShell(client, project, write)))

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
    expect(written).toEqual(filesAfter((folder) => {
      cpSync(shop, folder, { recursive: true })
      writes.forEach((write) => writeFromShell(client, folder, write))
    }))
  })

  test.each(documents)('%s: what the assistant adds between the managed parts is kept, checked and mended, without a question', async (command) => {
    const file = command === 'blueprint' ? 'devops-blueprint.md' : `${command}.md`
    const path = (): string => join(client.sandbox.project, 'architecture-output', file)
    const end = '<!-- ops:end id=summary -->'
    const edit = (old: string, fresh: string) => ({ call: 'Edit', with: { file_path: path(), old_string: old, new_string: fresh } })
    const session = await client.talk(`/operational-patterns:${command}`, (_, turn) => {
      if (turn === 0) return [{ call: fullName('write_files'), with: writeDocuments }]
      if (turn === 1) return [{ call: 'Read', with: { file_path: path() } }]
      if (turn === 2) return [edit(end, `${end}\n\nOrders come from two shops. TODO`)]
      if (turn === 3 || turn === 5) return [{ call: fullName('check_deliverables'), with: {} }]
      if (turn === 4) return [edit('Orders come from two shops. TODO', 'Orders come from two shops.')]
      if (turn === 6) return [{ call: fullName('write_files'), with: writeDocuments }]
      return [{ say: 'done' }]
    })
    expect(session.result.permission_denials, session.account).toEqual([])
    expect(session.turns.slice(1).flatMap(outcomes).filter((outcome) => outcome.isError)).toEqual([])
    const findings = (turn: number) => (structuredOf(session.turns[turn]!, fullName('check_deliverables'))['findings'] as readonly { readonly rule: string }[]).map(({ rule }) => rule)
    expect(findings(4)).toContain('placeholder')
    expect(findings(6)).not.toContain('placeholder')
    expect(readFileSync(path(), 'utf8')).toContain(`${end}\n\nOrders come from two shops.\n`)
  })

  test('blueprint: the three documents are those of the command line', async () => {
    const session = await client.talk('/operational-patterns:blueprint', (_, turn) => (turn === 0 ? [{ call: fullName('write_files'), with: writeDocuments }] : [{ say: 'done' }]))
    expect(structuredOf(session.turns[1]!, fullName('write_files'))).toMatchObject({ ok: true })
    const expected = filesAfter((folder) => client.shell(shop, 'blueprint', '--project', '.', '--out', folder, '--as-of', asOf))
    expect(Object.keys(expected)).toEqual(expect.arrayContaining(['security-architecture.md', 'observability.md', 'devops-blueprint.md']))
    expect(filesOf(join(client.sandbox.project, 'architecture-output'))).toEqual(expected)
  })
})
