import { describe, expect, test } from 'vitest'
import { InputError } from '../../src/core/errors.ts'
import { contentHash, renderManaged, textHash, type Part } from '../../src/project/managed.ts'
import { mergeManaged, readDeliverable } from '../../src/project/managed-files.ts'
import { merge } from '../../src/project/managed-merge.ts'
import { parseManaged } from '../../src/project/managed-parse.ts'
import { folder } from './folder.ts'

const parts: readonly Part[] = [{ id: 'sign-in', body: '## Sign-in\n\nClerk.' }, { id: 'controls', body: '## Controls\n\n| A | B |\n| - | - |\n| 1 | 2 |' }]
const fresh = (text = parts): string => mergeManaged(undefined, '# Title', text, 'doc.md').text
const statuses = (changes: readonly { id: string, status: string }[]): string[] => changes.map(({ id, status }) => `${id} ${status}`)

test('a new document holds the heading and every part in order, and parses back', () => {
  const { text, changes } = mergeManaged(undefined, '# Title', parts, 'doc.md')
  expect(statuses(changes)).toEqual(['sign-in added', 'controls added'])
  expect(text.startsWith('# Title\n\n<!-- ops:begin id=sign-in sha256=')).toBe(true)
  const pieces = parseManaged(text, 'doc.md').filter((piece) => piece.kind === 'part')
  expect(pieces.map(({ id, edited }) => [id, edited])).toEqual([['sign-in', false], ['controls', false]])
})

test('running twice changes nothing', () => {
  const first = fresh()
  const again = merge(first, parts, 'doc.md')
  expect(again.text).toBe(first)
  expect(statuses(again.changes)).toEqual(['sign-in unchanged', 'controls unchanged'])
})

test('an untouched part is updated and everything around it stays byte for byte', () => {
  const mine = fresh().replace('# Title\n', '# My title\n\nMy words.  \n').concat('\n## Ours\n\nKeep  this.\n')
  const { text, changes } = merge(mine, [{ id: 'sign-in', body: '## Sign-in\n\nWorkOS.' }, parts[1] as Part], 'doc.md')
  expect(statuses(changes)).toEqual(['sign-in updated', 'controls unchanged'])
  expect(text).toContain('WorkOS.')
  expect(text.startsWith('# My title\n\nMy words.  \n')).toBe(true)
  expect(text.endsWith('\n## Ours\n\nKeep  this.\n')).toBe(true)
})

test('a part that a person changed is kept and the difference shown', () => {
  const edited = fresh().replace('Clerk.', 'Clerk, but ask Dana first.')
  const { text, changes } = merge(edited, [{ id: 'sign-in', body: '## Sign-in\n\nWorkOS.' }, parts[1] as Part], 'doc.md')
  expect(text).toBe(edited)
  expect(changes[0]).toMatchObject({ id: 'sign-in', status: 'kept-edited', firstLine: 3, lastLine: 7 })
  expect(changes[0]?.diff).toContain('-Clerk, but ask Dana first.')
  expect(changes[0]?.diff).toContain('+WorkOS.')
  expect(merge(text, parts, 'doc.md').text).toBe(edited)
})

test('a difference shows no sign that a terminal would obey', () => {
  const edited = fresh().replace('Clerk.', 'Clerk \u001b]0;x\u0007\u202Eevil\u009b2J.')
  const diff = merge(edited, [{ id: 'sign-in', body: 'WorkOS.' }, parts[1] as Part], 'doc.md').changes[0]?.diff ?? ''
  expect(diff).toContain('Clerk \uFFFD]0;x\uFFFD\uFFFDevil\uFFFD2J.')
})

test('a change that matches what the tool says now is managed again', () => {
  const edited = fresh().replace('Clerk.', 'WorkOS.')
  const now = [{ id: 'sign-in', body: '## Sign-in\n\nWorkOS.' }, parts[1] as Part]
  const { text, changes } = merge(edited, now, 'doc.md')
  expect(changes[0]?.status).toBe('unchanged')
  expect(parseManaged(text, 'doc.md').some((piece) => piece.kind === 'part' && piece.edited)).toBe(false)
})

test('a missing part is added where it belongs, and the person\'s order of the others stays', () => {
  const swapped = merge('# T\n', [parts[1] as Part, parts[0] as Part], 'doc.md').text
  const { text, changes } = merge(swapped, [parts[0] as Part, { id: 'tokens', body: 'Tokens.' }, parts[1] as Part], 'doc.md')
  expect(statuses(changes)).toEqual(['sign-in unchanged', 'tokens added', 'controls unchanged'])
  expect(parseManaged(text, 'doc.md').flatMap((piece) => (piece.kind === 'part' ? [piece.id] : []))).toEqual(['controls', 'sign-in', 'tokens'])
})

