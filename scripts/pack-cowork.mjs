// Writes a zip of the plugin for Cowork, which refuses stdio servers in plugins: the same files, with the server as an MCP bundle.
// Usage: npm run pack:cowork -- <file.zip>
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { zipSync } from 'fflate'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const shipped = ['.claude-plugin/icon.png', 'skills', 'commands', 'dist/ops.mcpb', 'README.md', 'LICENSE']
const earliest = new Date(1980, 0, 1)

const filesBelow = (path) => (statSync(join(root, path)).isDirectory() ? readdirSync(join(root, path)).sort().flatMap((name) => filesBelow(`${path}/${name}`)) : [path])

/** The zip's bytes. */
export function packCowork() {
  const manifest = JSON.parse(readFileSync(join(root, '.claude-plugin/plugin.json'), 'utf8'))
  const entries = { '.claude-plugin/plugin.json': Buffer.from(`${JSON.stringify({ ...manifest, mcpServers: './dist/ops.mcpb' }, null, 2)}\n`) }
  for (const path of shipped.flatMap(filesBelow)) entries[path] = readFileSync(join(root, path))
  return zipSync(entries, { mtime: earliest })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , file] = process.argv
  if (file === undefined) throw new Error('Name the zip to write: npm run pack:cowork -- operational-patterns.zip')
  writeFileSync(resolve(file), packCowork())
}
