import { expect, test } from 'vitest'
import { checkDeliverables } from '../../src/project/check.ts'
import { renderManaged } from '../../src/project/managed.ts'
import { merge } from '../../src/project/managed-merge.ts'
import { unfinishedMerges } from '../../src/project/merge-conflict.ts'
import { folder } from './folder.ts'

const both = (ours: string, theirs: string): string => `<<<<<<< HEAD\n${ours}\n=======\n${theirs}\n>>>>>>> main\n`

test.each<[string, string, number[]]>([
  ['two of them', `a\n${both('b', 'c')}d\n${both('e', 'f')}`, [2, 8]],
  ['with CRLF', both('b', 'c').replaceAll('\n', '\r\n'), [1]],
  ['half of one', '<<<<<<< HEAD\na\n', []],
  ['a heading underlined with seven signs', 'Title\n=======\n<<<<<<< a\n', []],
  ['many lines that only begin one', '<<<<<<< a\n'.repeat(200_000), []],
])('a merge that was not finished: %s', (_, text, lines) => expect(unfinishedMerges(text)).toEqual(lines))

test('a part in two versions stops the update, which says that a merge was not finished; the check names its line', async () => {
  const text = `# T\n\n${both(renderManaged('sign-in', 'ours'), renderManaged('sign-in', 'theirs'))}`
  expect(() => merge(text, [{ id: 'sign-in', body: 'new' }], 'doc.md')).toThrow(/doc\.md:8\. A merge was not finished on line 3/)
  const root = folder({ 'architecture-output/observability.md': text })
  const found = (await checkDeliverables(root)).findings.filter(({ rule }) => rule === 'merge-conflict')
  expect(found).toMatchObject([{ severity: 'error', file: 'architecture-output/observability.md', line: 3 }])
})
