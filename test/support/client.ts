import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { fileURLToPath } from 'node:url'

/** The committed bundle. */
export const bundle = fileURLToPath(new URL('../../dist/operational-patterns.cjs', import.meta.url))

/** A real MCP client, connected over stdio to the committed bundle with `root` as the open project. Close it when done. */
export async function connect(root: string): Promise<Client> {
  const client = new Client({ name: 'contract', version: '0' })
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [bundle], cwd: root, env: { ...process.env as Record<string, string>, CLAUDE_PROJECT_DIR: root }, stderr: 'pipe' }))
  return client
}
