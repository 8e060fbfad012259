import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { InputError } from '../../src/core/errors.ts'
import { commitWrites } from '../../src/project/write-commit.ts'
import { planWrites } from '../../src/project/write-plan.ts'
import { writeFiles } from '../../src/project/write.ts'
import { folder, listing } from './folder.ts'

const statuses = (written: readonly { status: string }[]): string[] => written.map(({ status }) => status)
const read = (root: string, path: string): string => readFileSync(join(root, path), 'utf8')

test('files are created with their folders, and writing again changes nothing', () => {
  const root = folder()
  const files = [{ path: 'a/b/c.yml', body: 'one\n' }, { path: 'd.md', body: 'two\n' }]
  expect(statuses(writeFiles(root, files))).toEqual(['created', 'created'])
  expect(statuses(writeFiles(root, files))).toEqual(['unchanged', 'unchanged'])
  expect(listing(root)).toEqual(['a/b/c.yml', 'd.md'])
})

test('a root that does not exist yet is made', () => {
  const root = join(folder(), 'out/deep')
  expect(statuses(writeFiles(root, [{ path: 'x/y.md', body: 'x\n' }]))).toEqual(['created'])
  expect(read(root, 'x/y.md')).toBe('x\n')
})

test('one file that differs holds all the others back', () => {
  const root = folder({ 'mine.md': 'mine\n' })
  const written = writeFiles(root, [{ path: 'new.md', body: 'new\n' }, { path: 'mine.md', body: 'yours\n' }])
  expect(statuses(written)).toEqual(['held', 'refused'])
  expect(written[1]?.next).toContain('mine.md')
  expect(listing(root)).toEqual(['mine.md'])
  expect(read(root, 'mine.md')).toBe('mine\n')
})

test('partial writes the others, overwrite and merged replace', () => {
  const root = folder({ 'mine.md': 'mine\n', 'doc.md': 'old\n' })
  expect(statuses(writeFiles(root, [{ path: 'new.md', body: 'new\n' }, { path: 'mine.md', body: 'yours\n' }, { path: 'doc.md', body: 'merged\n', merged: true }], { partial: true }))).toEqual(['created', 'refused', 'replaced'])
  expect(statuses(writeFiles(root, [{ path: 'mine.md', body: 'yours\n' }], { overwrite: true }))).toEqual(['replaced'])
  expect([read(root, 'mine.md'), read(root, 'doc.md')]).toEqual(['yours\n', 'merged\n'])
})

test('line ends that Git changed are no difference', () => {
  expect(statuses(writeFiles(folder({ 'a.md': 'one\r\ntwo\r\n' }), [{ path: 'a.md', body: 'one\ntwo\n' }]))).toEqual(['unchanged'])
})

test('a replaced file keeps its mode, a new script can be run', () => {
  const root = folder({ 'run.sh': 'old\n' })
  chmodSync(join(root, 'run.sh'), 0o750)
  writeFiles(root, [{ path: 'run.sh', body: 'new\n' }, { path: 'fresh.sh', body: '#!/bin/sh\n' }], { overwrite: true })
  expect(statSync(join(root, 'run.sh')).mode & 0o777).toBe(0o750)
  expect(statSync(join(root, 'fresh.sh')).mode & 0o100).toBe(0o100)
})

test.each([
  '../out.md', 'a/../../out.md', '/etc/cron.d/x', 'C:/x', 'a\\b', './a', 'a//b', 'a/', '', '.git/hooks/pre-commit', 'sub/.GIT/config', '.env', 'apps/.env.production', '.ENV',
  'nul', 'aux.txt', 'trail. /x', 'ends.', 'a\u0000b', 'a\nb', 'x:stream', `${'x/'.repeat(250)}y`,
])('the path %j is refused and nothing is written', (path) => {
  const root = folder()
  expect(() => writeFiles(root, [{ path: 'fine.md', body: 'x' }, { path, body: 'x' }])).toThrow(InputError)
  expect(listing(root)).toEqual([])
})

test('.env.example may be written', () => {
  expect(statuses(writeFiles(folder(), [{ path: '.env.example', body: 'A=\n' }]))).toEqual(['created'])
})

test('a symbolic link that leads out of the project is refused, to a folder, to a file or to nothing', () => {
  const outside = folder({ 'file.md': 'theirs\n' })
  const root = folder()
  symlinkSync(outside, join(root, 'docs'))
  symlinkSync(join(outside, 'file.md'), join(root, 'file.md'))
  symlinkSync(join(outside, 'not-there'), join(root, 'dangling'))
  for (const path of ['docs/new.md', 'docs/deep/new.md', 'file.md', 'dangling', 'dangling/new.md']) {
    expect(() => writeFiles(root, [{ path, body: 'x' }], { overwrite: true }), path).toThrow(InputError)
  }
  expect(listing(outside)).toEqual(['file.md'])
  expect(read(outside, 'file.md')).toBe('theirs\n')
})

test('an output folder that is a link out of the project is refused when a bound is given', () => {
  const outside = folder()
  const root = folder()
  symlinkSync(outside, join(root, 'architecture-output'))
  expect(() => writeFiles(join(root, 'architecture-output'), [{ path: 'a.md', body: 'x' }], { within: root })).toThrow(/leads out of the project/)
  expect(listing(outside)).toEqual([])
})

test('a file where a folder is expected, and a folder where a file is expected, are named', () => {
  const root = folder({ 'docs': 'a file', 'taken/inside.md': 'x' })
  expect(() => writeFiles(root, [{ path: 'docs/new.md', body: 'x' }])).toThrow(/docs.* is a file where a folder is expected/)
  expect(() => writeFiles(root, [{ path: 'taken', body: 'x' }])).toThrow(/Cannot write taken/)
  expect(() => writeFiles(join(root, 'docs', 'deeper'), [{ path: 'new.md', body: 'x' }])).toThrow(InputError)
})

test('two paths that are one file, and a file that is also a folder, are refused', () => {
  const root = folder()
  expect(() => writeFiles(root, [{ path: 'A.md', body: 'x' }, { path: 'a.md', body: 'y' }])).toThrow(/same file/)
  expect(() => writeFiles(root, [{ path: 'a', body: 'x' }, { path: 'a/b', body: 'y' }])).toThrow(InputError)
  expect(() => writeFiles(root, [])).toThrow(InputError)
  expect(listing(root)).toEqual([])
})

test('a failure while writing puts everything back and leaves no temporary files', () => {
  const root = folder({ 'first.md': 'old\n' })
  const { folder: real, plans } = planWrites(root, [{ path: 'first.md', body: 'new\n' }, { path: 'made/here.md', body: 'x\n' }, { path: 'second.md', body: 'x\n' }], { overwrite: true })
  // Fails for root as well: a folder with content takes the last file's place after the check.
  mkdirSync(join(root, 'second.md', 'inside'), { recursive: true })
  expect(() => commitWrites(real, plans)).toThrow(/Cannot write second\.md.*Everything is as it was/)
  expect(read(root, 'first.md')).toBe('old\n')
  expect(listing(root)).toEqual(['first.md'])
  expect(existsSync(join(root, 'made'))).toBe(false)
})

test('a folder that turns into a link out of the project between check and write is noticed', () => {
  const outside = folder()
  const root = folder()
  const { folder: real, plans } = planWrites(root, [{ path: 'docs/a.md', body: 'x' }], {})
  symlinkSync(outside, join(root, 'docs'))
  expect(() => commitWrites(real, plans)).toThrow(InputError)
  expect(listing(outside)).toEqual([])
})
