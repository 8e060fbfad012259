import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sha256 } from '../../../src/core/file.ts'
import { planBlueprint, type Blueprint } from '../../../src/engine/blueprint-run.ts'
import { blueprintCall } from '../../../src/engine/blueprint-call.ts'
import { isUntouched, renderPage } from '../../../src/engine/page/page.ts'
import { wrap, textWidth } from '../../../src/engine/page/svg.ts'
import { parseMarkdown } from '../../../src/project/markdown.ts'
import { decide } from '../../support/decide.ts'
import { knowledge } from '../../support/knowledge.ts'
import { examples, worldAt } from '../../support/world.ts'
import { blueprintOf, draft } from './blueprint.ts'
import { read } from './hostile.ts'
import { missingSlots } from './slots.ts'

const render = (blueprint: Blueprint): string => renderPage(blueprint, knowledge(), parseMarkdown)
const words = (node: Element | null): string => (node?.textContent ?? '').replace(/\s+/g, ' ')

describe('the page of a project', () => {
  let blueprint: Blueprint
  let text: string
  let document: Document
  beforeAll(() => {
    blueprint = planBlueprint({}, worldAt(join(examples, 'b2b-saas-soc2')))
    text = render(blueprint)
    document = read(text)
  })

  test('same blueprint, same bytes; nothing is loaded, run or sent', () => {
    expect(render(blueprint)).toBe(text)
    const style = document.querySelector('style')?.textContent ?? ''
    const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content')
    expect(policy).toBe(`default-src 'none'; style-src 'sha256-${Buffer.from(sha256(style), 'hex').toString('base64')}'; img-src data:; base-uri 'none'; form-action 'none'`)
    expect(document.querySelectorAll('script, link, img, iframe, [style]')).toHaveLength(0)
    expect(style).not.toMatch(/url\(|@import|http/)
  })

  test('every slot of every decision is on it', () => {
    expect(missingSlots(blueprint, words(document.body), knowledge())).toEqual([])
    expect(missingSlots(blueprint, 'nothing', knowledge()).length).toBeGreaterThan(50)
  })

  test('conflicts come first, then decisions, then what is left out, then sources', () => {
    expect([...document.querySelectorAll('main > section')].map(({ id }) => id)).toEqual(['settle', 'security', 'observability', 'pipeline', 'migrations', 'environments', 'cost', 'not-yet', 'assumed', 'security-rules', 'observability-rules', 'pipeline-rules', 'migration-rules', 'configuration-rules', 'files', 'sources'])
    for (const { problem } of blueprint.joined.conflicts) expect(words(document.querySelector('#settle'))).toContain(problem.split('`')[0])
    for (const { addWhen } of blueprint.joined.skipped) expect(words(document.querySelector('#not-yet')).toLowerCase()).toContain(addWhen.split('`')[0]?.toLowerCase())
    expect(document.querySelectorAll('.decided > div')).toHaveLength(5)
  })

  test('every link inside the page has a target, and no id stands twice', () => {
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const inside = [...document.querySelectorAll('a[href^="#"]')].map((link) => link.getAttribute('href')?.slice(1) ?? '')
    expect(inside.length).toBeGreaterThan(15)
    for (const id of inside) expect(ids).toContain(id)
  })

  test('tables have a caption and scopes; drawings have a name and a description', () => {
    const tables = [...document.querySelectorAll('table')]
    expect(tables.length).toBeGreaterThan(12)
    for (const table of tables) {
      expect(words(table.querySelector('caption')).length).toBeGreaterThan(3)
      expect([...table.querySelectorAll('th')].every((head) => ['row', 'col'].includes(head.getAttribute('scope') ?? ''))).toBe(true)
      const columns = table.querySelectorAll('thead th').length
      for (const row of table.querySelectorAll('tbody tr')) expect(row.children).toHaveLength(columns)
    }
    const drawings = [...document.querySelectorAll('svg[role="img"]')]
    expect(drawings).toHaveLength(6)
    for (const drawing of drawings) for (const id of drawing.getAttribute('aria-labelledby')?.split(' ') ?? ['none']) expect(words(document.getElementById(id)).length).toBeGreaterThan(10)
  })

  test('sources are listed oldest first, each with its age', () => {
    const rows = [...document.querySelectorAll('#sources tbody tr')].map((row) => [...row.children].map(words))
    expect(rows).toHaveLength(blueprint.joined.sources.length)
    expect(rows.map(([, day]) => day)).toEqual([...rows.map(([, day]) => day)].sort())
  })

  test('an early product reads its rules in the documents, an audited one on the page too', () => {
    const early = read(render({ ...blueprint, profile: { ...blueprint.profile, stage: 'mvp', compliance: [] } }))
    expect(early.querySelectorAll('section[id$="-rules"]')).toHaveLength(0)
    expect(early.querySelectorAll('main > section').length).toBeGreaterThan(8)
  })
})

describe('what it says of figures and days', () => {
  const line = (item: string, usdPerMonth: number | null, stale = false) => ({ item, formula: `${item} plan`, usdPerMonth, unit: 'USD', asOf: '2026-11-01', source: 'https://example.org/price', stale })
  const costOf = (lines: ReturnType<typeof line>[], usdPerMonth: number | null) => read(render(blueprintOf({ select_auth: draft({ cost: { lines, usdPerMonth } }) })))

  test('an unknown price is unknown, never nothing and never part of a sum', () => {
    const document = costOf([line('Cheap', 5), line('Riddle', null), line('Dear', 20), line('Free', 0)], null)
    expect([...document.querySelectorAll('.chart li')].map((item) => words(item.querySelector('.name')))).toEqual(['Dear $20', 'Cheap $5', 'Free $0', 'Riddle not known'])
    expect([...document.querySelectorAll('.chart .fill')].map((bar) => bar.getAttribute('width'))).toEqual(['100%', '25%', '0%'])
    expect(words(document.querySelector('.first-cost'))).toMatch(/No total.*Not known: Riddle/)
    expect(words(document.body)).not.toContain('$25')
  })

  test('a draft that sums although a price is missing changes nothing', () => {
    expect(words(costOf([line('Riddle', null), line('Dear', 20)], 20).querySelector('.amount'))).toBe('No total')
  })

  test('known prices have a total; a stale one says so in words', () => {
    const document = costOf([line('Cheap', 5), line('Dear', 20, true)], 25)
    expect(words(document.querySelector('.amount'))).toBe('$25')
    expect(words(document.querySelector('.chart'))).toContain('Stale')
  })

  test('a page read more than 180 days before is marked in words', () => {
    const source = (title: string, checked: string) => ({ id: title, title, url: `https://example.org/${title}`, checked })
    const document = read(render(blueprintOf({ select_auth: draft({ sources: [source('new', '2026-11-22'), source('edge', '2026-05-26'), source('old', '2026-05-25')] }) })))
    expect([...document.querySelectorAll('#sources tbody tr')].map(words)).toEqual(['old2026-05-25181 days: stale', 'edge2026-05-26180 days', 'new2026-11-22the same day'])
  })
})

describe('drawings', () => {
  test('a planned change is drawn by release, with what each phase blocks', () => {
    const plan = decide('migration_plan', { database: 'postgresql 17', change: 'rename-column', table: 'orders', column: 'state', to: 'status', type: 'text', stage: 'production', rows: 50_000_000, deployStyle: 'rolling', downtimeTolerance: 'none' })
    const phases = (plan.decision as { phases: { release: number, phase: string }[] }).phases
    const document = read(render(blueprintOf({ migration_plan: plan })))
    const drawing = document.querySelector('#migrations svg.narrow')
    expect(drawing?.querySelectorAll('rect.box')).toHaveLength(phases.length)
    for (const release of new Set(phases.map((phase) => phase.release))) expect(words(drawing)).toContain(`Release ${release}`)
    expect(words(drawing?.querySelector('desc') ?? null)).toMatch(/blocks/)
  })

  test('environments stand behind what they are promoted from', () => {
    const pipeline = draft({ decision: { provider: 'gitlab', stages: ['test', 'deploy'], triggers: ['version-tag'], gates: [], environments: [{ name: 'production', trigger: 'approved-promotion', start: 'approval' }, { name: 'staging', trigger: 'push-to-main', start: 'automatic' }, { name: 'demo', trigger: 'version-tag', start: 'automatic' }], promotion: [{ from: 'staging', to: 'production' }, { from: 'main', to: 'staging' }] } })
    const desc = words(read(render(blueprintOf({ pipeline_template: pipeline }))).querySelector('#pipeline desc'))
    expect(desc).toMatch(/From main: Staging, .*; then Production, /)
    expect(desc).toMatch(/Version tag: Demo/)
  })

  test('lines of text keep to their room, and nothing is lost but what an ellipsis stands for', () => {
    for (const text of ['Authentication on every route', 'x'.repeat(80), '表'.repeat(40), 'a b c d e f g h i j k l m n o p', '']) {
      const lines = wrap(text, 90, 13, 99)
      for (const line of lines) expect(textWidth(line, 13)).toBeLessThanOrEqual(90)
      expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
      expect(wrap(text, 90, 13, 2).length).toBeLessThanOrEqual(2)
    }
  })
})

describe('blueprint --html', () => {
  const folder = mkdtempSync(join(tmpdir(), 'page-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const run = async (more: object = {}) => (await blueprintCall.run({ name: 'Shop', stage: 'mvp', html: true, ...more }, worldAt(folder))).structured as { ok: boolean, files: { path: string, status: string }[] }
  const status = ({ files }: Awaited<ReturnType<typeof run>>) => files.find(({ path }) => path === 'blueprint.html')?.status
  const path = join(folder, 'architecture-output/blueprint.html')

  test('writes one file; again changes nothing; a new record replaces it; a person\'s change stays', async () => {
    expect(status(await run())).toBe('created')
    const first = readFileSync(path, 'utf8')
    expect(isUntouched(first)).toBe(true)
    expect(isUntouched(first.replaceAll('\n', '\r\n'))).toBe(true)
    const again = await run()
    expect([...new Set(again.files.map((file) => file.status))]).toEqual(['unchanged'])
    expect(status(await run({ asOf: '2026-11-23' }))).toBe('replaced')
    writeFileSync(path, readFileSync(path, 'utf8').replace('Decided', 'Decided by us'))
    const edited = readFileSync(path, 'utf8')
    expect(isUntouched(edited)).toBe(false)
    expect(await run()).toMatchObject({ ok: true, conflicts: expect.arrayContaining([expect.objectContaining({ id: 'generated-file-edited', inputs: ['blueprint.html'] })]) })
    expect(readFileSync(path, 'utf8')).toBe(edited)
    expect(status(await run({ overwrite: true }))).toBe('replaced')
  })

  test('without it no page is written', async () => {
    expect(status(await run({ html: undefined, out: join(folder, 'other') }))).toBeUndefined()
  })
})
