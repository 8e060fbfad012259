import { expect, test } from 'vitest'
import { findFlips } from '../../src/core/flips.ts'
import { generatedFile, sha256 } from '../../src/core/file.ts'
import { code, fence, plain, table } from '../../src/core/markdown.ts'
import { nearest } from '../../src/core/nearest.ts'
import { byText } from '../../src/core/order.ts'

test.each([['gitlab-ci', 'gitlab'], ['mvpp', 'mvp'], ['Postgres', 'postgresql'], ['zzz', undefined]])('the word nearest to %s is %s', (found, word) => {
  expect(nearest(found, ['gitlab', 'github-actions', 'mvp', 'postgresql'])).toBe(word)
})

test('hostile text stays inside its cell, its code and its fence', () => {
  expect(table(['a'], [['x | y\nz']]).split('\n')).toHaveLength(3)
  expect(plain('<b>*x* [y](z) | `q`')).toBe('\\<b\\>\\*x\\* \\[y\\](z) \\| \\`q\\`')
  expect(code('a`b``c')).toBe('```a`b``c```')
  expect(fence('sql', '```\nDROP\n```')).toMatch(/^````sql\n/)
  expect(table(['a'], [])).toBe('')
})

test('a file ends with one line break and tells its size and hash', () => {
  const file = generatedFile('a.txt', 'p', 'cat', 'ü\n\n\n')
  expect(file).toMatchObject({ body: 'ü\n', bytes: 3, sha256: sha256('ü\n') })
})

test('only changes that alter the decision are flips, and unchanged inputs are not tried', () => {
  const decide = ({ users }: { users: number }) => (users > 10 ? 'big' : 'small')
  const probes = [{ change: 'users: 5', set: { users: 5 } }, { change: 'users: 8', set: { users: 8 } }, { change: 'users: 50', set: { users: 50 } }]
  expect(findFlips({ users: 5 }, probes, decide, (one) => one)).toEqual([{ change: 'users: 50', outcome: 'big' }])
})

test('texts are ordered by code unit', () => {
  expect(['b', 'a', 'B'].sort(byText)).toEqual(['B', 'a', 'b'])
})
