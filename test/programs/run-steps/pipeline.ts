import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { decideFor } from '../../../src/engine/deciding-call.ts'
import { pipelineTemplate } from '../../../src/tools/pipeline-template/tool.ts'
import { worldAt } from '../../support/world.ts'
import { interpolate, runs, type Status } from './expressions.ts'
import { runJob, type StepResult } from './job.ts'
import { call, machineEnvironment, installRunner } from './machine.ts'
import { startServices } from './services.ts'
import { readWorkflow, type Job, type Workflow } from './workflow.ts'

type Given = Parameters<typeof pipelineTemplate.run>[0]

/** A small repository, and what its generated pipeline is told. */
export interface Sample {
  readonly name: string
  /** What the detection cannot know: the stage, say. */
  readonly input?: Given
  readonly vars?: Readonly<Record<string, string>>
  /** Variables of a machine whose programs or packages lie elsewhere. */
  readonly env?: Readonly<Record<string, string>>
  /** Puts into the home folder what lies there on a machine with other programs or packages. */
  readonly home?: (folder: string) => void
  /** Variables for single steps, by name: where one of them has to meet another server. */
  readonly atStep?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Jobs to run, where the others would show nothing more. */
  readonly only?: readonly string[]
  /** Steps that need what is not here, by name, and what that is. A step that is not named here always runs. */
  readonly cannotRun?: Readonly<Record<string, string>>
  /** Checks that the sample does not have. */
  readonly without?: readonly string[]
}

/** How a run ended: the result of each job, and what became of each step. */
export interface Ended { readonly jobs: Readonly<Record<string, Status | 'skipped'>>, readonly steps: readonly StepResult[] }

const samples = fileURLToPath(new URL('samples', import.meta.url))
const git = async (cwd: string, ...args: readonly string[]): Promise<string> => {
  const { code, output } = await call('git', ['-c', 'user.name=Tests', '-c', 'user.email=tests@example.invalid', '-c', 'init.defaultBranch=main', ...args], { cwd })
  if (code !== 0) throw new Error(`git ${args[0]}: ${output}`)
  return output.trim()
}

/** A repository with two commits: the sample with its generated pipeline, and the change of a pull request. */
async function repository(sample: Sample, folder: string, change: (folder: string) => void): Promise<{ readonly files: ReadonlyMap<string, string>, readonly base: string, readonly head: string }> {
  cpSync(join(samples, sample.name), folder, { recursive: true, filter: (path) => !['node_modules', 'dist', '__pycache__'].includes(basename(path)) })
  // What the tool writes for what it sees in the sample, as in anybody's project.
  const { files } = decideFor(pipelineTemplate, { ...sample.input, ciProvider: 'github-actions' }, worldAt(folder)).draft
  for (const { path, body } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), body)
  }
  await git(folder, 'init', '--quiet')
  await git(folder, 'add', '--all')
  await git(folder, 'commit', '--quiet', '--message', 'Sample')
  const base = await git(folder, 'rev-parse', 'HEAD')
  change(folder)
  await git(folder, 'add', '--all')
  await git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'Change')
  return { files: new Map(files.map(({ path, body }) => [path, body])), base, head: await git(folder, 'rev-parse', 'HEAD') }
}

const needsOf = ({ needs = [] }: Job): readonly string[] => (typeof needs === 'string' ? [needs] : needs)

/** Jobs one after another, each after those it needs. */
function inOrder(jobs: Workflow['jobs'], done: readonly string[] = []): readonly string[] {
  const ready = Object.keys(jobs).filter((id) => !done.includes(id) && needsOf(jobs[id] as Job).every((need) => done.includes(need)))
  if (ready.length === 0 && done.length < Object.keys(jobs).length) throw new Error('Some jobs need each other, or one that does not exist.')
  return ready.length === 0 ? done : inOrder(jobs, [...done, ...ready])
}

/** Runs the checks of a sample's generated ci.yml for a pull request that holds one change. Removes what it made. */
export async function runPipeline(sample: Sample, change: (folder: string) => void = () => undefined): Promise<Ended> {
  const folder = mkdtempSync(join(tmpdir(), 'run-steps-'))
  try {
    const origin = join(folder, 'origin')
    const { files, base: before, head } = await repository(sample, origin, change)
    const { jobs, env: shared = {} } = readWorkflow('.github/workflows/ci.yml', files)
    const github = { event_name: 'pull_request', event: { pull_request: { base: { sha: before } } }, sha: head, ref: 'refs/pull/1/merge', head_ref: 'change', base_ref: 'main', run_id: '1', repository: 'example/sample', actor: 'someone', token: '' }
    const home = join(folder, 'home')
    mkdirSync(home)
    sample.home?.(home)
    const base = {
      ...machineEnvironment(home), ...sample.env,
      GITHUB_ACTIONS: 'true', GITHUB_SHA: head, GITHUB_REPOSITORY: github.repository, GITHUB_EVENT_NAME: github.event_name, GITHUB_BASE_REF: 'main', RUNNER_OS: 'Linux',
    }
    const results: Record<string, Status | 'skipped'> = {}
    const steps: StepResult[] = []
    for (const id of inOrder(jobs).filter((job) => sample.only?.includes(job) !== false)) {
      const job = jobs[id] as Job
      const needs = Object.fromEntries(needsOf(job).map((need) => [need, { result: results[need], outputs: {} }]))
      const contexts = { github, needs, vars: sample.vars ?? {}, secrets: {}, inputs: {}, runner: { os: 'Linux', temp: folder } }
      const status: Status = Object.values(needs).every(({ result }) => result === 'success') ? 'success' : 'failure'
      if (!runs(job.if, contexts, status)) { results[id] = 'skipped'; continue }
      const services = await startServices(job.services)
      try {
        const place = join(folder, id)
        mkdirSync(place)
        const prefix = join(place, 'programs')
        const path = [await installRunner(prefix), '/usr/bin', '/bin'].join(':')
        const env = Object.fromEntries(Object.entries({ ...shared, ...job.env }).map(([name, value]) => [name, services.moved(interpolate(value, contexts, status))]))
        const done = await runJob(job.steps, { job: id, folder: place, origin, base: { ...base, npm_config_prefix: prefix, PATH: path }, env, contexts, cannotRun: sample.cannotRun ?? {}, atStep: sample.atStep ?? {} })
        steps.push(...done)
        results[id] = done.some(({ outcome }) => outcome === 'failed') ? 'failure' : 'success'
      } finally {
        services.stop()
      }
    }
    return { jobs: results, steps }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
