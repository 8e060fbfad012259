import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { commit, isLocal, repository, runJobs } from './gitlab/local.ts'
import { withoutContainers } from './gitlab/without-containers.ts'

// The step that fails a change when documents and code part ways, run in a repository with real documents by each provider's shell.

const dist = fileURLToPath(new URL('../../dist', import.meta.url))
const program = join(dist, 'operational-patterns.cjs')
const step = (provider: string): string => execFileSync(process.execPath, [program, 'check_deliverables', '--ci-step', provider], { encoding: 'utf8' })
const git = (cwd: string, ...args: string[]): string => execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()

interface Ended { readonly status: number | null, readonly output: string }
type Play = (cwd: string, env: Readonly<Record<string, string>>) => Ended | Promise<Ended>

/** The shell of a runner, as the provider starts it, with nothing else of this machine. */
const shell = (flags: readonly string[], script: (file: never) => string | undefined, temporary: string | null, provider: string): Play => (cwd, env) => {
  const body = script(parse(step(provider)) as never) ?? 'echo no script; exit 99'
  const { status, stdout, stderr } = spawnSync('bash', [...flags, '-c', body], { cwd, encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '', HOME: work, ...(temporary !== null && { [temporary]: mkdtempSync(join(work, 'runner-')) }), ...env } })
  return { status, output: stdout + stderr }
}

let work = ''
let source: { readonly OPS_REPOSITORY: string, readonly OPS_COMMIT: string }
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'check-step-'))
  const tool = join(work, 'tool')
  cpSync(dist, join(tool, 'dist'), { recursive: true })
  git(work, 'init', '--quiet', tool)
  git(tool, 'config', 'uploadpack.allowAnySHA1InWant', 'true')
  git(tool, 'add', '--all')
  git(tool, 'commit', '--quiet', '--message', 'tool')
  source = { OPS_REPOSITORY: `file://${tool}`, OPS_COMMIT: git(tool, 'rev-parse', 'HEAD') }
})
afterAll(() => rmSync(work, { recursive: true, force: true }))

/** A project with its three documents, whose pipeline runs at the provider. */
function project(provider: string): string {
  const folder = mkdtempSync(join(work, `${provider}-`))
  mkdirSync(join(folder, '.claude'))
  writeFileSync(join(folder, '.claude/operational-patterns.md'), `---\nname: Rowing club\nprojectType: web-app\nstage: early\nsignInBy: [consumers]\nhosting: render\nstack: [express, postgresql, prisma]\nciProvider: ${provider}\n---\n`)
  execFileSync(process.execPath, [program, 'blueprint', '--project', folder, '--out', join(folder, 'architecture-output')], { stdio: 'ignore' })
  return folder
}

interface GitHub { readonly jobs: { readonly documents: { readonly steps: readonly { readonly run?: string }[] } } }
interface Circle { readonly jobs: { readonly documents: { readonly steps: readonly (string | { readonly run: { readonly command: string } })[] } } }
interface Azure { readonly jobs: readonly { readonly steps: readonly { readonly bash?: string }[] }[] }
interface Bitbucket { readonly pipelines: { readonly 'pull-requests': { readonly '**': readonly { readonly step: { readonly script: readonly string[] } }[] } } }

const onGitlab: Play = async (cwd, env) => {
  const there = repository()
  try {
    cpSync(cwd, there, { recursive: true })
    writeFileSync(join(there, '.gitlab-ci.yml'), withoutContainers(step('gitlab')))
    commit(there)
    const { code, output } = await runJobs(there, ['documents'], { variables: { CI_PIPELINE_SOURCE: 'merge_request_event', ...env } })
    return { status: code, output }
  } finally {
    rmSync(there, { recursive: true, force: true })
  }
}

const players: readonly (readonly [provider: string, play: Play])[] = [
  ['github-actions', shell(['-e'], (file: GitHub) => file.jobs.documents.steps.find(({ run }) => run !== undefined)?.run, 'RUNNER_TEMP', 'github-actions')],
  ...(isLocal ? [['gitlab', onGitlab] as const] : []),
  ['circleci', shell(['-eo', 'pipefail'], (file: Circle) => file.jobs.documents.steps.map((one) => (typeof one === 'string' ? undefined : one.run.command)).find((one) => one !== undefined), null, 'circleci')],
  ['azure-pipelines', shell([], (file: Azure) => file.jobs[0]?.steps.find(({ bash }) => bash !== undefined)?.bash, 'AGENT_TEMPDIRECTORY', 'azure-pipelines')],
  ['bitbucket', shell(['-e'], (file: Bitbucket) => file.pipelines['pull-requests']['**'][0]?.step.script.join('\n'), null, 'bitbucket')],
]

test.skipIf(isLocal)('gitlab: the step runs (gitlab-ci-local)', () => expect.fail('not reached'))

test.each(players)('%s: passes while documents and code agree, and fails with file and line when they part', { timeout: 120_000 }, async (provider, play) => {
  const cwd = project(provider)
  const sound = await play(cwd, source)
  expect(sound.output).toContain('Read 3 documents')
  expect(sound.status).toBe(0)

  writeFileSync(join(cwd, 'package.json'), JSON.stringify({ name: 'club', dependencies: { 'drizzle-orm': '1.0.0', express: '5.0.0' }, devDependencies: { 'drizzle-kit': '0.31.0' } }, null, 2))
  const parted = await play(cwd, source)
  expect(parted.status).not.toBe(0)
  expect(parted.output).toMatch(/architecture-output\/devops-blueprint\.md:\d+ /)
  expect(parted.output).toMatch(/prisma.*drizzle.* in package\.json:\d+/i)

  // A copy in the repository needs no network and no variable.
  cpSync(dist, join(cwd, 'tools/operational-patterns'), { recursive: true })
  const copied = await play(cwd, {})
  expect(copied.status).not.toBe(0)
  expect(copied.output).toMatch(/prisma.*drizzle.* in package\.json:\d+/i)
})

test.each(players)('%s: without the tool it fails and says what to set', { timeout: 60_000 }, async (provider, play) => {
  const bare = await play(project(provider), {})
  expect(bare.status).not.toBe(0)
  expect(bare.output).toContain('OPS_REPOSITORY')
})
