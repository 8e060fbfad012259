import { accessSync, constants, existsSync, lstatSync, readFileSync, realpathSync, statSync, type Stats } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { InputError } from '../core/errors.ts'
import { isInside, realRoot, reason, resolveInside } from './inside.ts'
import { fileMeaning } from './file-meaning.ts'
import type { FileToWrite, WriteOptions } from './write.ts'

/** One checked write. `before` is what is on disk now, kept so that a failure can be undone. */
export interface Plan {
  readonly path: string
  readonly target: string
  readonly body: string
  readonly status: 'created' | 'unchanged' | 'replaced' | 'removed' | 'refused'
  readonly before?: { readonly bytes: Buffer, readonly mode: number }
  readonly first: boolean
}

const maxBytes = 8 * 1024 * 1024
/** Line ends do not count, nor does layout: an editor would lay the file out again. What was merged into a document is exact. */
const isSame = (there: string, { path, body, merged }: FileToWrite): boolean =>
  there.replace(/\r\n/g, '\n') === body.replace(/\r\n/g, '\n') || ((merged !== true || !path.endsWith('.md')) && fileMeaning(path, there) === fileMeaning(path, body))

/** The real path of a folder that may not exist yet. Throws InputError when a file stands in the way. */
function realFolder(root: string): string {
  const missing: string[] = []
  let existing = resolve(root)
  while (!existsSync(existing) && dirname(existing) !== existing) {
    missing.unshift(basename(existing))
    existing = dirname(existing)
  }
  if (!statSync(existing).isDirectory()) throw new InputError(`Cannot write to ${root}: ${existing} is a file where a folder is expected. Name another folder.`)
  return join(realpathSync(existing), ...missing)
}

function checkParent(target: string, path: string): void {
  let parent = dirname(target)
  while (!existsSync(parent)) parent = dirname(parent)
  if (!statSync(parent).isDirectory()) throw new InputError(`Cannot write ${path}: ${parent} is a file where a folder is expected. Nothing was written. Move it away or choose another folder.`)
  try {
    accessSync(parent, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new InputError(`Cannot write ${path}: ${parent} may not be written to, ${reason(error)}. Nothing was written. Change its permissions or choose another folder.`)
  }
}

function existingFile(target: string, path: string): Stats | undefined {
  const stat = lstatSync(target, { throwIfNoEntry: false })
  if (stat === undefined) return undefined
  if (stat.isSymbolicLink()) throw new InputError(`Cannot write ${path}: it is a symbolic link, and links are not followed. Nothing was written. Replace the link with a file or choose another path.`)
  if (!stat.isFile()) throw new InputError(`Cannot write ${path}: something that is no file has this name. Nothing was written. Move it away or choose another path.`)
  return stat
}

/** A file is replaced through its folder, which a read-only mode would not stop: whoever set it meant it. */
function checkWritable(target: string, path: string): void {
  try {
    accessSync(target, constants.W_OK)
  } catch (error) {
    throw new InputError(`Cannot write ${path}: it is read-only, ${reason(error)}. Nothing was written. Change its permissions and run again.`)
  }
}

/** What a person writes while we compute is never lost: the merge is done again instead. */
const movedOn = (path: string): InputError => new InputError(`Cannot write ${path}: it changed while the new text was worked out. Nothing was written. Run again.`)

function planOne(folder: string, file: FileToWrite, overwrite: boolean): Plan {
  const target = resolveInside(folder, file.path)
  if (Buffer.byteLength(file.body) > maxBytes) throw new InputError(`Cannot write ${file.path}: it holds more than ${maxBytes} bytes. Nothing was written.`)
  checkParent(target, file.path)
  const stat = existingFile(target, file.path)
  const base = { path: file.path, target, body: file.body, first: file.first === true }
  if (stat === undefined) {
    if (typeof file.from === 'string') throw movedOn(file.path)
    return { ...base, status: 'created' }
  }
  let bytes: Buffer
  try {
    bytes = readFileSync(target)
  } catch (error) {
    throw new InputError(`Cannot compare ${file.path} with what is there: ${reason(error)}. Nothing was written. Change its permissions and run again.`)
  }
  if (file.from !== undefined && bytes.toString('utf8') !== file.from) throw movedOn(file.path)
  const before = { bytes, mode: stat.mode & 0o7777 }
  if (file.remove !== true && isSame(bytes.toString('utf8'), file)) return { ...base, status: 'unchanged' }
  if (!overwrite && file.merged !== true) return { ...base, status: 'refused', before }
  checkWritable(target, file.path)
  return { ...base, status: file.remove === true ? 'removed' : 'replaced', before }
}

/** Two names that are one file on a system that ignores case, or a file that is also another's folder. */
function checkTogether(files: readonly FileToWrite[]): void {
  const seen = new Map<string, string>()
  for (const { path } of files) {
    const other = seen.get(path.toLowerCase())
    if (other !== undefined) throw new InputError(`Unexpected path ${path}, which names the same file as ${other}. Nothing was written. Give each file its own path.`)
    seen.set(path.toLowerCase(), path)
  }
  for (const { path } of files) {
    const parts = path.toLowerCase().split('/')
    for (let length = 1; length < parts.length; length += 1) {
      const file = seen.get(parts.slice(0, length).join('/'))
      if (file !== undefined) throw new InputError(`Unexpected path ${path}: ${file} is to be a file, so it cannot hold others. Nothing was written.`)
    }
  }
}

/** Checks every file before anything is written. Throws InputError with the path and the next step. */
export function planWrites(root: string, files: readonly FileToWrite[], { overwrite = false, within }: WriteOptions): { folder: string, plans: Plan[] } {
  const folder = realFolder(root)
  if (within !== undefined && !isInside(realRoot(within), folder)) throw new InputError(`Cannot write to ${root}: a symbolic link leads out of the project. Nothing was written. Remove the link or name another folder.`)
  const plans = files.map((file) => planOne(folder, file, overwrite))
  checkTogether(files)
  return { folder, plans }
}
