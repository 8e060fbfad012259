// Builds everything in dist/ from src/ and the sheets. `build(folder)` is also used by the test that compares dist/ with its sources.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createRequire } from 'node:module'
import { build as esbuild, transform } from 'esbuild'
import { notices } from './notices.mjs'
import { packMcpb } from './pack-mcpb.mjs'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const parts = { platform: 'node', format: 'cjs', target: 'node20', legalComments: 'none', logLevel: 'error', supported: { 'dynamic-import': false } }
const common = { ...parts, absWorkingDir: root, bundle: true }

/** The entry only tells what is asked of it: a session loads the server, a command the engine. */
const apart = {
  name: 'apart',
  setup(build) {
    build.onResolve({ filter: /\/engine\/on-demand\.ts$/ }, () => ({ path: './engine.cjs', external: true }))
    build.onResolve({ filter: /\/server\/server\.ts$/ }, () => ({ path: './server.cjs', external: true }))
  },
}

/**
 * Validators that the SDK brings for features this server does not have, and the YAML 1.1 parser of gray-matter, which is given ours:
 * replaced by stubs that throw when they are used after all.
 */
const unused = {
  name: 'unused',
  setup(build) {
    build.onResolve({ filter: /^(ajv|ajv-formats|zod-to-json-schema|zod\/v3|js-yaml)($|\/)/ }, ({ path }) => ({ path, namespace: 'unused' }))
    build.onLoad({ filter: /.*/, namespace: 'unused' }, ({ path }) => ({
      contents: `const refuse = () => { throw new Error(${JSON.stringify(`${path} is not part of this bundle`)}) }
        module.exports = new Proxy(refuse, { get: (target, name) => (name === '__esModule' || typeof name === 'symbol' ? undefined : refuse) })`,
    }))
  },
}

const virtual = (values) => ({
  name: 'virtual',
  setup(build) {
    build.onResolve({ filter: /^virtual:/ }, ({ path }) => ({ path, namespace: 'virtual' }))
    build.onLoad({ filter: /.*/, namespace: 'virtual' }, ({ path }) => ({ contents: JSON.stringify(values[path]), loader: 'json' }))
  },
})

/** Runs one source file and returns what it exports. */
async function load(entry) {
  const folder = mkdtempSync(join(tmpdir(), 'build-'))
  const file = join(folder, 'module.cjs')
  try {
    await esbuild({ ...common, entryPoints: [join(root, entry)], outfile: file })
    return createRequire(pathToFileURL(file))(file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * The engine in parts: below `parts/` lies what a dynamic import loads, and what several of them share. esbuild splits modules of the
 * newer kind only, so each part is turned into CommonJS afterwards, as the entry is.
 */
async function buildEngine(folder) {
  const { outputFiles, metafile } = await esbuild({
    ...common, format: 'esm', supported: {}, splitting: true, metafile: true, write: false, minify: true, plugins: [unused],
    entryPoints: { engine: 'src/engine/on-demand.ts' }, outdir: folder, outExtension: { '.js': '.cjs' }, chunkNames: 'parts/[name]-[hash]',
  })
  rmSync(join(folder, 'parts'), { recursive: true, force: true })
  mkdirSync(join(folder, 'parts'))
  for (const { path, text } of outputFiles) writeFileSync(path, (await transform(text, { ...parts, minify: true })).code)
  return metafile
}

/** Writes all files of dist/ below `folder`. Same sources, same bytes. */
export async function build(folder = join(root, 'dist')) {
  mkdirSync(folder, { recursive: true })
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const [{ loadSheets }, { bundleSheets }, { calls }, { listed }] = [await load('src/knowledge/load-sheets.ts'), await load('src/knowledge/load-bundled.ts'), await load('src/engine/calls.ts'), await load('src/server/list.ts')]
  writeFileSync(join(folder, 'knowledge.jsonl'), bundleSheets(loadSheets(join(root, 'skills/operational-patterns/references'))))
  const tools = (await calls.all()).map(listed)
  const banner = { js: `/* operational-patterns ${version}, Apache-2.0. Made by npm run build; licences of what is bundled: THIRD-PARTY-NOTICES.txt */` }
  const plugins = [apart, unused, virtual({ 'virtual:tools': tools, 'virtual:version': version })]
  const { metafile } = await esbuild({ ...common, metafile: true, entryPoints: [join(root, 'src/main.ts')], outfile: join(folder, 'operational-patterns.cjs'), minify: true, banner, plugins })
  const server = await esbuild({ ...common, metafile: true, entryPoints: [join(root, 'src/server/server.ts')], outfile: join(folder, 'server.cjs'), minify: true, plugins: [unused] })
  writeFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), notices([metafile, server.metafile, await buildEngine(folder)], root))
  await packMcpb({ version, tools, dist: folder, out: join(folder, 'ops.mcpb') })
  return { version, tools }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build()
