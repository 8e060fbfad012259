import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import type { FlatJob } from '../../tools/pipeline-template/circleci-file.ts'
import type { Ended, Machine } from './stand-ins.ts'

/** Runs the steps of a job as CircleCI does: each run step is a shell of its own that first reads `BASH_ENV`; a workspace carries files to other jobs. */
export function playJob(job: FlatJob, machine: Machine, env: Readonly<Record<string, string>>): Ended {
  const bashEnv = join(machine.folder, `bash-env-${Math.random()}`)
  const workspace = join(machine.folder, 'workspace')
  const handover = join(machine.folder, 'handover')
  const here = (path: string): string => (path === '/tmp/handover' ? handover : isAbsolute(path) ? join(machine.folder, path) : join(machine.checkout, path))
  spawnSync('touch', [bashEnv])
  // A job starts on a machine of its own.
  rmSync(handover, { recursive: true, force: true })
  let output = ''
  for (const { kind, name, command, body } of job.steps) {
    if (kind === 'persist_to_workspace') {
      const { root, paths } = body as { root: string, paths: readonly string[] }
      for (const path of paths) cpSync(join(here(root), path), join(workspace, path), { recursive: true })
    }
    if (kind === 'attach_workspace') cpSync(workspace, here((body as { at: string }).at), { recursive: true })
    if (kind !== 'run') continue
    mkdirSync(machine.checkout, { recursive: true })
    const ended = spawnSync('/bin/bash', ['-eo', 'pipefail', '-c', command.replaceAll('/tmp/handover', handover)], { cwd: machine.checkout, encoding: 'utf8', env: { ...job.environment, ...machine.env, ...env, BASH_ENV: bashEnv, CIRCLECI: 'true' } })
    output += ended.stdout + ended.stderr
    if (ended.status !== 0) return { failedIn: name, output }
  }
  return { failedIn: null, output }
}
