import { existsSync, lstatSync, realpathSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import { InputError } from '../core/errors.ts'

const reservedOnWindows = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i
const examples = new Set(['.env.example', '.env.sample', '.env.template'])

/** Why a path that a caller gave may not be used below the project, or undefined. Judges the text only, alike on every system. */
export function pathFault(path: string): string | undefined {
  if (path === '' || path.length > 400) return 'expected 1 to 400 characters'
  if (/[\u0000-\u001f\u007f<>:"|?*\\]/.test(path)) return 'expected forward slashes and no control characters or any of < > : " | ? * \\'
  if (path.startsWith('/') || isAbsolute(path)) return 'expected a path relative to the project'
  for (const part of path.split('/')) {
    if (part === '' || part === '.' || part === '..') return 'expected no empty, . or .. parts'
    if (/[. ]$/.test(part) || reservedOnWindows.test(part)) return `expected a name that every system can store, not ${part}`
    if (part.toLowerCase() === '.git') return 'expected nothing inside .git'
    if (/^\.env($|\.)/i.test(part) && !examples.has(part.toLowerCase())) return 'expected no .env file: values of secrets are never written'
  }
  return undefined
}

/** The real, absolute path of the project folder. Throws InputError when it is missing, no folder or unreadable. */
export function realRoot(root: string): string {
  try {
    const real = realpathSync(root)
    if (lstatSync(real).isDirectory()) return real
  } catch (error) {
    throw new InputError(`Cannot open the project folder ${root}: ${reason(error)}. Name an existing folder you may read.`)
  }
  throw new InputError(`Unexpected project folder ${root}, expected a folder but found a file. Name the folder that holds the project.`)
}

/** The system's reason in plain words, without paths. */
export function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code
  const words: Record<string, string> = {
    ENOENT: 'it does not exist', ENOTDIR: 'a file stands where a folder is expected', EISDIR: 'a folder stands where a file is expected', EACCES: 'permission denied', EPERM: 'permission denied',
    EROFS: 'the file system is read-only', ENOSPC: 'the disk is full', ELOOP: 'a symbolic link points in a circle', ENAMETOOLONG: 'the name is too long', EMFILE: 'too many files are open',
  }
  return words[code ?? ''] ?? (code ?? (error as Error).message)
}

/** True when `path` is `root` or lies below it; both absolute and real. */
export const isInside = (root: string, path: string): boolean => {
  const way = relative(root, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    // A file stands where a folder is expected: the caller finds the file when it goes up.
    return false
  }
}

/** Absolute path of `path` below the real `root`. Throws InputError when the path or a symbolic link on the way leaves the project. */
export function resolveInside(root: string, path: string): string {
  const fault = pathFault(path)
  if (fault !== undefined) throw new InputError(`Unexpected path ${JSON.stringify(path)}, ${fault}. Correct the path and run again.`)
  const target = join(root, path)
  if (!existsSync(root)) return target
  let parent = dirname(target)
  // lstat sees a link that leads nowhere, which would otherwise be skipped here and followed when folders are made.
  while (parent !== root && !isThere(parent)) parent = dirname(parent)
  let real: string
  try {
    real = realpathSync(parent)
  } catch (error) {
    throw new InputError(`Cannot reach ${path}, ${parent} is a symbolic link that cannot be followed: ${reason(error)}. Nothing was written. Remove the link or choose another folder.`)
  }
  if (!isInside(root, real)) throw new InputError(`Unexpected path ${path}: a symbolic link on the way leads out of the project. Nothing was written. Remove the link or choose another folder.`)
  return target
}
