import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calls } from '../../src/engine/calls.ts'
import { asOf, knowledge } from '../support/knowledge.ts'
import { read, root } from './repository.ts'
import { toolNames } from './tool-names.ts'

let folder: string
/** The examples come with what they give: a user starts without it. */
const filter = (path: string): boolean => !path.endsWith('architecture-output')
// Reading all sheets from Markdown is slow on a busy machine.
beforeAll(() => {
  knowledge()
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'readme-')))
  cpSync(join(root, 'examples/solo-nextjs-mvp'), join(folder, 'solo'), { recursive: true, filter })
  cpSync(join(root, 'examples/python-api'), join(folder, 'python'), { recursive: true, filter })
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true }))

/** Heading, arguments and shown answer of each example, in the order of the README. */
const examples = [...read('README.md').matchAll(/^### `([a-z]+(?:_[a-z]+)+)`\n([\s\S]*?)(?=^##|(?![\s\S]))/gm)].map((match) => {
  const [args, shown] = [...(match[2] as string).matchAll(/```json\n([\s\S]*?)```/g)].map((block) => JSON.parse(block[1] as string) as Record<string, unknown>)
  return { tool: match[1] as string, args, shown }
})

/** Where `shown` is not part of `actual`; every element of a shown list must be somewhere in the real one. */
function misses(shown: unknown, actual: unknown, at = 'answer'): string[] {
  if (Array.isArray(shown)) {
    if (!Array.isArray(actual)) return [`${at} is no list`]
    if (shown.length === 0) return actual.length === 0 ? [] : [`${at} is not empty`]
    return shown.flatMap((one, index) => (actual.some((candidate) => misses(one, candidate).length === 0) ? [] : [`${at}[${index}] ${JSON.stringify(one)} is not in ${JSON.stringify(actual).slice(0, 400)}`]))
  }
  if (typeof shown === 'object' && shown !== null) return Object.entries(shown).flatMap(([key, value]) => misses(value, (actual as Record<string, unknown> | null | undefined)?.[key], `${at}.${key}`))
  return shown === actual ? [] : [`${at} is ${JSON.stringify(actual)}, not ${JSON.stringify(shown)}`]
}

describe('examples in the README', () => {
  it('show every tool once, with arguments and an answer', () => {
    expect(examples.map(({ tool }) => tool).sort()).toEqual(toolNames())
    for (const { tool, shown } of examples) expect(shown, tool).toBeDefined()
  })

  it.each(examples)('$tool answers as shown', async ({ tool, args, shown }) => {
    const where = tool === 'read_project' ? 'python' : tool === 'write_files' || tool === 'check_deliverables' ? 'solo' : '.'
    const world = { root: join(folder, where), cwd: folder, today: () => asOf, knowledge, progress: () => undefined }
    const call = await calls.load(tool)
    expect(call).toBeDefined()
    const answer = await call?.run(args, world)
    expect(misses(shown, answer?.structured)).toEqual([])
  })

  it('would not pass with a wrong answer', () => {
    expect(misses({ list: [{ id: 'a' }] }, { list: [{ id: 'b' }] })).toHaveLength(1)
  })
})
