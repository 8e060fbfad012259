import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { vocabulary, type Profile } from '../src/core/profile.ts'
import { planBlueprint } from '../src/engine/blueprint-run.ts'
import { runChain } from '../src/engine/blueprint.ts'
import type { Draft } from '../src/tools/tool.ts'
import { decide } from './support/decide.ts'
import { asOf, knowledge } from './support/knowledge.ts'
import { mermaidBlocks, readDiagram } from './support/mermaid.ts'
import { requests } from './tools/migration-plan/cases.ts'
import { sampled } from './tools/pipeline-template/matrix.ts'
import { table } from './tools/select-auth/profiles.ts'

/** Diagrams by the section they stand in, without repetitions. */
type Found = Map<string, Set<string>>

function collect(found: Found, draft: Pick<Draft<unknown>, 'sections'>): Found {
  for (const { id, body } of draft.sections) {
    for (const block of mermaidBlocks(body)) found.set(id, (found.get(id) ?? new Set()).add(block))
  }
  return found
}

/** Every diagram of the five tools for one profile. Full detail: less may leave one out to stay short. */
const diagramsOf = (profile: Profile): Found =>
  Object.values(runChain(profile, () => ({}), { knowledge: knowledge(), asOf, detail: 'full' })).reduce(collect, new Map() as Found)

const sizes = (found: Found): Record<string, number> => Object.fromEntries([...found].map(([id, blocks]) => [id, blocks.size]))

/** Reads them all; each node must have a label of its own, so no edge points at a node that nobody drew. */
async function readAll(found: Found): Promise<void> {
  for (const [id, blocks] of found) {
    for (const block of blocks) {
      const diagram = await readDiagram(block).catch((cause: unknown) => { throw new Error(`${id}: ${String(cause)}\n${block}`) })
      expect(diagram.type, block).toBe('flowchart-v2')
      expect(diagram.nodes, block).toBeGreaterThan(1)
      expect(diagram.unnamed, block).toEqual([])
      expect(diagram.texts.join(''), block).not.toMatch(/\p{Cs}|\uFFFD/u)
    }
  }
}

const plain: Profile = { name: 'Shop', projectType: 'b2b-saas', stage: 'growth', signInBy: ['business-users', 'machines'], clients: ['web', 'ios', 'mcp'], services: 3, takesPayments: true, usesLlm: true, hosting: 'aws-ecs', stack: ['typescript', 'nestjs', 'postgresql', 'prisma'], developers: 8, compliance: ['soc2'] }

const hostile = [
  '"]; end', '<script>alert(1)</script>', '`tick` ``` fence', '``` ```', 'a | b || c', '🚀 rocket 👩‍👩‍👧 família', 'x'.repeat(100), `${'y'.repeat(59)}🚀 cut`, '🚀'.repeat(50),
  '%%{init: {"theme":"dark"}}%%', '%% comment', '#quot; #35; &quot; &amp;', 'end', 'end\\n end', 'subgraph x[', 'A --> B', 'x:::red', 'click a href "https://example.org"', '---', '"`**bold**`"', '$$x^2$$', '{{mustache}} ((round)) [/slant/]',
  ' ', '.', '1. list', '- item', '+ item', 'graph TD; a-->b', '<br/>line', "it's \\ back\\slash", 'ünïcödé 表 مرحبا', '\u200b\u202e hidden', 'ﬂ°°34¶ß',
]

const stages: readonly Profile[] = [...vocabulary.stage, undefined].flatMap((stage) => [
  { stage },
  { stage, projectType: 'ai-product', usesLlm: true, selfHost: 'required', stack: ['fastapi', 'postgresql', 'alembic'], hosting: 'on-prem', ciProvider: 'gitlab', releaseCadence: 'scheduled', developers: 12 },
  { stage, projectType: 'mobile-app', clients: [...vocabulary.clients], stack: ['flutter', 'firestore'], hosting: 'gcp', takesPayments: true, compliance: ['hipaa'] },
  { stage, projectType: 'library', signInBy: ['nobody'], stack: ['go'] },
  { stage, projectType: 'self-hosted-product', distributedToCustomers: true, airGapped: true, stack: ['django', 'mysql'], services: 12, developers: 25 },
])

