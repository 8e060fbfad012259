import { detectBranches } from './branches.ts'
import { detectCi } from './ci.ts'
import { detectContainers } from './containers.ts'
import { detectEnvExample } from './env-example.ts'
import type { Detector } from './findings.ts'
import { detectInfrastructure } from './infrastructure.ts'
import { detectLockfiles } from './lockfiles.ts'
import { detectMigrations } from './migrations.ts'
import { detectNames } from './names.ts'
import { detectNative } from './native.ts'
import { detectOtherLanguages } from './other-languages.ts'
import { detectPackageJson } from './package-json.ts'
import { detectPlatforms } from './platforms.ts'
import { detectPublished } from './published.ts'
import { detectPython } from './python.ts'
import { detectRuntimeFiles } from './runtime-files.ts'
import { detectSdl } from './sdl.ts'
import { detectServers } from './servers.ts'
import { detectTools } from './tools.ts'
import { detectViews } from './views.ts'
import { detectWorkspaceScripts } from './workspace-scripts.ts'

/** Every kind of evidence; a new one is a file and a line here. Order does not matter: findings are sorted. */
export const detectors: readonly Detector[] = [
  detectBranches, detectCi, detectContainers, detectEnvExample, detectInfrastructure, detectLockfiles, detectMigrations,
  detectNames, detectNative, detectOtherLanguages, detectPackageJson, detectPlatforms, detectPublished, detectPython, detectRuntimeFiles, detectSdl, detectServers, detectTools, detectViews, detectWorkspaceScripts,
]
