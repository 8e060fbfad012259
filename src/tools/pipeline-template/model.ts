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

/** One step of an Azure Pipelines job. */
export interface AzureStep {
  readonly displayName: string
  readonly task?: string
  readonly inputs?: Readonly<Record<string, string | number | boolean>>
  readonly script?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Which checks of a project exist; each is a list of shell lines, empty when the project has no such check. */
export type Checks = Readonly<Record<'lint' | 'test' | 'build' | 'audit', readonly string[]>>

/** Where jobs of providers that run in containers do their work. Lines of `prepare` and `install` run in the root of the checkout. */
export interface Container {
  readonly image: string
  /** Makes the package manager available; empty where the image has it. */
  readonly prepare: readonly string[]
  /** The locked install, with its downloads under `cachePaths`. */
  readonly install: readonly string[]
  /** Files whose content names the cache, and folders of the checkout that it holds; both empty where no file of a known name can. */
  readonly cacheKey: readonly string[]
  readonly cachePaths: readonly string[]
  readonly variables: Readonly<Record<string, string>>
}

/** What one language and package manager bring, for every dialect. */
export interface Toolchain {
  readonly language: string
  readonly packageManager: string
  readonly lockFile: string
  readonly install: readonly string[]
  readonly checks: Checks
  /** The same checks for what changed since the commit `$BASE` and for what depends on it; null where the project checks everything. */
  readonly affected: Checks | null
  /** True when the jobs of `checks` look at `$BASE`: set to a commit, they check only what changed since it; empty, everything. */
  readonly readsBase: boolean
  /** A tool that the project's own lock file pins, as a shell line. */
  readonly exec: (line: string) => string
  /** True when command-line tools from npm can be locked by the project itself. */
  readonly locksNpmTools: boolean
  readonly dependabot: string
  readonly githubSetup: readonly Step[]
  readonly azureSetup: readonly AzureStep[]
  /** `root` is how the provider writes the folder of the checkout, for tools that want an absolute path. */
  readonly container: (root: string) => Container
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
  /** Scripts and tools of the project, and files that decide how it is run; undefined when nobody said. */
  readonly scripts: readonly string[] | undefined
  readonly framework: string | undefined
  readonly monorepo: string | undefined
  readonly database: string | undefined
  /** Container image with the tools of the language at a version, its system named; undefined where no sheet names one. */
  readonly imageOf: (version: string) => string | undefined
  /** SHA-256 of what `versionOf` names, where a tool is one downloaded file. */
  readonly sha256Of: (tool: string) => string | undefined
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

/** One job of the checks, in the order of its steps. `needsDatabase` and `needsHistory` are left to each provider's own way. */
export interface CheckJob {
  readonly id: 'check' | 'lint' | 'test' | 'build' | 'security'
  readonly name: string
  readonly minutes: number
  readonly steps: readonly { readonly name: string, readonly lines: readonly string[] }[]
  readonly needsDatabase: boolean
}
