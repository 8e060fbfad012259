import { expect, test } from 'vitest'
import { extrasFor } from '../../src/engine/extras.ts'
import { noProject } from '../../src/engine/inputs.ts'
import { decidingTools } from '../../src/tools/registry.ts'
import type { DecidingTool } from '../../src/tools/tool.ts'

const pipeline = decidingTools.find(({ name }) => name === 'pipeline_template') as DecidingTool
const version = (runtimeVersions: Record<string, string>, stack: string[], more: object = {}) =>
  extrasFor(pipeline, { detection: { ...noProject.detection, runtimeVersions } }, { stack, ...more })['runtimeVersion']

test.each<[string, Record<string, string>, string[], string | undefined]>([
  ['a version file', { node: '22.14.0' }, ['nextjs'], '22.14.0'],
  ['a major in engines', { node: '20' }, ['typescript'], '20'],
  ['any patch of one major', { node: '20.x' }, ['typescript'], '20'],
  ['a caret stays within a major of Node.js', { node: '^20.9.0' }, ['typescript'], '20'],
  ['a caret in Python is a range', { python: '^3.10' }, ['fastapi'], '>=3.10'],
  ['a lowest version', { node: '>=22' }, ['nextjs'], '>=22'],
  ['words say nothing', { node: 'lts/iron' }, ['nextjs'], undefined],
  ['two bounds say nothing', { python: '>=3.11,<4' }, ['fastapi'], undefined],
  ['the language that gets files', { node: '22' }, ['rust', 'nextjs'], '22'],
  ['the first language of several that get files', { java: '21', node: '22' }, ['java', 'nextjs'], '21'],
  ['another language than the file is about', { node: '22' }, ['go', 'nextjs'], undefined],
])('%s', (_, found, stack, expected) => {
  expect(version(found, stack)).toBe(expected)
})

test('an argument names another language than the repository', () => {
  expect(version({ node: '20', python: '3.13' }, ['nextjs'], { language: 'python' })).toBe('3.13')
})
