import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { InputError } from '../../src/core/errors.ts'
import { checkDeliverables } from '../../src/project/check.ts'
import { deliverablesFolder, deliverableSpecs, type DeliverableSpec } from '../../src/project/deliverables.ts'
import { mergeManaged } from '../../src/project/managed-files.ts'
import { folder } from './folder.ts'

const row = (columns: readonly string[]): string => `| ${columns.join(' | ')} |\n| ${columns.map(() => '---').join(' | ')} |\n| ${columns.map(() => 'x').join(' | ')} |`
const whole = (spec: DeliverableSpec): string => mergeManaged(undefined, `# ${spec.title}`, spec.sections.map(({ id, title, columns }) => ({ id, body: `## ${title}\n\n${columns === undefined ? 'Said.' : row(columns)}` })), spec.file).text
const byHand = (spec: DeliverableSpec): string => `# ${spec.title}\n\n${spec.sections.map(({ title, columns }) => `## ${title}\n\n${columns === undefined ? 'Said.' : row(columns)}\n`).join('\n')}`

/** A project whose three documents are complete, except for `change`. */
function project(change: Readonly<Record<string, (text: string) => string>> = {}, write = whole): string {
  return folder(Object.fromEntries(deliverableSpecs.map((spec) => [`${deliverablesFolder}/${spec.file}`, (change[spec.file] ?? ((text) => text))(write(spec))])))
}
const rules = async (root: string): Promise<string[]> => (await checkDeliverables(root)).findings.map(({ rule, file, line }) => `${rule} ${file}:${line}`)

test('the three documents are what the product promises', () => {
  expect(deliverableSpecs.map(({ file }) => file)).toEqual(['security-architecture.md', 'observability.md', 'devops-blueprint.md'])
  expect(deliverableSpecs.flatMap(({ sections }) => sections.filter(({ columns }) => columns !== undefined)).map(({ id }) => id)).toEqual(['controls', 'environments'])
})

test.each([['between markers', whole], ['written by hand', byHand]])('complete documents %s have no findings', async (_, write) => {
  const report = await checkDeliverables(project({}, write))
  expect(report).toMatchObject({ findings: [], clean: true })
  expect(report.documents).toHaveLength(3)
})

test('a check of nothing fails: no folder, an empty folder, a file, a folder outside', async () => {
  await expect(checkDeliverables(folder())).rejects.toThrow(InputError)
  await expect(checkDeliverables(folder({ 'architecture-output/other.md': 'x' }))).rejects.toThrow(/Nothing to check/)
  await expect(checkDeliverables(folder({ 'architecture-output': 'a file' }))).rejects.toThrow(InputError)
  await expect(checkDeliverables(folder(), '../elsewhere')).rejects.toThrow(InputError)
  const root = folder()
  symlinkSync(project(), join(root, 'architecture-output'))
  await expect(checkDeliverables(root)).rejects.toThrow(/leads out of the project/)
})

test('a missing document is found', async () => {
  const root = folder({ 'out/observability.md': whole(deliverableSpecs[1] as DeliverableSpec) })
  const { findings, clean } = await checkDeliverables(root, 'out/')
  expect(findings.map(({ rule, file }) => [rule, file])).toEqual([['missing-document', 'out/devops-blueprint.md'], ['missing-document', 'out/security-architecture.md']])
  expect(clean).toBe(false)
})

/** Without this part another heading still names the subject, which is enough for a reader. */
const namedElsewhere = ['migration-tool']
const every = deliverableSpecs.flatMap((spec) => spec.sections.map((section) => ({ ...section, file: spec.file })))
const without = (id: string) => (text: string): string => text.replace(new RegExp(`<!-- ops:begin id=${id} [\\s\\S]*?ops:end id=${id} -->\\n`), '')

test.each(every.filter(({ id, conditional }) => !conditional && !namedElsewhere.includes(id)).map(({ file, id }) => [file, id]))('%s without the part %s is incomplete', async (file, id) => {
  const { findings } = await checkDeliverables(project({ [file]: without(id) }))
  expect(findings.map(({ rule, severity, expected }) => [rule, severity, expected.includes(`(part ${id})`)])).toEqual([['missing-section', 'error', true]])
})

