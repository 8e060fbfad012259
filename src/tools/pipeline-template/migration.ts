import type { Knowledge } from '../../knowledge/collections.ts'
import { isBound } from '../../core/stack.ts'
import { migrates } from './decide.ts'
import type { Toolchain } from './toolchain.ts'
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

/** What applies migrations: in the project's checkout, in its image, and to an empty database before the tests. Null where its lock file provides no such command, or where the tests do it themselves. */
export interface MigrationCommand { readonly checkout: string | null, readonly image: string | null, readonly tests: string | null }

/** The command of the project's migration tool. Only one that the project's own lock file provides is written into a file. */
export function migrationCommand({ migrationTool, given }: Pick<Settings, 'migrationTool' | 'given'>, toolchain: Toolchain, knowledge: Knowledge): MigrationCommand {
  if (isBound(given)) return { checkout: null, image: null, tests: null }
  const apply = knowledge['migration-tools'][migrationTool ?? '']?.facts.applyCommand.value ?? ''
  const { language, exec, locksNpmTools, packageManager } = toolchain
  const [, npmTool] = /^npx (.+)$/.exec(apply) ?? []
  if (locksNpmTools && npmTool !== undefined) return { checkout: exec(npmTool), image: `node_modules/.bin/${npmTool}`, tests: exec(npmTool) }
  if (locksNpmTools && apply.startsWith('dbmate ')) return { checkout: exec(apply), image: `node_modules/.bin/${apply}`, tests: exec(apply) }
  if (language === 'python' && /^(alembic|python) /.test(apply)) return { checkout: exec(apply), image: apply, tests: exec(apply) }
  // Rails writes into the database which environment migrated it, and then protects production from being dropped.
  if (language === 'ruby' && apply.startsWith('bin/rails ')) return { checkout: `RAILS_ENV=production SECRET_KEY_BASE_DUMMY=1 ${apply}`, image: apply, tests: 'RAILS_ENV=test bin/rails db:test:prepare' }
  // The tests of Laravel and of Flyway beside Spring migrate their database themselves.
  if (language === 'php' && apply.startsWith('php artisan ')) return { checkout: apply, image: apply, tests: null }
  if (apply === 'flyway migrate' && given.scripts?.includes('flyway') === true) {
    return { checkout: `FLYWAY_URL="$DATABASE_URL" ${exec(packageManager === 'gradle' ? 'flywayMigrate' : 'flyway:migrate')}`, image: null, tests: null }
  }
  return { checkout: null, image: null, tests: null }
}

/** Undefined when nothing migrates. */
export function migrationStep(settings: Settings, toolchain: Toolchain, knowledge: Knowledge): MigrationStep | undefined {
  const tool = settings.migrationTool
  if (tool === undefined || !migrates(settings)) return undefined
  const sheet = knowledge['migration-tools'][tool]
  const { checkout, image } = migrationCommand(settings, toolchain, knowledge)
  const beside = image === null ? undefined : settings.apps.find(({ target }) => targets[target]?.migrate != null)?.target
  const hook = settings.apps.map(({ target }) => (targets[target]?.image != null ? null : knowledge['hosting-platforms'][target]?.facts.migrationHook.value)).find((found) => found != null) ?? null
  return {
    tool, command: checkout, imageCommand: image, beside: beside ?? null, hook: beside !== undefined ? 'once beside the application' : hook,
    needsLock: ['none', 'optional'].includes(sheet?.facts.runnerLock.value ?? 'none'), addressVariables: sheet?.facts.addressVariables.value ?? ['DATABASE_URL'],
  }
}