test('a wrong diagram is rejected', async () => {
  for (const wrong of ['flowchart LR\n  a["open --> b', 'flowchart LR\n  a["x"]; end"] --> b', 'flowchart LR\n  subgraph s["x"]\n  a', 'flowchart LR\n  end --> b', 'no diagram at all', '']) await expect(readDiagram(wrong), wrong).rejects.toThrow()
  await expect(readAll(new Map([['loose', new Set(['flowchart LR\n  a["Application"] --> idp'])]]))).rejects.toThrow(/idp/)
})

describe('every diagram parses', { timeout: 30_000 }, () => {
  test('in the documents of the six examples', async () => {
    const root = fileURLToPath(new URL('../examples', import.meta.url))
    const names = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name)
    expect(names).toHaveLength(6)
    const drawn = { tokens: 0, timeline: 0 }
    for (const name of names) {
      const world = { root: `${root}/${name}`, cwd: root, today: () => asOf, knowledge, progress: () => {} }
      const found = planBlueprint({ detail: 'full' }, world).documents.reduce((all, { parts }) => collect(all, { sections: parts }), new Map() as Found)
      const { 'token-verification': tokens = 0, 'migration-strategy': timeline = 0, ...always } = sizes(found)
      expect(always, name).toEqual({ 'trust-boundaries': 1, pipeline: 1 })
      expect([tokens, timeline].every((count) => count <= 1), name).toBe(true)
      drawn.tokens += tokens
      drawn.timeline += timeline
      await readAll(found)
    }
    expect(drawn.tokens).toBeGreaterThan(2)
    expect(drawn.timeline).toBeGreaterThan(1)
  })

  test('for every stage and kind of project', async () => {
    for (const profile of stages) {
      const found = diagramsOf(profile)
      expect(sizes(found), JSON.stringify(profile)).toMatchObject({ 'trust-boundaries': 1, pipeline: 1 })
      await readAll(found)
    }
  })

  test('for every way to sign in', async () => {
    const found = table.reduce((all, [, input]) => collect(all, decide('select_auth', input)), new Map() as Found)
    expect(found.get('trust-boundaries')?.size).toBeGreaterThan(20)
    await readAll(found)
  })

  test('for every toolchain, target and branch strategy', async () => {
    const found = sampled('github-actions').reduce((all, input) => collect(all, decide('pipeline_template', { defaultBranch: 'end', ...input })), new Map() as Found)
    expect(found.get('pipeline')?.size).toBeGreaterThan(10)
    await readAll(found)
  })

  test('for every schema change', async () => {
    const big = { stage: 'production', rows: 50_000_000, deployStyle: 'rolling', downtimeTolerance: 'none' }
    const found = Object.entries(requests).reduce((all, [change, input]) => collect(all, decide('migration_plan', { ...big, ...input, change, database: 'postgresql 17' })), new Map() as Found)
    expect(found.get('migration-plan')?.size).toBeGreaterThan(5)
    await readAll(found)
  })
})

describe('a hostile name changes a label and nothing else', () => {
  let before: Found
  beforeAll(() => { before = diagramsOf(plain) })
  const shape = async (found: Found) => Promise.all([...found].flatMap(([id, blocks]) => [...blocks].map(async (block) => {
    const { nodes, edges, groups } = await readDiagram(block)
    return { id, nodes, edges, groups, lines: block.split('\n').length }
  })))

  test.each(hostile)('%s', async (name) => {
    const found = diagramsOf({ ...plain, name })
    await readAll(found)
    expect(await shape(found)).toEqual(await shape(before))
    const [trust = ''] = found.get('trust-boundaries') ?? []
    const { texts } = await readDiagram(trust)
    // Mermaid trims titles; beyond 60 characters they are cut between characters.
    expect(texts).toContain([...name].slice(0, 60).join('').trim())
  })
})