test('parts that are gone are removed only from a complete document, and never when edited', () => {
  const first = fresh()
  expect(merge(first, [parts[0] as Part], 'doc.md').text).toBe(first)
  expect(statuses(merge(first, [parts[0] as Part], 'doc.md', { complete: true }).changes)).toEqual(['sign-in unchanged', 'controls removed'])
  const edited = first.replace('| 1 | 2 |', '| 1 | 3 |')
  const kept = merge(edited, [parts[0] as Part], 'doc.md', { complete: true })
  expect(kept.text).toBe(edited)
  expect(statuses(kept.changes)).toEqual(['sign-in unchanged', 'controls kept-edited'])
})

test.each([['the first', 0], ['the middle one', 1], ['the last', 2]])('%s of three parts that goes and comes back leaves the text as it was, however often', (_, gone) => {
  const three = [...parts, { id: 'owasp', body: '## OWASP' }]
  const fewer = three.filter((_part, index) => index !== gone)
  for (const convert of [(text: string) => text, (text: string) => text.replaceAll('\n', '\r\n'), (text: string) => `\uFEFF${text}`]) {
    const first = convert(fresh(three))
    const without = merge(first, fewer, 'doc.md', { complete: true }).text
    expect(without).toBe(convert(fresh(fewer)))
    expect(merge(without, three, 'doc.md', { complete: true }).text).toBe(first)
  }
})

test('a part that goes from between two paragraphs does not make them one', () => {
  const [part] = parts as [Part]
  const text = `Ours.\n${renderManaged(part.id, part.body)}\nOurs too.\n`
  expect(merge(text, [], 'doc.md', { complete: true }).text).toBe('Ours.\n\nOurs too.\n')
})

test.each([['CRLF', (text: string) => text.replaceAll('\n', '\r\n')], ['a byte order mark', (text: string) => `\uFEFF${text}`], ['both', (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`], ['no line break at the end', (text: string) => text.trimEnd()]])('%s is no change and survives an update', (_, convert) => {
  const existing = convert(fresh())
  expect(merge(existing, parts, 'doc.md').text).toBe(existing)
  const updated = merge(existing, [{ id: 'sign-in', body: 'One line.' }, parts[1] as Part], 'doc.md').text
  expect(updated.startsWith('\uFEFF')).toBe(existing.startsWith('\uFEFF'))
  if (existing.includes('\r\n')) expect(updated.replaceAll('\r\n', '')).not.toContain('\n')
  expect(merge(updated, [{ id: 'sign-in', body: 'One line.' }, parts[1] as Part], 'doc.md').text).toBe(updated)
})

describe('markers that cannot be trusted stop the merge and name the line', () => {
  const good = renderManaged('a', 'text')
  test.each([
    ['a begin marker without a hash', '<!-- ops:begin id=a -->\ntext\n<!-- ops:end id=a -->\n', /doc\.md:1\..*begin marker reads/],
    ['a part that is never closed', `x\n${good.split('\n').slice(0, 2).join('\n')}\n`, /doc\.md:2\./],
    ['an end marker alone', 'x\n\n<!-- ops:end id=a -->\n', /doc\.md:3\./],
    ['the wrong end marker', good.replace('end id=a', 'end id=b'), /doc\.md:3\./],
    ['a part inside a part', good.replace('text', renderManaged('b', 'inner')), /doc\.md:2\./],
    ['the same part twice', `${good}\n\n${good}\n`, /second part a .*line 1.* at doc\.md:5\./],
    ['an id nobody could have written', good.replaceAll('id=a', 'id=../a'), /doc\.md:1\./],
    ['a fence of the person\'s own that never closes', '# T\n\n```sh\nls\n', /doc\.md:3\./],
    ['a fence that hides a part by never closing', `\`\`\`\n${good}\n`, /code fence that is never closed at doc\.md:1\./],
  ])('%s', (_, text, message) => {
    expect(() => merge(text, parts, 'doc.md')).toThrow(InputError)
    expect(() => merge(text, parts, 'doc.md')).toThrow(message)
  })
})

test('markers that people quote in a code fence or in a sentence are text', () => {
  const quoted = `# T\n\nWe use \`<!-- ops:begin id=a sha256=0123456789abcdef -->\` here.\n\n~~~md\n${renderManaged('sign-in', 'x')}\n~~~\n`
  const { text, changes } = merge(quoted, parts, 'doc.md')
  expect(text.startsWith(quoted)).toBe(true)
  expect(statuses(changes)).toEqual(['sign-in added', 'controls added'])
  expect(merge(text, parts, 'doc.md').text).toBe(text)
})

const hostile = ['<!-- ops:begin id=x sha256=0123456789abcdef -->', '  <!-- ops:end id=sign-in -->', '<!--ops:begin-->', '```', '~~~~', '````md', '-->', '<!--', '', ' ', '\t', '---', '# T', '\r', 'text', '$&', '$1', '\\', '<script>']
/** A small fixed sequence of pseudo-random numbers, so that a failure can be run again. */
function numbers(seed: number): () => number {
  let state = seed
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648)
}

