import { parse } from 'yaml'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'
import { CircleConfig } from './circleci-schema.ts'
import { run } from './matrix.ts'

/** One step after every command was replaced by its own steps. */
export interface FlatStep { readonly kind: string, readonly name: string, readonly command: string, readonly body: unknown }
export interface FlatJob { readonly image: string, readonly beside: readonly string[], readonly environment: Readonly<Record<string, string>>, readonly steps: readonly FlatStep[] }
export interface Entry { readonly name: string, readonly job: string | null, readonly requires: readonly string[], readonly filters: string | null, readonly context: string | null, readonly serialGroup: string | null }
export interface CircleFile { readonly text: string, readonly config: CircleConfig, readonly jobs: ReadonlyMap<string, FlatJob>, readonly entries: readonly Entry[] }

type Arguments = Readonly<Record<string, unknown>>

const substitute = (value: unknown, given: Arguments): unknown => JSON.parse(JSON.stringify(value).replace(/<< parameters\.([a-z-]+) >>/g, (_, name: string) => {
  if (!(name in given)) throw new Error(`No parameter ${name}`)
  return String(given[name])
})) as unknown

/** Steps as CircleCI runs them. Throws for a command or parameter that nobody defined. */
function flatten(steps: readonly unknown[], config: CircleConfig): FlatStep[] {
  return steps.flatMap((step): FlatStep[] => {
    const [kind = '', body] = typeof step === 'string' ? [step, {}] : Object.entries(step as object)[0] ?? []
    const command = config.commands?.[kind]
    if (command !== undefined) {
      const defaults = Object.fromEntries(Object.entries(command.parameters ?? {}).map(([name, { default: value }]) => [name, value]))
      for (const name of Object.keys(body as Arguments)) if (!(name in defaults)) throw new Error(`${kind} has no parameter ${name}`)
      return flatten(substitute(command.steps, { ...defaults, ...body as Arguments }) as readonly unknown[], config)
    }
    if (kind === 'when') return (body as { condition: string }).condition === 'true' ? flatten((body as { steps: readonly unknown[] }).steps, config) : []
    if (kind === 'run') return [{ kind, ...body as { name: string, command: string }, body }]
    if (!['checkout', 'setup_remote_docker', 'restore_cache', 'save_cache', 'persist_to_workspace', 'attach_workspace'].includes(kind)) throw new Error(`Nobody defined the step ${kind}`)
    return [{ kind, name: kind, command: '', body }]
  })
}

/** Reads a configuration as CircleCI compiles it. */
export function compile(text: string): CircleFile {
  const config = CircleConfig.parse(parse(text))
  const jobs = new Map(Object.entries(config.jobs).map(([id, job]) => {
    const executor = config.executors[job.executor]
    if (executor === undefined) throw new Error(`${id} runs in ${job.executor}, which nobody defined`)
    const [first, ...beside] = executor.docker.map(({ image }) => image)
    return [id, { image: first ?? '', beside, environment: executor.environment ?? {}, steps: flatten(job.steps, config) }]
  }))
  const entries = config.workflows.ci.jobs.map((entry): Entry => {
    const [id = '', body] = typeof entry === 'string' ? [entry, {}] : Object.entries(entry)[0] ?? []
    const { name, requires = [], filters = null, context = null, type, 'serial-group': serialGroup = null } = body as { name?: string, requires?: string[], filters?: string, context?: string, type?: string, 'serial-group'?: string }
    return { name: name ?? id, job: type === 'approval' ? null : id, requires, filters, context, serialGroup }
  })
  return { text, config, jobs, entries }
}

/** The configuration that the tool writes for an input. */
export function circleFile(input: Given): CircleFile {
  const file = run({ ...input, ciProvider: 'circleci' }).files.find(({ path }) => path.startsWith('.circleci/'))
  if (file === undefined) throw new Error('no configuration')
  return compile(file.body)
}

/** What starts a pipeline. */
export interface Start { readonly branch?: string, readonly tag?: string, readonly deployTo?: string }

/** A filter over a start: `and` binds stronger than `or`, as in CircleCI. Throws for what its language does not know. */
function holds(filter: string, { branch = '', tag = '', deployTo = 'by-push' }: Start): boolean {
  const values: Readonly<Record<string, string>> = { 'pipeline.git.branch': branch, 'pipeline.git.tag': tag, 'pipeline.parameters.deploy-to': deployTo }
  const tokens = filter.match(/"[^"]*"|[()]|==|[\w.-]+/g) ?? []
  if (tokens.join('') !== filter.replaceAll(' ', '')) throw new Error(`Unreadable: ${filter}`)
  const value = (token: string | undefined): string => {
    if (token?.startsWith('"')) return token.slice(1, -1)
    const found = values[token ?? '']
    if (found === undefined) throw new Error(`Unknown value ${token}`)
    return found
  }
  const primary = (): boolean => {
    if (tokens[0] === '(') {
      tokens.shift()
      const inside = either()
      if (tokens.shift() !== ')') throw new Error('no )')
      return inside
    }
    const left = value(tokens.shift())
    if (tokens[0] !== '==' && tokens[0] !== 'starts-with') return left !== ''
    const operator = tokens.shift()
    const right = value(tokens.shift())
    return operator === '==' ? left === right : left.startsWith(right)
  }
  const both = (): boolean => { let result = primary(); while (tokens[0] === 'and') { tokens.shift(); const next = primary(); result = result && next } return result }
  const either = (): boolean => { let result = both(); while (tokens[0] === 'or') { tokens.shift(); const next = both(); result = result || next } return result }
  const result = either()
  if (tokens.length > 0) throw new Error(`Left over: ${tokens.join(' ')}`)
  return result
}

/**
 * What runs, in order. A job that a filter leaves out is no dependency; without a filter nothing runs for a tag. Jobs behind an
 * approval come only when `approved`.
 */
export function runs({ entries }: CircleFile, start: Start, approved: boolean): readonly string[] {
  const chosen = entries.filter(({ filters }) => (filters === null ? start.tag === undefined : holds(filters, start)))
  const names = new Set(chosen.map(({ name }) => name))
  const done: string[] = []
  for (let more = true; more;) {
    const next = chosen.find(({ name, requires }) => !done.includes(name) && requires.filter((need) => names.has(need)).every((need) => done.includes(need) && (approved || entries.find((entry) => entry.name === need)?.job !== null)) && (requires.length === 0 || requires.some((need) => names.has(need))))
    if (next === undefined) more = false
    else done.push(next.name)
  }
  return done
}
