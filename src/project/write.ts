import { dirname } from 'node:path'
import { InputError } from '../core/errors.ts'
import { planWrites, type Plan } from './write-plan.ts'
import { commitWrites } from './write-commit.ts'
import { sweep } from './write-sweep.ts'

/**
 * A text file to write. `merged` says that `body` was made from what is on disk, so it may replace it; `from` is that text, null where
 * there was no file. A file that somebody changed since then is not replaced.
 */
export interface FileToWrite {
  readonly path: string
  readonly body: string
  readonly merged?: boolean
  readonly from?: string | null
  /** Take the file away instead; `body` is not looked at. */
  readonly remove?: true
  /** Put in place before the others: what a run that is cut off must have left. */
  readonly first?: true
}

export interface WriteOptions {
  /** Replace files that differ. */
  readonly overwrite?: boolean
  /** Write the other files although some are refused. */
  readonly partial?: boolean
  /** Absolute folder that `root` must lie in once symbolic links are followed. */
  readonly within?: string
}

/**
 * What happened to one file: `refused` differs from what is on disk and was left alone; `held` was not written because another
 * file was refused; `unchanged` already held the same text (line ends aside).
 */
export interface Written { readonly path: string, readonly status: 'created' | 'unchanged' | 'replaced' | 'removed' | 'refused' | 'held', readonly next?: string }

const asResult = (plan: Plan, held: boolean): Written => {
  if (plan.status === 'refused') return { path: plan.path, status: 'refused', next: `${plan.path} exists and differs: compare it, then pass overwrite or move it away` }
  if (held && plan.status !== 'unchanged') return { path: plan.path, status: 'held', next: 'not written because another file was refused' }
  return { path: plan.path, status: plan.status }
}

/**
 * Writes text files below `root`, which is made when missing. Everything is checked before the first byte: paths, symbolic links,
 * folders, existing files. An unusable path throws InputError; a file that differs is refused, and then nothing at all is written
 * unless `partial`. Each file is replaced atomically and keeps its mode; a failure on the way puts everything back.
 * The answer has the order of `files`.
 */
export function writeFiles(root: string, files: readonly FileToWrite[], options: WriteOptions = {}): Written[] {
  if (files.length === 0) throw new InputError('Unexpected empty list of files, expected at least one to write.')
  const { folder, plans } = planWrites(root, files, options)
  const held = plans.some((plan) => plan.status === 'refused') && options.partial !== true
  if (!held) sweep([folder, ...plans.map(({ target }) => dirname(target))])
  if (!held) commitWrites(folder, plans.filter(({ status }) => status === 'created' || status === 'replaced' || status === 'removed'))
  return plans.map((plan) => asResult(plan, held))
}
