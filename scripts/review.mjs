// Writes test/review/pages/<tool>.md: what each tool tells the projects of test/review/projects, from the sources as they are now.
// Usage: npm run review [-- YYYY-MM-DD]; without a day, the one the tests pretend it is.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const [, fixedDay] = /asOf = '([\d-]+)'/.exec(readFileSync(join(root, 'test/support/knowledge.ts'), 'utf8'))
const day = process.argv[2] ?? fixedDay

const exported = `export { isIsoDate } from './src/core/dates.ts'; export { loadSheets } from './src/knowledge/load-sheets.ts'; export { page } from './test/review/page.ts'; export { loadProjects, toolNames } from './test/review/projects.ts'`
const folder = mkdtempSync(join(tmpdir(), 'review-'))
try {
  const outfile = join(folder, 'review.cjs')
  const banner = { js: `const sources = require('node:url').pathToFileURL(${JSON.stringify(join(root, 'test/review/projects.ts'))}).href` }
  await build({ absWorkingDir: root, stdin: { contents: exported, resolveDir: root, loader: 'ts' }, bundle: true, platform: 'node', format: 'cjs', target: 'node20', logLevel: 'error', outfile, banner, define: { 'import.meta.url': 'sources' } })
  const { isIsoDate, loadSheets, page, loadProjects, toolNames } = createRequire(outfile)(outfile)
  if (!isIsoDate(day)) throw new Error(`Unexpected day "${day}", expected one like ${fixedDay}.`)
  const knowledge = loadSheets(join(root, 'skills/operational-patterns/references'))
  const projects = loadProjects()
  const pages = join(root, 'test/review/pages')
  mkdirSync(pages, { recursive: true })
  for (const tool of toolNames) {
    const text = page(tool, projects, knowledge, day)
    writeFileSync(join(pages, `${tool}.md`), text)
    process.stdout.write(`test/review/pages/${tool}.md: ${projects.length} projects on ${day}, ${text.split('\n').length} lines\n`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
