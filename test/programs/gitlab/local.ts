import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const version = '4.60.1'
const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'operational-patterns-e2e', `gitlab-ci-local-${version}`)
const root = join(folder, 'node_modules', 'gitlab-ci-local')

/** The tool copies files with rsync, which few machines have: the three ways in which it calls it, with cp. */
const rsync = `#!/usr/bin/env bash
set -eo pipefail
tracked=false relative=false paths=()
while [ "$#" -gt 0 ]; do
  case "$1" in
    --delete-excluded) tracked=true ;;
    --exclude) shift ;;
    -Ra) relative=true ;;
    -*) ;;
    *) paths+=("$1") ;;
  esac
  shift
done
target="\${paths[-1]}"
unset 'paths[-1]'
if [ "$tracked" = true ]; then
  rm -rf "$target" && mkdir -p "$target"
  git ls-files -z | xargs -0 -r cp -a --parents -t "$target"
elif [ "$relative" = true ]; then
  mkdir -p "$target"
  if [ "\${#paths[@]}" -gt 0 ]; then cp -a --parents -t "$target" -- "\${paths[@]}"; fi
else
  mkdir -p "$target" && cp -a "\${paths[0]}" "$target"
fi
`

/**
 * gitlab-ci-local reads and runs pipelines of GitLab. It is no development package, because re2 below it compiles for minutes: it is
 * fetched once without install scripts, and re2, which it uses for includes by pattern only, gets a stand-in made from RegExp. Test
 * files fetch side by side, so each does it in a folder of its own, and the first one to be done gives it its name.
 */
function fetchTool(): boolean {
  const mine = `${folder}.${process.pid}.${Date.now()}`
  try {
    if (existsSync(join(root, 'src', 'index.js')) && existsSync(join(folder, 'bin', 'rsync'))) return true
    mkdirSync(join(mine, 'bin'), { recursive: true })
    execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', mine, `gitlab-ci-local@${version}`], { stdio: 'ignore', timeout: 240_000 })
    writeFileSync(join(mine, 'node_modules', 're2', 're2.js'), 'module.exports = class RE2 extends RegExp {}\n')
    writeFileSync(join(mine, 'bin', 'rsync'), rsync, { mode: 0o755 })
    if (!existsSync(folder)) renameSync(mine, folder)
  } catch {
    // Absent network, or another one was first.
  }
  rmSync(mine, { recursive: true, force: true })
  return existsSync(join(root, 'src', 'index.js')) && existsSync(join(folder, 'bin', 'rsync'))
}

/** False where the tool is absent and cannot be fetched. */
export const isLocal = fetchTool()

const load = async (file: string): Promise<Record<string, unknown>> => await import(pathToFileURL(join(root, 'src', file)).href) as Record<string, unknown>

/** The schema of pipeline files that comes with the tool: GitLab's own, without its patterns. */
export const schema = async (): Promise<object> => (await load('schema/index.js'))['default'] as object

const git = (cwd: string, ...args: string[]): void => { execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], { cwd, stdio: 'ignore' }) }

/** Stands for the template of GitLab that scans for secrets: the tool would fetch it. */
const template = '.secret-analyzer:\n  stage: test\n  image: registry.example.com/secrets:1\n  script: ["true"]\n  allow_failure: true\nsecret_detection:\n  extends: .secret-analyzer\n'

/** A new folder that is a repository of a project on GitLab, on branch main. */
export function repository(): string {
  const cwd = mkdtempSync(join(tmpdir(), 'gitlab-'))
  git(cwd, 'init', '--quiet', '--initial-branch', 'main')
  git(cwd, 'remote', 'add', 'origin', 'https://gitlab.com/acme/shop.git')
  const includes = join(cwd, '.gitlab-ci-local', 'includes', 'gitlab.com', 'gitlab-org', 'gitlab', '-', 'raw', 'HEAD', 'lib', 'gitlab', 'ci', 'templates', 'Jobs')
  mkdirSync(includes, { recursive: true })
  writeFileSync(join(includes, 'Secret-Detection.gitlab-ci.yml'), template)
  writeFileSync(join(cwd, '.gitignore'), '.gitlab-ci-local/\n')
  commit(cwd)
  return cwd
}

/** Everything in the folder, as a commit. */
export function commit(cwd: string): void {
  git(cwd, 'add', '--all')
  git(cwd, 'commit', '--quiet', '--allow-empty', '--message', 'change')
}

export interface ListedJob { readonly name: string, readonly stage: string, readonly when: string, readonly allow_failure: boolean, readonly needs: readonly { readonly job: string }[] | null }

/** What starts a pipeline, as the variables that GitLab sets for it. */
export const starts = {
  'merge request': { variable: ['CI_PIPELINE_SOURCE=merge_request_event', 'CI_MERGE_REQUEST_IID=1'], unsetVariable: ['CI_COMMIT_BRANCH'] },
  'push to main': { variable: ['CI_PIPELINE_SOURCE=push'], unsetVariable: [] },
  'version tag': { variable: ['CI_PIPELINE_SOURCE=push', 'CI_COMMIT_TAG=v1.2.0'], unsetVariable: ['CI_COMMIT_BRANCH'] },
} as const
export type Start = keyof typeof starts

/** Reads the pipeline file of a folder as the tool does: jobs with their rules decided. Throws what the tool finds wrong. */
export async function list(cwd: string, start: Start, checkSchema = false): Promise<readonly ListedJob[]> {
  const { handler } = await load('handler.js') as { readonly handler: (args: object, streams: object, jobs: object[]) => Promise<unknown> }
  const { WriteStreamsMock } = await load('write-streams.js') as { readonly WriteStreamsMock: new () => { readonly stdoutLines: readonly string[] } }
  const streams = new WriteStreamsMock()
  await handler({ cwd: relative(process.cwd(), cwd), listJson: true, jsonSchemaValidation: checkSchema, noColor: true, ...starts[start] }, streams, [])
  // Notes about the variables that start the pipeline come first.
  return JSON.parse(streams.stdoutLines.slice(streams.stdoutLines.findIndex((line) => line.startsWith('['))).join('\n')) as readonly ListedJob[]
}

export interface Ran { readonly code: number, readonly output: string }

/** Runs jobs of the folder one after the other in the shell of this machine, as a runner without containers does. */
export async function runJobs(cwd: string, jobs: readonly string[], { variables = {}, env = {} }: { readonly variables?: Readonly<Record<string, string>>, readonly env?: Readonly<Record<string, string>> } = {}): Promise<Ran> {
  const args = [join(root, 'src', 'index.js'), '--cwd', '.', '--force-shell-executor', '--shell-isolation', '--no-artifacts-to-source', '--concurrency', '1', ...Object.entries(variables).flatMap(([name, value]) => ['--variable', `${name}=${value}`]), ...jobs]
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd, env: { ...process.env, FORCE_COLOR: '0', ...env, PATH: `${join(folder, 'bin')}:${env['PATH'] ?? process.env['PATH'] ?? ''}` }, timeout: 120_000, maxBuffer: 10_000_000 })
    return { code: 0, output: stdout + stderr }
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { readonly code?: number, readonly stdout?: string, readonly stderr?: string }
    return { code: typeof code === 'number' ? code : 1, output: stdout + stderr }
  }
}
