import { chmodSync, closeSync, fsyncSync, mkdirSync, mkdtempSync, openSync, realpathSync, renameSync, rmSync, rmdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { InputError } from '../core/errors.ts'
import { isInside, reason } from './inside.ts'
import type { Plan } from './write-plan.ts'

interface Staged { readonly plan: Plan, readonly folder: string, readonly file: string }

/** Makes the folders above `target` and returns those that were new, deepest last. */
function makeFolders(target: string): string[] {
  const made: string[] = []
  const first = mkdirSync(dirname(target), { recursive: true })
  if (first === undefined) return made
  const rest = relative(first, dirname(target)).split(sep).filter(Boolean)
  return [first, ...rest.map((_, index) => join(first, ...rest.slice(0, index + 1)))]
}

/** Writes the body beside its target, flushed to disk. The private folder cannot collide with another process. */
function stage(plan: Plan, root: string): Staged {
  const parent = dirname(plan.target)
  if (!isInside(realpathSync(root), realpathSync(parent))) throw new InputError(`Unexpected path ${plan.path}: its folder moved out of the project while it was written.`)
  const folder = mkdtempSync(join(parent, '.ops-'))
  const file = join(folder, 'body')
  try {
    const mode = plan.before?.mode ?? (plan.body.startsWith('#!') ? 0o755 : 0o644)
    const handle = openSync(file, 'wx', mode)
    try {
      writeFileSync(handle, plan.body, 'utf8')
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    if (plan.before !== undefined) chmodSync(file, mode)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
  return { plan, folder, file }
}

function undo(renamed: readonly Plan[]): void {
  for (const plan of renamed) {
    if (plan.before === undefined) rmSync(plan.target, { force: true })
    else writeFileSync(plan.target, plan.before.bytes, { mode: plan.before.mode })
  }
}

/** Flushes the folder entry, so that a rename survives a power cut; not every system can. */
function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r')
    try {
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  } catch {}
}

/** Writes checked files: all are staged beside their targets first, then renamed one by one. On failure everything is put back and InputError thrown. */
export function commitWrites(root: string, plans: readonly Plan[]): void {
  const staged: Staged[] = []
  const renamed: Plan[] = []
  const made: string[] = []
  let current = ''
  try {
    for (const plan of plans) {
      current = plan.path
      made.push(...makeFolders(plan.target))
      staged.push(stage(plan, root))
    }
    for (const { plan, file } of staged) {
      current = plan.path
      renameSync(file, plan.target)
      renamed.push(plan)
    }
    for (const folder of new Set(plans.map((plan) => dirname(plan.target)))) syncFolder(folder)
  } catch (error) {
    undo(renamed)
    for (const { folder } of staged) rmSync(folder, { recursive: true, force: true })
    for (const folder of made.reverse()) try { rmdirSync(folder) } catch {}
    if (error instanceof InputError) throw error
    throw new InputError(`Cannot write ${current}: ${reason(error)}. Everything is as it was before. Make room or change permissions, then run again.`)
  }
  for (const { folder } of staged) rmSync(folder, { recursive: true, force: true })
}
