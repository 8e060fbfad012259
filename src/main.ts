import { dirname, join, resolve } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import tools from 'virtual:tools'
import version from 'virtual:version'
import type { World } from './engine/engine.ts'
import { openProject, recordsOf } from './server/open-project.ts'

// The build puts this import into a file of its own: a host waits for tools/list, and listing needs none of it.
const onDemand = () => import('./engine/on-demand.ts')

/** The world below `root`; the sheets are read at most once. */
async function worldAt(root: string | null, records: readonly string[] = recordsOf(process.env)): Promise<World> {
  const { loadBundled } = await onDemand()
  let loaded: ReturnType<World['knowledge']> | undefined
  return {
    root,
    records,
    cwd: process.cwd(),
    today: () => new Date().toISOString().slice(0, 10),
    knowledge: () => (loaded ??= loadBundled(join(__dirname, 'knowledge.jsonl'))),
    progress: (text) => void process.stderr.write(`${text}\n`),
  }
}

// A session makes a handful of calls of a few milliseconds: machine code (optimized or not) and a growing young generation cost 10 MB and are never earned back.
function staySmall(): void {
  setFlagsFromString('--no-opt')
  setFlagsFromString('--optimize-for-size')
  setFlagsFromString('--no-sparkplug')
  setFlagsFromString('--semi-space-growth-factor=1')
}

async function main(args: readonly string[]): Promise<void> {
  if (args.length === 0) {
    staySmall()
    const { serve } = await import('./server/server.ts')
    const root = openProject({ env: process.env, cwd: process.cwd(), plugin: dirname(__dirname) })
    let world: Promise<World> | undefined
    return serve({ version, tools, calls: async () => (await onDemand()).calls, world: () => (world ??= worldAt(root)) })
  }
  const { runCommand } = await import('./cli/command.ts')
  process.exitCode = await runCommand(args, { version, calls: (await onDemand()).commands, world: (root, named) => worldAt(root, named?.map((path) => resolve(path))), cwd: process.cwd(), out: (text) => void process.stdout.write(text), err: (text) => void process.stderr.write(text) })
}

void main(process.argv.slice(2))
