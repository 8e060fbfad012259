import { dirname, join, resolve } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import tools from 'virtual:tools'
import version from 'virtual:version'
import type { World } from './engine/engine.ts'
import { openProject, recordsOf } from './server/open-project.ts'

// The build puts this import and that of the server into files of their own: a host waits for tools/list, and a command needs no server.
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

// Flags may go with a release of V8, and an unknown one is told on stderr: they are set where the tests have run.
function setFlags(...flags: readonly string[]): void {
  if (Number(process.versions.node.split('.')[0]) <= 24) flags.forEach(setFlagsFromString)
}

// A session makes a handful of calls of a few milliseconds: machine code (optimized or not) and a growing young generation cost 10 MB and are never earned back.
const staySmall = (): void => setFlags('--no-opt', '--optimize-for-size', '--no-sparkplug', '--semi-space-growth-factor=1')

// A command runs for a fraction of a second and looks at each text with many patterns: compiling these at once, and nothing else, takes a tenth off.
const startFast = (): void => setFlags('--no-regexp-tier-up', '--no-opt')

async function main(args: readonly string[]): Promise<void> {
  if (args.length === 0) {
    staySmall()
    const { serve } = await import('./server/server.ts')
    const root = openProject({ env: process.env, cwd: process.cwd(), plugin: dirname(__dirname) })
    let world: Promise<World> | undefined
    return serve({ version, tools, calls: async () => (await onDemand()).calls, world: () => (world ??= worldAt(root)) })
  }
  startFast()
  const { runCommand } = await import('./cli/command.ts')
  const { projectPlace } = await import('./project/project-place.ts')
  const world = async (path: string, named?: readonly string[]): Promise<World> => {
    const { folder, records } = projectPlace(path)
    return worldAt(folder, [...(named?.map((file) => resolve(file)) ?? recordsOf(process.env)), ...records])
  }
  process.exitCode = await runCommand(args, { version, calls: (await onDemand()).commands, world, cwd: process.cwd(), out: (text) => void process.stdout.write(text), err: (text) => void process.stderr.write(text) })
}

void main(process.argv.slice(2))
