import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { InputError } from '../core/errors.ts'
import { overlay } from '../core/overlay.ts'
import type { Profile, ProfileField } from '../core/profile.ts'
import { isInside, realRoot, reason } from './inside.ts'
import { profilePath, readProfile, type ProfileFile } from './profile-file.ts'

/** The profile that a project states, laid over the records it stands on. */
export interface ProjectRecord extends Pick<ProfileFile, 'profile' | 'path' | 'prose'> {
  /** Every record that was read, the most general first. */
  readonly layers: readonly string[]
  /** The record each field was read from: the nearest that states it. House rules and pins of several name them all. */
  readonly from: Readonly<Partial<Record<ProfileField, string>>>
}

const maxLayers = 8

/** The folder of the Git repository around `folder`, or `folder` itself: a record of the whole repository may serve each of its projects. */
function repositoryAround(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at
    if (dirname(at) === at) return folder
  }
}

/** Absolute path of a record that another one extends. A repository is not trusted to name files outside of itself. */
function extended(path: string, by: string, repository: string): string {
  const target = resolve(dirname(by), path)
  const what = `Unexpected extends ${JSON.stringify(path)} in ${relative(repository, by).replaceAll('\\', '/') || by}`
  let real: string
  try {
    real = realpathSync(target)
  } catch (error) {
    throw new InputError(`${what}, cannot read it: ${reason(error)}. Paths start from the folder of the file that names them.`)
  }
  if (!isInside(repository, real)) throw new InputError(`${what}, expected a file inside the repository. Name a record elsewhere yourself: --records FILE in a shell, OPERATIONAL_PATTERNS_RECORDS for the server.`)
  return real
}

/** The project's own record may be a link, to a file of the same repository. */
function checkOwn(folder: string): void {
  let real: string
  try {
    real = realpathSync(join(folder, profilePath))
  } catch {
    // Missing or unreadable: reading it says so.
    return
  }
  if (!isInside(repositoryAround(folder), real)) throw new InputError(`Unexpected link ${profilePath}, which leads out of the repository. Replace it with a file, or name a record elsewhere yourself: --records FILE in a shell, OPERATIONAL_PATTERNS_RECORDS for the server.`)
}

/** A rule of another record says where it comes from, in every report that repeats its reason. */
function named(profile: Profile, path: string): Profile {
  if (profile.houseRules === undefined) return profile
  const mark = (rules: NonNullable<Profile['houseRules']>['require']) => rules?.map((rule) => ({ id: rule.id, reason: 'reason' in rule && rule.reason !== undefined ? `${rule.reason} (${path})`.slice(0, 300) : `set in ${path}` }))
  const { require, forbid, prefer } = profile.houseRules
  return { ...profile, houseRules: { ...(require && { require: mark(require) }), ...(forbid && { forbid: mark(forbid) }), ...(prefer && { prefer: mark(prefer) }) } }
}

/** Adds a record and, before it, those it extends. `trail` holds the files on the way, so that a circle is found. */
function collect(root: string, path: string, repository: string, trail: readonly string[], found: ProfileFile[]): void {
  if (trail.includes(path)) throw new InputError(`Records extend each other in a circle: ${[...trail, path].map((file) => relative(repository, file).replaceAll('\\', '/')).join(', then ')}. Take one extends out.`)
  if (trail.length >= maxLayers) throw new InputError(`More than ${maxLayers} records extend each other, the last ${path}. Join some of them.`)
  const file = readProfile(root, path)
  for (const base of file.extends) collect(root, extended(base, path, repository), repository, [...trail, path], found)
  // Two records may stand on the same third one: it counts once, where it was first.
  if (!found.some((other) => other.path === file.path)) found.push(file)
}

/**
 * Reads the project's record and lays it over the records it extends and over `shared` (absolute paths that a person named, the most
 * general of all). Throws InputError with file, field and next step.
 */
export function readRecord(root: string, shared: readonly string[] = []): ProjectRecord {
  const folder = realRoot(root)
  checkOwn(folder)
  const own = readProfile(folder)
  const found: ProfileFile[] = []
  for (const path of shared) collect(folder, path, dirname(path), [], found)
  if (own.path !== null) collect(folder, join(folder, own.path), repositoryAround(folder), [], found)
  const from: Partial<Record<ProfileField, string>> = {}
  let profile: Profile = {}
  for (const layer of found) {
    // Reports are shared: where a record lies on this machine is nobody's business.
    const path = isAbsolute(layer.path ?? '') ? basename(layer.path ?? '') : layer.path ?? ''
    for (const field of Object.keys(layer.profile) as ProfileField[]) {
      const before = from[field]
      from[field] = before !== undefined && (field === 'houseRules' || field === 'decisions') ? `${before}, ${path}` : path
    }
    profile = overlay(profile, found.length > 1 && path !== own.path ? named(layer.profile, path) : layer.profile)
  }
  return { profile, path: own.path, prose: own.prose, layers: found.flatMap(({ path }) => path ?? []), from }
}
