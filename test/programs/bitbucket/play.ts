import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Step } from '../../tools/pipeline-template/bitbucket-schema.ts'
import type { Machine } from '../circleci/stand-ins.ts'

/** Runs the script of a step as Bitbucket does: all entries in one Bash that ends at the first failure. */
export function playStep(step: Step, machine: Machine, env: Readonly<Record<string, string>>): { readonly status: number | null, readonly output: string, readonly missing: readonly string[] } {
  const { status, stdout, stderr } = spawnSync('/bin/bash', ['-e', '-c', step.script.join('\n')], { cwd: machine.checkout, encoding: 'utf8', env: { ...machine.env, BITBUCKET_CLONE_DIR: machine.checkout, ...env } })
  return { status, output: stdout + stderr, missing: (step.artifacts ?? []).filter((path) => !existsSync(join(machine.checkout, path.replace('/**', '')))) }
}
