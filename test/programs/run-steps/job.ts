import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { interpolate, runs, type Contexts, type Status } from './expressions.ts'
import { call } from './machine.ts'
import { standIns } from './stand-ins.ts'
import type { Step } from './workflow.ts'

/** What became of a step. `stood-in` did what an action does; `not-run` cannot run here, and `output` says why. */
export interface StepResult { readonly job: string, readonly name: string, readonly outcome: 'passed' | 'failed' | 'skipped' | 'stood-in' | 'not-run', readonly output: string }

/** Where and as what a job runs. `env` is that of the workflow and the job, its expressions replaced. */
export interface Place { readonly job: string, readonly folder: string, readonly origin: string, readonly base: Readonly<Record<string, string>>, readonly env: Readonly<Record<string, string>>, readonly contexts: Contexts, readonly cannotRun: Readonly<Record<string, string>>, readonly atStep: Readonly<Record<string, Readonly<Record<string, string>>>> }

const shells: Readonly<Record<string, readonly string[]>> = { default: ['bash', '-e'], bash: ['bash', '--noprofile', '--norc', '-e', '-o', 'pipefail'], sh: ['sh', '-e'] }

/** Names and values from a file that steps append to: `NAME=value` lines and `NAME<<END` blocks. */
function readPairs(path: string): Record<string, string> {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const pairs = [...text.matchAll(/^([^=<\n]+)(?:=(.*)|<<(.+)\n([^]*?)\n?^\3)$/gm)]
  return Object.fromEntries(pairs.map(([, name = '', value, , block]) => [name, value ?? block ?? '']))
}

/** Runs the steps of one job as the runner of GitHub does: in order, and after a failure only those that ask for it. */
export async function runJob(steps: readonly Step[], { job, folder, origin, base, env, contexts, cannotRun, atStep }: Place): Promise<readonly StepResult[]> {
  const checkout = join(folder, 'checkout')
  const files = { GITHUB_ENV: join(folder, 'env'), GITHUB_OUTPUT: join(folder, 'output'), GITHUB_PATH: join(folder, 'path'), GITHUB_STEP_SUMMARY: join(folder, 'summary'), GITHUB_WORKSPACE: checkout, RUNNER_TEMP: folder }
  mkdirSync(checkout)
  const results: StepResult[] = []
  const outputs: Record<string, { outputs: Record<string, string>, outcome: string, conclusion: string }> = {}
  const added: string[] = []
  let status: Status = 'success'
  const path = (): string => [...(existsSync(files.GITHUB_PATH) ? readFileSync(files.GITHUB_PATH, 'utf8').split('\n').filter(Boolean).reverse() : []), ...[...added].reverse(), base['PATH'] ?? ''].join(':')
  for (const [index, step] of steps.entries()) {
    const name = step.name ?? step.uses ?? step.run ?? ''
    const scope = { ...contexts, steps: outputs, env }
    if (!runs(step.if, scope, status)) { results.push({ job, name, outcome: 'skipped', output: '' }); continue }
    const filled = (text: string) => interpolate(text, scope, status)
    const temporary = join(folder, `step-${index}`)
    mkdirSync(temporary)
    const run = async (): Promise<Pick<StepResult, 'outcome' | 'output'>> => {
      const why = cannotRun[name]
      if (why !== undefined) return { outcome: 'not-run', output: why }
      if (step.uses !== undefined) {
        const standIn = standIns[step.uses.split('@')[0] ?? '']
        if (standIn === undefined) throw new Error(`There is no stand-in for ${step.uses}.`)
        const inputs = Object.fromEntries(Object.entries(step.with ?? {}).map(([key, value]) => [key, filled(String(value))]))
        try {
          await standIn({ inputs, origin, checkout, temporary, addPath: (more) => void added.push(more), path })
          return { outcome: 'stood-in', output: '' }
        } catch (error) {
          return { outcome: 'failed', output: (error as Error).message }
        }
      }
      const script = join(temporary, 'script.sh')
      writeFileSync(script, filled(step.run ?? ''))
      const [shell = '', ...options] = shells[step.shell ?? 'default'] ?? []
      const own = Object.fromEntries(Object.entries(step.env ?? {}).map(([key, value]) => [key, filled(value)]))
      const { code, output } = await call(shell, [...options, script], { cwd: join(checkout, step['working-directory'] ?? ''), env: { ...base, ...env, ...readPairs(files.GITHUB_ENV), ...atStep[name], ...own, ...files, PATH: path() } })
      return { outcome: code === 0 ? 'passed' : 'failed', output }
    }
    const result = await run()
    results.push({ job, name, ...result })
    if (result.outcome === 'failed') status = 'failure'
    const conclusion = result.outcome === 'failed' ? 'failure' : 'success'
    if (step.id !== undefined) outputs[step.id] = { outputs: readPairs(files.GITHUB_OUTPUT), outcome: conclusion, conclusion }
    writeFileSync(files.GITHUB_OUTPUT, '')
  }
  return results
}
