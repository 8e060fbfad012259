import { chmodSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { InputError } from '../../../src/core/errors.ts'
import { checkDeliverables } from '../../../src/project/check.ts'
import { readBlocks } from '../../../src/project/check/blocks.ts'
import { parseMarkdown } from '../../../src/project/markdown.ts'
import { textOf, type MarkdownNode } from '../../../src/project/markdown-text.ts'
import { examples } from '../../support/world.ts'
import { folder } from '../folder.ts'

const out = 'architecture-output'
const documents = ['security-architecture.md', 'observability.md', 'devops-blueprint.md']
const all = (text: string) => folder(Object.fromEntries(documents.map((file) => [`${out}/${file}`, text])))

test.each<[string, () => string]>([
  ['no folder', () => folder()], ['no documents', () => folder({ [`${out}/notes.md`]: 'x' })], ['binary', () => folder({ [`${out}/observability.md`]: Uint8Array.from([35, 0, 255]) })],
  ['5 MB', () => folder({ [`${out}/observability.md`]: 'x\n'.repeat(2_500_000) })], ['UTF-16', () => folder({ [`${out}/observability.md`]: Buffer.from('\ufeff# Observability', 'utf16le') })],
  ['a folder in the place of a document', () => folder({ [`${out}/observability.md/x`]: 'x' })],
  ['a link in the place of a document', () => { const root = folder({ [`${out}/a.md`]: 'x' }); symlinkSync('/etc/hostname', join(root, out, 'observability.md')); return root }],
  ['a link out of the project', () => { const root = folder(); symlinkSync(all('# x'), join(root, out)); return root }],
])('%s: a clear error', async (_, make) => {
  await expect(checkDeliverables(make())).rejects.toThrow(InputError)
})

test.each<[string, string]>([
  ['nothing', ''], ['only line ends', '\r\n\r\n\r'], ['a byte order mark', '\ufeff# Observability\n\nx\n'], ['Windows lines', '# Observability\r\n\r\n## Logging\r\n\r\nx\r\n'], ['old Mac lines', '# Observability\r\r## Logging\r\rx\r'],
  ['broken markers', '<!-- ops:begin id=a -->\n<!-- ops:end id=b -->\n'], ['nested markers', '<!-- ops:begin id=a sha256=0000000000000000 -->\n<!-- ops:begin id=b sha256=0000000000000000 -->\n'],
  ['an open comment', '# x\n<!-- never closed\n'], ['an open fence', '```\n# x\n'], ['a deep list', Array.from({ length: 500 }, (_, index) => `${' '.repeat(index * 2)}- x`).join('\n')], ['a wide table', `${'| a '.repeat(3000)}|\n${'| - '.repeat(3000)}|\n${'| b '.repeat(3000)}|\n`],
  ['one long line', 'a '.repeat(400_000)], ['many brackets', '['.repeat(50_000)], ['many stars', '*a '.repeat(50_000)], ['many ticks', '`'.repeat(50_000)], ['many links', '[a](b'.repeat(20_000)], ['many pipes', '|'.repeat(100_000)], ['many dashes', `a\n${'-'.repeat(100_000)} x`], ['many angles', '<a '.repeat(50_000)],
  ['many quotes in a diagram', `\`\`\`mermaid\nflowchart LR\n  ${'a["'.repeat(10_000)}\n\`\`\``], ['many arrows', `\`\`\`mermaid\nflowchart LR\n  ${'a --> '.repeat(10_000)}b\n\`\`\``], ['an emoji cut in two', `# \ud83d\n\nx \udc00`],
])('%s: findings, no crash, in reasonable time', async (_, text) => {
  const started = process.cpuUsage().user
  const { findings } = await checkDeliverables(all(text))
  for (const { file, line } of findings) expect([documents.some((name) => file.endsWith(name)), line >= 1]).toEqual([true, true])
  expect((process.cpuUsage().user - started) / 1e6).toBeLessThan(6)
})

test('a folder without the right to write is read all the same', async () => {
  const root = all('# x\n')
  chmodSync(join(root, out), 0o555)
  try {
    expect((await checkDeliverables(root)).documents).toHaveLength(3)
  } finally {
    chmodSync(join(root, out), 0o755)
  }
})

test('links never leave the project: what lies outside is not there', async () => {
  const root = all('# x\n\n## Our own\n\n[a](../../../etc/hostname) [b](/etc/hostname) [c](%2e%2e/%2e%2e/%2e%2e/etc/hosts)\n')
  const { findings } = await checkDeliverables(root)
  expect(findings.filter(({ rule }) => rule === 'broken-link')).toHaveLength(9)
})

test('the line reader sees the headings, tables, items and code that a Markdown parser sees', () => {
  const files = readdirSync(examples).flatMap((name) => documents.map((file) => join(examples, name, out, file)))
  expect(files.length).toBeGreaterThanOrEqual(18)
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    const theirs: string[] = []
    const visit = (node: MarkdownNode): void => {
      const line = node.position?.start.line ?? 0
      if (node.type === 'heading') theirs.push(`heading ${line}`)
      if (node.type === 'table') theirs.push(...(node.children ?? []).map((row, index) => (index === 0 ? `table ${line}` : `row ${row.position?.start.line} ${(row.children ?? []).length}`)))
      if (node.type === 'code') theirs.push(`code ${line}`)
      if (node.type === 'listItem') theirs.push(`item ${line}`)
      if (node.type === 'paragraph' && textOf(node) === '') theirs.push(`empty ${line}`)
      for (const child of node.children ?? []) visit(child)
    }
    visit(parseMarkdown(text))
    const ours = readBlocks(text).flatMap((block) => (block.kind === 'table' ? [`table ${block.line}`, ...block.rows.map(({ line, cells }) => `row ${line} ${cells.length}`)] : block.kind === 'paragraph' || block.kind === 'comment' ? [] : [`${block.kind} ${block.line}`]))
    expect(ours, file).toEqual(theirs)
  }
})
