import { isAbsolute, resolve } from 'node:path'
import { InputError } from '../core/errors.ts'
import type { Profile, ProfileField } from '../core/profile.ts'
import { detectProject, type Detection } from '../project/detect.ts'
import { isInside, realRoot } from '../project/inside.ts'
import { readProfile } from '../project/profile-file.ts'
import type { World } from './engine.ts'

/** What is known of a project before anybody passes an argument. `from` tells for each field where its value was read. */
export interface ProjectFacts {
  readonly folder: string
  readonly profile: Profile
  readonly profileFile: string | null
  readonly from: Readonly<Partial<Record<ProfileField, string>>>
  readonly detection: Detection
}

/**
 * Absolute folder for a `project` argument. Throws InputError when it is no folder or lies outside the world's root.
 * Where the host names no root, the caller's absolute path is the project.
 */
export function projectFolder(project: string | undefined, world: World): string {
  if (world.root === null) {
    if (project !== undefined && isAbsolute(project)) return realRoot(project)
    throw new InputError('Cannot tell which project is open: this host starts the server without saying so. Pass project with the absolute path of the project folder.')
  }
  const root = realRoot(world.root)
  const folder = realRoot(resolve(root, project ?? '.'))
  if (isInside(root, folder)) return folder
  throw new InputError(`Unexpected project ${JSON.stringify(project)}, expected a folder inside the open project. Start there to work on another one.`)
}

/** Lays arguments over the project's own values; pins are laid over one by one. */
export const overlay = <Args extends Profile>(profile: Profile, args: Args): Profile & Args => ({
  ...profile,
  ...args,
  ...(profile.decisions !== undefined || args.decisions !== undefined ? { decisions: { ...profile.decisions, ...args.decisions } } : {}),
})

/** Reads the profile file and what the repository shows; the file wins over detection. `file` names another profile file. */
export function projectFacts(folder: string, file?: string): ProjectFacts {
  const written = readProfile(folder, file)
  const detection = detectProject(folder)
  const from: Partial<Record<ProfileField, string>> = {}
  for (const { field, file: seen, line } of detection.evidence) from[field as ProfileField] ??= `${seen}:${line}`
  for (const field of Object.keys(written.profile) as ProfileField[]) from[field] = written.path ?? 'profile'
  return { folder, profile: overlay(detection.profile, written.profile), profileFile: written.path, from, detection }
}

/** What is known without a project folder: nothing. */
export const noProject: Pick<ProjectFacts, 'profile' | 'from' | 'detection'> = {
  profile: {},
  from: {},
  detection: { profile: {}, evidence: [], disagreements: [], unknown: [], scripts: [], variables: [], existingCi: [], runtimeVersions: {}, notes: [], filesSeen: 0 },
}
