import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { asOf, knowledge } from '../support/knowledge.ts'
import { page } from './page.ts'
import { loadProjects, toolNames } from './projects.ts'

const folder = fileURLToPath(new URL('./pages', import.meta.url))

test('there is one page a tool and no other', () => {
  expect(readdirSync(folder).sort()).toEqual(toolNames.map((tool) => `${tool}.md`).sort())
})

test.each(toolNames)('the committed page of %s says what the tool says now', (tool) => {
  const committed = `${folder}/${tool}.md`
  expect(existsSync(committed), 'run npm run review, read the difference, and commit it').toBe(true)
  // Compared as a boolean: two pages of 1,000 lines in a message help nobody, `git diff` after npm run review does.
  expect(readFileSync(committed, 'utf8') === page(tool, loadProjects(), knowledge(), asOf), `${tool}.md is old: run npm run review, read the difference, and commit it`).toBe(true)
})
