import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { isSpoken, InputError } from '../core/errors.ts'
import { didYouMean } from '../core/nearest.ts'
import type { Calls } from '../engine/calls.ts'
import type { Answer, World } from '../engine/engine.ts'
import { readArguments, type Properties } from './arguments.ts'
import { helpFor, helpText } from './help.ts'

export interface CommandOptions {
  readonly version: string
  readonly calls: Calls
  /** `root`: a folder, or the file that describes its project. `records`: files that were named on the command line, undefined when none was. */
  world(root: string, records?: readonly string[]): Promise<World>
  readonly cwd: string
  out(text: string): void
  err(text: string): void
}

/** Options of every command. `project` is a path here, because a shell may point anywhere. */
const shellProperties: Properties = {
  project: { type: 'string' }, json: { type: 'boolean' }, input: { type: 'string' }, records: { type: 'array' }, help: { type: 'boolean' },
}

const exit = { ok: 0, findings: 1, input: 2, defect: 3 } as const

function readInput(file: string | undefined, cwd: string): Record<string, unknown> {
  if (file === undefined) return {}
  let text: string
  try {
    text = readFileSync(file === '-' ? 0 : resolve(cwd, file), 'utf8')
  } catch (error) {
    throw new InputError(`Cannot read --input ${file}: ${(error as Error).message}.`)
  }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch (error) {
    throw new InputError(`Unexpected text in --input ${file}, expected JSON: ${(error as Error).message}.`)
  }
  throw new InputError(`Unexpected value in --input ${file}, expected a JSON object with field names.`)
}

/** Calls whose answer says that something needs work make the command line end with 1. */
const hasFindings = (answer: Answer): boolean => answer.structured['ok'] === false

async function run(args: readonly string[], options: CommandOptions): Promise<number> {
  const [command = 'help', ...rest] = args
  if (command === '--version' || command === 'version') {
    options.out(`${options.version}\n`)
    return exit.ok
  }
  if (command === 'help' || command === '--help' || command === '-h') {
    options.out(helpText(await options.calls.all()))
    return exit.ok
  }
  const wanted = command.replaceAll('-', '_')
  const call = await options.calls.load(wanted)
  if (call === undefined) throw new InputError(`Unexpected command ${JSON.stringify(command)}, expected one of ${options.calls.names.join(', ')}.${didYouMean(wanted, options.calls.names)}`)
  const properties = (call.acceptedSchema?.() ?? call.inputSchema())['properties'] as Properties
  const { project, json, input, records, help, ...values } = readArguments(rest, { ...properties, ...shellProperties })
  if (help === true) {
    options.out(helpFor(call))
    return exit.ok
  }
  const world = await options.world(resolve(options.cwd, typeof project === 'string' ? project : '.'), records as readonly string[] | undefined)
  const answer = await call.run({ ...readInput(input as string | undefined, options.cwd), ...values }, world)
  const shown = answer.shell ?? answer
  options.out(json === true ? `${JSON.stringify(shown.structured, null, 2)}\n` : `${shown.text}\n`)
  return hasFindings(answer) ? exit.findings : exit.ok
}

/** Runs one command line and returns its exit code: 0 fine, 1 findings, 2 wrong input, 3 a defect of ours. Results go to `out`, the rest to `err`. */
export async function runCommand(args: readonly string[], options: CommandOptions): Promise<number> {
  try {
    return await run(args, options)
  } catch (error) {
    if (isSpoken(error)) {
      options.err(`${error.message}\n`)
      return exit.input
    }
    options.err(`This is a defect of operational-patterns, not of your input.\n${error instanceof Error ? error.stack : String(error)}\n`)
    return exit.defect
  }
}
