import type { DeployTriggerId, EnvironmentName } from '../../core/environments.ts'

export const providerIds = ['github-actions', 'gitlab', 'circleci', 'azure-pipelines', 'bitbucket'] as const
export type ProviderId = (typeof providerIds)[number]

export const stageIds = ['lint', 'test', 'build', 'security', 'migrate', 'deploy', 'verify'] as const
export type StageId = (typeof stageIds)[number]

/** One step of a job. `uses` names an action without its version: the dialect adds the pin from its sheet. */
export interface Step {
  readonly name?: string
  readonly id?: string
  readonly if?: string
  readonly uses?: string
  readonly with?: Readonly<Record<string, string | number | boolean>>
  readonly env?: Readonly<Record<string, string>>
  readonly run?: string
}

/** Which checks of a project exist; each is a list of shell lines, empty when the project has no such check. */
export type Checks = Readonly<Record<'lint' | 'test' | 'build' | 'audit', readonly string[]>>

/** What one language and package manager bring, for every dialect. */
export interface Toolchain {
  readonly language: string
  readonly packageManager: string
  readonly lockFile: string
  readonly install: readonly string[]
  readonly checks: Checks
  /** A tool that the project's own lock file pins, as a shell line. */
  readonly exec: (line: string) => string
  /** True when command-line tools from npm can be locked by the project itself. */
  readonly locksNpmTools: boolean
  readonly dependabot: string
  readonly githubSetup: readonly Step[]
  readonly gitlab: { readonly image: string, readonly before: readonly string[], readonly cacheKey: readonly string[], readonly cachePaths: readonly string[], readonly variables?: Readonly<Record<string, string>> }
  /** Names of checks the project would have to add, as the project calls them. */
  readonly missing: readonly string[]
}

/** What a language file gets to build a toolchain. `runtimeVersion` is undefined when the project's own version file decides. */
export interface ToolchainRequest {
  readonly language: string
  readonly packageManager: string
  readonly runtimeVersion: string | undefined
  /** What the sheets advise today: for container images, which need a tag. */
  readonly advised: string | undefined
  /** Scripts or tools of the project; undefined when nobody said. */
  readonly scripts: readonly string[] | undefined
  readonly versionOf: (tool: string) => string | undefined
  readonly typescript: boolean
}

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

export type ImageRegistry = 'ghcr' | 'ecr' | 'artifact-registry' | 'acr'

/** What a target's steps may use. */
export interface TargetContext {
  readonly toolchain: Toolchain
  readonly environment: string
  readonly production: boolean
  /** Shell line that starts a command-line tool from npm: locked by the project, or at the version of its sheet. */
  readonly cli: (bin: string, tool: string) => string
  readonly toolVersion: (tool: string) => string | undefined
}

/** Where an application is deployed to. Steps are shell wherever they can be, so that every dialect can use them. */
export interface Target {
  readonly id: string
  /** Registry for an image that is built once, or null when the platform builds. */
  readonly image: ImageRegistry | null
  /** True when an assembly is made once and deployed to each environment (CDK). */
  readonly synthesizes: boolean
  /** True when the deploy job installs the project's packages first. */
  readonly installs: boolean
  readonly oidc: boolean
  /** Settings of the environment: secret ones and plain ones. */
  readonly secrets: readonly string[]
  readonly variables: readonly string[]
  /** Plain settings of the repository that the image job reads. */
  readonly imageVariables: readonly string[]
  readonly actions: (context: TargetContext) => readonly Step[]
  /** Shell lines for dialects without actions; null when this target needs more than a shell. */
  readonly script: (context: TargetContext) => readonly string[] | null
  /** False when nothing answers requests after the deploy. */
  readonly serves: boolean
}
