import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { asOf, knowledge } from '../support/knowledge.ts'
import { anchor, page } from './page.ts'
import { loadProjects, toolNames } from './projects.ts'

const folder = fileURLToPath(new URL('./pages', import.meta.url))

test('there is one page a tool and no other', () => {
  expect(readdirSync(folder).sort()).toEqual(toolNames.map((tool) => `${tool}.md`).sort())
})

test.each(toolNames)('the committed page of %s says what the tool says now', { timeout: 60_000 }, (tool) => {
  const committed = `${folder}/${tool}.md`
  expect(existsSync(committed), 'run npm run review, read the difference, and commit it').toBe(true)
  // Compared as a boolean: two pages of 1,000 lines in a message help nobody, `git diff` after npm run review does.
  expect(readFileSync(committed, 'utf8') === page(tool, loadProjects(), knowledge(), asOf), `${tool}.md is old: run npm run review, read the difference, and commit it`).toBe(true)
})

const sections = (text: string): string[][] => text.split(/^### /m).slice(1).map((section) => section.split('\n').filter((line) => line !== '' && !line.startsWith('## ')))

test.each(toolNames)('every project on the page of %s is linked to and short enough to judge', { timeout: 60_000 }, (tool) => {
  const text = page(tool, loadProjects(), knowledge(), asOf)
  const links = [...text.matchAll(/^\| \[.*?\]\((#[^)]+)\)/gm)].map(([, link]) => link)
  const headings = sections(text).map(([title = '']) => anchor(title))
  expect(headings.length).toBeGreaterThanOrEqual(40)
  expect(new Set(headings).size, 'titles are unique').toBe(headings.length)
  expect(links).toEqual(headings)
  expect(sections(text).filter((lines) => lines.length > 24).map(([title]) => title)).toEqual([])
})
