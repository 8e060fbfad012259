import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { planBlueprint } from '../../src/engine/blueprint-run.ts'
import { stageRank } from '../../src/core/profile.ts'
import { loadProjects } from '../review/projects.ts'
import { worldAt } from '../support/world.ts'

/** Words a reader reads: no markers, addresses, table lines or drawings. */
const words = (text: string): number => text.replace(/```mermaid[\s\S]*?```/g, '').replace(/\]\([^)]*\)/g, ']').replace(/[|#*`-]+/g, ' ').split(/\s+/).filter((word) => /\w/.test(word)).length

// An A4 page of tables and short sentences holds 500 to 600 words. Every control that must be there has a row, and pipelines, migrations
// and environments share a document: these two take a page and a half.
const limits: Readonly<Record<string, number>> = { 'security-architecture.md': 880, 'observability.md': 600, 'devops-blueprint.md': 950 }

const empty = mkdtempSync(join(tmpdir(), 'length-'))
afterAll(() => rmSync(empty, { recursive: true, force: true }))
const early = loadProjects().filter(({ profile }) => stageRank(profile.stage ?? 'mvp') <= stageRank('mvp') && (profile.compliance ?? []).length === 0)

test('there are early projects to measure', () => expect(early.length).toBeGreaterThan(5))

test.each(early.map(({ id, profile }) => [id, profile] as const))('%s: each document of an early project is about a page', (_, profile) => {
  const long = Object.fromEntries(planBlueprint(profile, worldAt(empty)).documents.map(({ file, parts }) => [file, parts.reduce((sum, { title, body }) => sum + words(`${title} ${body}`), 0)]))
  expect(Object.entries(long).filter(([file, count]) => count > (limits[file] ?? 0))).toEqual([])
})
