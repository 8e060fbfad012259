import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { collections } from '../../src/knowledge/collections.ts'
import { references } from '../support/knowledge.ts'
import { deadLinks, frontMatter, links, read } from './repository.ts'

const skill = 'skills/operational-patterns/SKILL.md'
const { values, lines } = frontMatter(skill)

describe('skill', () => {
  // allowed-tools in a skill that starts by itself makes clients ask, and refuse when nobody is there.
  it('has only a name, a description and a license', () => {
    expect(Object.keys(values)).toEqual(['name', 'description', 'license'])
    expect(values['name']).toBe('operational-patterns')
  })

  it('describes itself in 450 characters, trigger words first, quoted', () => {
    const description = values['description'] as string
    expect(description.length).toBeLessThanOrEqual(450)
    expect(description).toMatch(/^Security architecture, auth, observability, CI\/CD pipeline, database migration and environment/)
    expect(description).not.toMatch(/[<>]/)
    expect(lines.find((line) => line.startsWith('description:'))).toMatch(/^description: ".*"$/)
  })

  it('is at most 300 lines and 5,000 tokens of four characters', () => {
    expect(read(skill).trimEnd().split('\n').length).toBeLessThanOrEqual(300)
    expect(read(skill).length / 4).toBeLessThanOrEqual(5000)
  })

  it('links every collection, one level deep, and nothing that is missing', () => {
    const folders = readdirSync(references, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort()
    expect(folders.length).toBeGreaterThan(1)
    expect(Object.keys(collections).sort()).toEqual(folders)
    const linked = links(skill).filter((url) => url.startsWith('references/') && url !== 'references/')
    expect(linked.map((url) => url.split('/')[1]).sort()).toEqual(folders)
    expect(linked.filter((url) => url.replace(/\/$/, '').split('/').length > 2)).toEqual([])
    expect(deadLinks(skill)).toEqual([])
  })

  it('says what to say when nothing was computed', () => {
    expect(read(skill)).toMatch(/nothing was computed/)
  })
})

describe('documentation', () => {
  it.each(['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'])('%s links nothing that is missing', (path) => {
    expect(deadLinks(path)).toEqual([])
  })

  it('shows the command that runs the main job and the one that runs the tests', () => {
    expect(read('README.md')).toContain('node dist/operational-patterns.cjs blueprint --project examples/')
    expect(read('README.md')).toContain('npx -y pnpm@10 install --frozen-lockfile && npm test')
  })
})
