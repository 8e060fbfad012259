import type { Citations } from '../../knowledge/cite.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { deployedEnvironments, migrates, type Decision } from './decide.ts'
import { advisedVersion, serviceImage, toolVersion, type ServiceImage } from './facts.ts'
import { checkJobs } from './check-jobs.ts'
import type { CheckJob, DeployedEnvironment, Target, TargetContext, Toolchain } from './model.ts'
import { publishOf, type Publish } from './publish.ts'
import type { Settings } from './settings.ts'
import { targets } from './targets.ts'

/** How a migration runs: as a pipeline job, inside the platform, or not at all (`command` unknown). All `addressVariables` get the secret named first. */
export interface MigrationStep { readonly tool: string, readonly command: string | null, readonly hook: string | null, readonly needsLock: boolean, readonly addressVariables: readonly string[] }

export interface Deploy { readonly name: string | null, readonly target: Target }

/** Everything a dialect needs to write its files. */
export interface Plan {
  readonly settings: Settings
  readonly decision: Decision
  readonly toolchain: Toolchain
  /** The checks as jobs: one for a small project, one a stage from then on. */
  readonly checks: readonly CheckJob[]
  readonly environments: readonly DeployedEnvironment[]
  readonly deploys: readonly Deploy[]
  /** Applications whose image this plan does not build: one image a repository. */
  readonly leftOut: readonly string[]
  /** Database beside the tests; undefined where none is wanted. */
  readonly service: ServiceImage | undefined
  readonly migration: MigrationStep | undefined
  /** How a library is published; undefined for everything else. */
  readonly publish: Publish | undefined
  readonly header: readonly string[]
  /** Tag of a Node.js image for tools from npm in projects of another language. */
  readonly nodeVersion: string
  readonly toolVersion: (tool: string) => string | undefined
  /** Shell lines that deploy one application. */
  readonly deployLines: (deploy: Deploy, environment: DeployedEnvironment['name']) => readonly string[]
  /** Shell line that makes the assembly of a CDK application. */
  readonly synthLine: string
  /** The path itself, or another one where the repository already has a file of its own there. */
  readonly freePath: (path: string, instead: string) => string
}

function migrationStep(settings: Settings, toolchain: Toolchain, knowledge: Knowledge): MigrationStep | undefined {
  const tool = settings.migrationTool
  if (tool === undefined || !migrates(settings)) return undefined
  const sheet = knowledge['migration-tools'][tool]
  const apply = sheet?.facts.applyCommand.value
  // Only a command that the project's own lock file provides is written into a file.
  const provided = apply == null ? null : apply.startsWith('npx ') && toolchain.locksNpmTools ? toolchain.exec(apply.slice(4)) : /^(alembic|python) /.test(apply) && toolchain.language === 'python' ? toolchain.exec(apply) : null
  const hook = settings.apps.map(({ target }) => knowledge['hosting-platforms'][target]?.facts.migrationHook.value).find((found) => found != null) ?? null
  return { tool, command: provided, hook, needsLock: ['none', 'optional'].includes(sheet?.facts.runnerLock.value ?? 'none'), addressVariables: sheet?.facts.addressVariables.value ?? ['DATABASE_URL'] }
}

/** Joins the decision with commands and facts; undefined for a language that is not generated yet. */
export function planFiles(settings: Settings, decision: Decision, knowledge: Knowledge, citations: Citations): Plan | undefined {
  const { toolchain } = settings
  if (toolchain === undefined) return undefined
  const versionOf = toolVersion(knowledge)
  const cli = (bin: string, tool: string): string => {
    if (toolchain.locksNpmTools) return toolchain.exec(bin)
    const sheet = knowledge['ci-tools'][tool]
    if (sheet !== undefined) citations.cite(sheet, sheet.facts.version.source)
    return `npx --yes --package=${sheet?.facts.package.value ?? tool}@${versionOf(tool) ?? 'unknown'} -- ${bin}`
  }
  const known = settings.apps.flatMap(({ name, target }) => (targets[target] === undefined ? [] : [{ name, target: targets[target] }]))
  const crowded = known.filter(({ target }) => target.image !== null).slice(1)
  const service = settings.database === undefined || settings.rank < 2 ? undefined : serviceImage(knowledge, settings.database)
  const migration = migrationStep(settings, toolchain, knowledge)
  const taken = settings.given.existingCi ?? []
  return {
    settings, decision, toolchain, environments: deployedEnvironments(settings),
    deploys: known.filter((app) => !crowded.includes(app)), leftOut: crowded.map(({ name, target }) => name ?? target.id),
    nodeVersion: advisedVersion(knowledge, 'javascript') ?? 'lts', service, migration, publish: publishOf(settings, toolchain), toolVersion: versionOf,
    checks: checkJobs(toolchain, decision.jobs, service === undefined ? null : migration?.command ?? null),
    header: ['Generated by operational-patterns (pipeline_template). Change the profile and generate again rather than editing by hand.'],
    deployLines: ({ target }, environment) => target.lines({ toolchain, environment, production: environment === 'production', cli } satisfies TargetContext),
    synthLine: cli('cdk synth --quiet --output cdk.out', 'aws-cdk'),
    freePath: (path, instead) => (taken.includes(path) ? instead : path),
  }
}
