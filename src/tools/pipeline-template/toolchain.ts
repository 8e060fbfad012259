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

/** One job of the checks, in the order of its steps. How a database comes to stand beside it is left to each provider. */
export interface CheckJob {
  readonly id: 'check' | 'lint' | 'test' | 'build' | 'security'
  readonly name: string
  readonly minutes: number
  readonly steps: readonly { readonly name: string, readonly lines: readonly string[] }[]
  readonly needsDatabase: boolean
}
