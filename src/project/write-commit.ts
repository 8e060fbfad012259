import { chmodSync, closeSync, existsSync, fsyncSync, linkSync, lstatSync, mkdirSync, mkdtempSync, openSync, readFileSync, realpathSync, renameSync, rmSync, rmdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { InputError } from '../core/errors.ts'
import { isInside, reason } from './inside.ts'
import type { Plan } from './write-plan.ts'

/** `file` is absent where the target is taken away. */
interface Staged { readonly plan: Plan, readonly folder: string, readonly file?: string }

/** Makes the folders above `target` and returns those that were new, deepest last. */
function makeFolders(target: string): string[] {
  const made: string[] = []
  const first = mkdirSync(dirname(target), { recursive: true })
  if (first === undefined) return made
  const rest = relative(first, dirname(target)).split(sep).filter(Boolean)
  return [first, ...rest.map((_, index) => join(first, ...rest.slice(0, index + 1)))]
}

/** True while the target is what it was when the write was planned. */
function isAsPlanned({ target, before }: Plan): boolean {
  if (before === undefined) return lstatSync(target, { throwIfNoEntry: false })?.isFile() !== true
  try {
    return readFileSync(target).equals(before.bytes)
  } catch {
    return false
  }
}

/** Writes the body beside its target, flushed to disk. The private folder cannot collide with another process. What is taken away goes to the root, as its own folder may go too. */
function stage(plan: Plan, root: string): Staged {
  const parent = plan.status === 'removed' ? root : dirname(plan.target)
  if (!isInside(realpathSync(root), realpathSync(parent))) throw new InputError(`Unexpected path ${plan.path}: its folder moved out of the project while it was written.`)
  const folder = mkdtempSync(join(parent, `.ops-${process.pid}-`))
  if (plan.status === 'removed') return { plan, folder }
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

/** Folders that a removed file leaves empty go with it, up to `root`. */
function removeEmpty(root: string, target: string): void {
  for (let folder = dirname(target); folder !== root && isInside(root, folder); folder = dirname(folder)) {
    try {
      rmdirSync(folder)
    } catch {
      return
    }
  }
}

/** Name under which the old file waits beside its target; where the system cannot link, its bytes are written again. */
const aside = ({ folder }: Staged): string => join(folder, 'before')

function keepAside(staged: Staged): void {
  try {
    if (staged.plan.before !== undefined) linkSync(staged.plan.target, aside(staged))
  } catch {}
}

function undo(replaced: readonly Staged[]): void {
  for (const staged of replaced) {
    const { target, before } = staged.plan
    if (before === undefined) rmSync(target, { force: true })
    else if (existsSync(aside(staged))) renameSync(aside(staged), target)
    else writeFileSync(target, before.bytes, { mode: before.mode })
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
  const replaced: Staged[] = []
  const made: string[] = []
  let current = ''
  try {
    for (const plan of plans) {
      current = plan.path
      made.push(...makeFolders(plan.target))
      staged.push(stage(plan, root))
    }
    for (const one of staged.toSorted((a, b) => Number(b.plan.first) - Number(a.plan.first))) {
      const { plan, folder, file } = one
      current = plan.path
      if (!isAsPlanned(plan)) throw new InputError(`Cannot write ${plan.path}: somebody else wrote it at the same time. Everything is as it was before. Run again.`)
      keepAside(one)
      if (file === undefined) renameSync(plan.target, join(folder, 'removed'))
      else renameSync(file, plan.target)
      replaced.push(one)
    }
    for (const folder of new Set(plans.map((plan) => dirname(plan.target)))) syncFolder(folder)
  } catch (error) {
    undo(replaced)
    for (const { folder } of staged) rmSync(folder, { recursive: true, force: true })
    for (const folder of made.reverse()) try { rmdirSync(folder) } catch {}
    if (error instanceof InputError) throw error
    throw new InputError(`Cannot write ${current}: ${reason(error)}. Everything is as it was before. Make room or change permissions, then run again.`)
  }
  for (const { plan, folder } of staged) {
    rmSync(folder, { recursive: true, force: true })
    if (plan.status === 'removed') removeEmpty(root, plan.target)
  }
}