test.each(['deploy', 'migration-strategy', 'seeds'])('%s may be left out of a generated document, and is only information in one written by hand', async (id) => {
  expect(await rules(project({ 'devops-blueprint.md': without(id) }))).toEqual([])
  if (id !== 'seeds') return
  const byHandWithout = (text: string): string => text.replace(/## Seeds\n\nSaid\.\n\n/, '')
  const { findings } = await checkDeliverables(project({ 'devops-blueprint.md': byHandWithout }, byHand))
  expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([['missing-section', 'info']])
})

test('an empty section, a table without rows and a table without columns are found with their lines', async () => {
  const root = project({
    'observability.md': (text) => text.replace('## Tracing\n\nSaid.', '## Tracing'),
    'security-architecture.md': (text) => text.replace('| x | x | x | x |\n', ''),
    'devops-blueprint.md': (text) => text.replaceAll('Deploy Trigger', 'Deploys'),
  })
  const found = (await rules(root)).filter((rule) => !rule.startsWith('edited-part'))
  expect(found).toEqual([expect.stringMatching(/^missing-columns .*devops-blueprint\.md:\d+$/), expect.stringMatching(/^empty-section .*observability\.md:\d+$/), expect.stringMatching(/^empty-table .*security-architecture\.md:\d+$/)])
})

test.each(['TODO', 'TBD: ask Dana', 'lorem ipsum dolor', 'Runs on <your-host>', 'Owner: [insert name]', 'Region {{ region }}', '<project-name>'])('the placeholder %j is found on its line', async (words) => {
  const root = project({ 'observability.md': (text) => text.replace('# Observability\n', `# Observability\n\nFirst line\n${words}\n`) })
  expect(await rules(root)).toEqual([`placeholder ${deliverablesFolder}/observability.md:4`])
})

test.each(['A todo list app', '`<id>` stands for the id', '```sh\necho "TODO"\n```', 'Line<br>break', '<details><summary>More</summary>x</details>', 'See <https://example.com>', '[your rights](https://example.com)', 'a < b and b > c'])('%j is no placeholder', async (words) => {
  expect(await rules(project({ 'observability.md': (text) => text.replace('# Observability\n', `# Observability\n\n${words}\n`) }))).toEqual([])
})

test('a changed part is information, a broken marker an error', async () => {
  const root = project({ 'observability.md': (text) => text.replace('Said.', 'Said by me.'), 'devops-blueprint.md': (text) => text.replace(/<!-- ops:end id=seeds -->\n/, '') })
  const { findings, clean } = await checkDeliverables(root)
  expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([['broken-marker', 'error'], ['edited-part', 'info']])
  expect(clean).toBe(false)
})

test('Windows files with a byte order mark have the same findings on the same lines', async () => {
  const change = (text: string): string => `${text}\nTODO\n`
  const plain = await rules(project({ 'observability.md': change }))
  expect(plain).toHaveLength(1)
  expect(await rules(project({ 'observability.md': (text) => `\uFEFF${change(text).replaceAll('\n', '\r\n')}` }))).toEqual(plain)
})

test.each([['binary', Uint8Array.from([35, 0, 1])], ['5 MB', 'x'.repeat(5 * 1024 * 1024)]])('a %s document is refused with its name', async (_, body) => {
  await expect(checkDeliverables(folder({ [`${deliverablesFolder}/observability.md`]: body }))).rejects.toThrow(/observability\.md/)
})

test('every finding says what was found, what was expected and what to do', async () => {
  const { findings } = await checkDeliverables(folder({ [`${deliverablesFolder}/observability.md`]: '# Observability\n\nTODO\n' }))
  expect(findings.length).toBeGreaterThan(5)
  for (const finding of findings) expect([finding.found, finding.expected, finding.next, finding.line > 0].every(Boolean)).toBe(true)
})
