// Packs the built server as an MCP bundle: same files in, same bytes out, whatever the day, folder, umask or time zone.
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packExtension } from '@anthropic-ai/mcpb'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const entry = 'dist/operational-patterns.cjs'

/** The bundle's manifest. `tools` are `{name, description}`; the server's name is the one that prefixes tool names in the client. */
function manifestOf(version, tools) {
  const plugin = JSON.parse(readFileSync(join(root, '.claude-plugin/plugin.json'), 'utf8'))
  return {
    manifest_version: '0.3',
    name: 'ops',
    display_name: plugin.displayName,
    version,
    description: plugin.description,
    author: plugin.author,
    license: plugin.license,
    icon: 'icon.png',
    server: { type: 'node', entry_point: entry, mcp_config: { command: 'node', args: [`\${__dirname}/${entry}`] } },
    tools: tools.map(({ name, description }) => ({ name, description })),
    compatibility: { platforms: ['darwin', 'linux', 'win32'], runtimes: { node: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node } },
  }
}

/** Writes 1980-01-01 00:00 over every entry's time: the packer stamps the moment of packing, in local time. Layout: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16. */
function stampTimes(zip) {
  const end = zip.length - 22
  if (zip.readUInt32LE(end) !== 0x06054b50) throw new Error('ops.mcpb: no end of central directory at the end of the archive')
  const dawn = ((1 << 5) | 1) << 16
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(at) !== 0x02014b50) throw new Error(`ops.mcpb: no directory entry at byte ${at}`)
    zip.writeUInt32LE(dawn, at + 12)
    zip.writeUInt32LE(dawn, zip.readUInt32LE(at + 42) + 10)
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return zip
}

/** Packs the files of `dist` beside the bundle itself and writes `out`. The packer validates the manifest; a bundle it refuses throws. */
export async function packMcpb({ version, tools, dist = join(root, 'dist'), out = join(dist, 'ops.mcpb') }) {
  const folder = mkdtempSync(join(tmpdir(), 'mcpb-'))
  const stage = join(folder, 'stage')
  const packed = join(folder, 'ops.mcpb')
  const put = (from, to) => { copyFileSync(from, join(stage, to)); chmodSync(join(stage, to), 0o644) }
  try {
    mkdirSync(join(stage, 'dist/parts'), { recursive: true })
    for (const name of readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !entry.name.endsWith('.mcpb')).map((entry) => relative(dist, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/')).sort()) put(join(dist, name), `dist/${name}`)
    put(join(root, '.claude-plugin/icon.png'), 'icon.png')
    put(join(root, 'LICENSE'), 'LICENSE')
    writeFileSync(join(stage, 'manifest.json'), `${JSON.stringify(manifestOf(version, tools), null, 2)}\n`)
    chmodSync(join(stage, 'manifest.json'), 0o644)
    if (!(await packExtension({ extensionPath: stage, outputPath: packed, silent: true }))) throw new Error('ops.mcpb: mcpb refused the manifest or could not pack; run `npx mcpb validate` on it')
    writeFileSync(out, stampTimes(readFileSync(packed)))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
