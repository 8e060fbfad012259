import { isAbsolute, resolve } from 'node:path'
import { InputError } from '../core/errors.ts'
import { overlay } from '../core/overlay.ts'
import type { Profile, ProfileField } from '../core/profile.ts'
import { detectProject, type Detection } from '../project/detect.ts'
import { isInside, realRoot } from '../project/inside.ts'
import { readRecord } from '../project/record.ts'
import type { World } from './engine.ts'

/** What is known of a project before anybody passes an argument. `from` tells for each field where its value was read. */
export interface ProjectFacts {
  readonly folder: string
  readonly profile: Profile
  readonly profileFile: string | null
  /** Records the profile is made of, the most general first; the project's own is among them. */
  readonly records: readonly string[]
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

/**
 * Reads the records and what the repository shows; a record wins over detection. `shared` are records that every project of this
 * person stands on (absolute paths).
 */
export function projectFacts(folder: string, shared: readonly string[] = []): ProjectFacts {
  const record = readRecord(folder, shared)
  const detection = detectProject(folder)
  const from: Partial<Record<ProfileField, string>> = {}
  for (const { field, file: seen, line } of detection.evidence) from[field as ProfileField] ??= `${seen}:${line}`
  return { folder, profile: overlay(detection.profile, record.profile), profileFile: record.path, records: record.layers, from: { ...from, ...record.from }, detection }
}

/** What is known without a project folder: nothing. */
export const noProject: Pick<ProjectFacts, 'profile' | 'from' | 'detection'> = {
  profile: {},
  from: {},
  detection: { profile: {}, evidence: [], disagreements: [], unknown: [], scripts: [], variables: [], existingCi: [], runtimeVersions: {}, notes: [], filesSeen: 0 },
}
