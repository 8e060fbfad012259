import type { Knowledge } from '../../knowledge/collections.ts'
import { migrates } from './decide.ts'
import type { Toolchain } from './model.ts'
import type { Settings } from './settings.ts'
import { targets } from './targets.ts'

/**
 * How a migration runs: as a job of the pipeline (`hook` and `beside` null), inside the platform (`hook` says through what), or once
 * beside the application with its new image (`beside` is the target). `command` is null when none is known. All `addressVariables`
 * get the secret named first.
 */
export interface MigrationStep {
  readonly tool: string
  readonly command: string | null
  /** The command as the application's image knows it: without the package manager, which an image for production may lack. */
  readonly imageCommand: string | null
  readonly hook: string | null
  readonly beside: string | null
  readonly needsLock: boolean
  readonly addressVariables: readonly string[]
}

/** Undefined when nothing migrates. */
export function migrationStep(settings: Settings, toolchain: Toolchain, knowledge: Knowledge): MigrationStep | undefined {
  const tool = settings.migrationTool
  if (tool === undefined || !migrates(settings)) return undefined
  const sheet = knowledge['migration-tools'][tool]
  const apply = sheet?.facts.applyCommand.value
  // Only a command that the project's own lock file provides is written into a file.
  const provided = apply == null ? null : apply.startsWith('npx ') && toolchain.locksNpmTools ? toolchain.exec(apply.slice(4)) : /^(alembic|python) /.test(apply) && toolchain.language === 'python' ? toolchain.exec(apply) : null
  const imageCommand = provided === null || apply == null ? null : apply.startsWith('npx ') ? `node_modules/.bin/${apply.slice(4)}` : apply
  const beside = imageCommand === null ? undefined : settings.apps.find(({ target }) => targets[target]?.migrate != null)?.target
  const hook = settings.apps.map(({ target }) => (targets[target]?.image != null ? null : knowledge['hosting-platforms'][target]?.facts.migrationHook.value)).find((found) => found != null) ?? null
  return {
    tool, command: provided, imageCommand, beside: beside ?? null, hook: beside !== undefined ? 'once beside the application' : hook,
    needsLock: ['none', 'optional'].includes(sheet?.facts.runnerLock.value ?? 'none'), addressVariables: sheet?.facts.addressVariables.value ?? ['DATABASE_URL'],
  }
}
