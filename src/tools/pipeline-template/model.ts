import type { DeployTriggerId, EnvironmentName } from '../../core/environments.ts'
import type { Toolchain } from './toolchain.ts'

export const providerIds = ['github-actions', 'gitlab', 'circleci', 'azure-pipelines', 'bitbucket'] as const
export type ProviderId = (typeof providerIds)[number]

export const stageIds = ['lint', 'test', 'build', 'security', 'migrate', 'deploy', 'verify'] as const
export type StageId = (typeof stageIds)[number]

/** One thing that is deployed: an application and where it goes. `name` is null when the repository holds one application. */
export interface App { readonly name: string | null, readonly target: string }

/** An environment that a pipeline deploys to. `branch` is the branch or tag pattern that starts it. */
export interface DeployedEnvironment {
  readonly name: EnvironmentName
  readonly trigger: DeployTriggerId
  readonly branch: string
  /** `automatic` on a push, `after` once the one before it succeeded, `approval` after a person said yes, `manual` when someone starts it. */
  readonly start: 'automatic' | 'after' | 'approval' | 'manual'
  /** Environment that has to succeed first, or null. */
  readonly after: EnvironmentName | null
}

/** `own` is the registry of the CI provider, or one that the user names. */
export type ImageRegistry = 'own' | 'ecr' | 'artifact-registry' | 'acr'

/** Clouds that accept a token which the pipeline issues about itself (OpenID Connect) in place of a stored key. */
export type Cloud = 'aws' | 'gcp' | 'azure'

/** Command-line programs a deploy needs beside a shell and those the project's lock file pins. */
export type Program = 'aws' | 'gcloud' | 'az' | 'kubectl' | 'flyctl' | 'node' | 'curl' | 'jq'

/** What a target's lines may use. */
export interface TargetContext {
  readonly toolchain: Toolchain
  readonly environment: string
  readonly production: boolean
  /** Shell line that starts a command-line tool from npm: locked by the project, or at the version of its sheet. */
  readonly cli: (bin: string, tool: string) => string
}

/** Where an application is deployed to, as shell lines that every dialect can run: what the lines read, they read from the environment. */
export interface Target {
  readonly id: string
  /** Whom the job signs in to before the lines run; null where a stored token is all there is. */
  readonly cloud: Cloud | null
  /** Registry for an image that is built once and arrives as `$IMAGE` (with its digest), or null when the platform builds. */
  readonly image: ImageRegistry | null
  /** True when the target takes a plain manifest only: statements about an image would make an index of it. */
  readonly plainImage: boolean
  /** True when an assembly is made once and deployed to each environment (CDK): it lies in `cdk.out`. */
  readonly synthesizes: boolean
  /** True when the deploy job needs the project's own packages first. */
  readonly installs: boolean
  /** True when the lines read files of the repository. */
  readonly readsSource: boolean
  readonly programs: readonly Program[]
  /** Settings of the environment, by the names under which the lines read them: secret ones and plain ones. */
  readonly secrets: readonly string[]
  readonly variables: readonly string[]
  /** Bash lines that deploy and wait; `$IMAGE` and `$COMMIT_SHA` are set where they are named. Empty for a registry. */
  readonly lines: (context: TargetContext) => readonly string[]
  /**
   * Bash lines that run `command` once beside the application, with its image and settings, and fail when it fails: databases
   * in private networks are out of a pipeline's reach. Null where the pipeline itself, or a hook of the platform, migrates.
   */
  readonly migrate: { readonly variables: readonly string[], readonly lines: (command: string) => readonly string[] } | null
  /** False when nothing answers requests after the deploy. */
  readonly serves: boolean
}