test('whatever a body holds, it parses back as one part and merges to itself', () => {
  for (let seed = 1; seed <= 400; seed += 1) {
    const next = numbers(seed)
    const body = (): string => Array.from({ length: next() % 8 }, () => hostile[next() % hostile.length]).join('\n')
    const some = [{ id: 'sign-in', body: body() }, { id: 'controls', body: body() }, { id: 'owasp', body: body() }]
    const first = mergeManaged(undefined, '# T', some, 'doc.md').text
    const pieces = parseManaged(first, 'doc.md').filter((piece) => piece.kind === 'part')
    expect(pieces.map(({ id, edited }) => [id, edited]), JSON.stringify(some)).toEqual([['sign-in', false], ['controls', false], ['owasp', false]])
    expect(merge(first, some, 'doc.md').text, JSON.stringify(some)).toBe(first)
    const updated = merge(first, some.map((part) => ({ ...part, body: `${part.body}\nmore` })), 'doc.md')
    expect(updated.changes.every(({ status }) => status === 'updated')).toBe(true)
    expect(merge(updated.text, some, 'doc.md').text, JSON.stringify(some)).toBe(first)
  }
})

const laidOut: readonly (readonly [what: string, a: string, b: string])[] = [
  ['line ends and blank space at their ends', 'a  \r\nb\n\n', 'a\nb'],
  ['lines wrapped anew', 'one two\nthree', 'one\ntwo three'],
  ['padding of a table', '| A | B |\n| - | -: |\n| 1 \\| 2 | 3 |', '| A      |   B |\n| ------ | --: |\n| 1 \\| 2 |   3 |'],
  ['signs for bullets and emphasis', '- *a*\n  - __b__', '* _a_\n    + **b**'],
  ['empty lines', '## A\ntext\n- b', '## A\n\ntext\n\n- b'],
  ['escapes and brackets around an address', 'a \\< b https://x.example/y', 'a < b <https://x.example/y>'],
  ['JSON laid out anew', '```json\n{"a":1}\n```', '~~~json\n{\n  "a": 1\n}\n~~~'],
]
const changed: readonly (readonly [what: string, a: string, b: string])[] = [
  ['a word', 'a b', 'a c'], ['a list item more', '- a', '- a\n- b'], ['a cell', '| 1 | 2 |', '| 1 | 3 |'], ['an alignment', '| - |', '| -: |'], ['a space in code', '```sh\na b\n```', '```sh\na  b\n```'],
  ['a backslash in a code span', 'see `\\d+\\.`', 'see `\\d+.`'], ['a box that is ticked', '- [ ] a', '- [x] a'], ['two texts made one', '- a\n- b', '- a b'], ['a heading of another depth', '## a', '### a'],
]

test('layout is no change of a part, and everything else is', () => {
  for (const [what, a, b] of laidOut) expect(contentHash(a), what).toBe(contentHash(b))
  for (const [what, a, b] of changed) expect(contentHash(a), what).not.toBe(contentHash(b))
})

test('a part that was only formatted follows the profile; documents from before are read by the hash of their time', () => {
  const body = '## Controls\n\n| A | B |\n| - | - |\n| 1 | 2 |'
  const formatted = renderManaged('controls', body).replace('-->\n##', '-->\n\n##').replace('| 1 | 2 |', '| 1   | 2   |')
  expect(merge(formatted, [{ id: 'controls', body }], 'doc.md')).toMatchObject({ text: formatted, changes: [{ status: 'unchanged' }] })
  expect(merge(formatted, [{ id: 'controls', body: `${body}\n| 3 | 4 |` }], 'doc.md').changes).toMatchObject([{ status: 'updated' }])
  const before = renderManaged('controls', body).replace(/sha256=\w+/, `sha256=${textHash(body)}`)
  expect(merge(before, [{ id: 'controls', body: 'New.' }], 'doc.md').changes).toMatchObject([{ status: 'updated' }])
})

test('a 1 MB document merges, a difference between large parts is cut short', () => {
  const long = Array.from({ length: 20_000 }, (_, index) => `line ${index} of a long document`).join('\n')
  const first = mergeManaged(undefined, '# T', [{ id: 'a', body: long }], 'doc.md').text
  const { changes } = merge(first.replaceAll('long', 'short'), [{ id: 'a', body: `${long}\nend` }], 'doc.md')
  expect(changes[0]?.status).toBe('kept-edited')
  expect(changes[0]?.diff?.split('\n').length).toBeLessThan(60)
})

test('a deliverable that is missing is undefined; binary, large and linked ones and those in an older encoding are refused', () => {
  const root = folder({ 'bin.md': Uint8Array.from([35, 0, 1]), 'latin.md': Uint8Array.from([99, 97, 102, 233, 10]), 'big.md': 'x'.repeat(5 * 1024 * 1024), 'folder.md/x': 'x' })
  expect(readDeliverable(root, 'none.md')).toBeUndefined()
  for (const file of ['bin.md', 'latin.md', 'big.md', 'folder.md', '../x.md']) expect(() => readDeliverable(root, file), file).toThrow(InputError)
})
