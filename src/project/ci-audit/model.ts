import type { CheckFinding } from '../check-finding.ts'
import type { Entry, Tree, TreeMap, TreeText } from './tree.ts'

export type Provider = 'github-actions' | 'gitlab' | 'circleci' | 'azure-pipelines' | 'bitbucket'
/** `action` is a composite or Docker action of the project; `dependabot` its update settings; the rest are pipelines. */
export type FileKind = 'pipeline' | 'action' | 'dependabot'

/** A name with a text: a variable of a job, an input of an action. */
export interface Setting { readonly key: string, readonly line: number, readonly value: TreeText }

/** Something that runs: a shell script (`run`), or something made elsewhere (`uses`). `last` is its last line. */
export interface Step {
  readonly line: number
  readonly last: number
  readonly name: string
  readonly uses?: TreeText
  readonly run?: TreeText
  readonly with: readonly Setting[]
  readonly env: readonly Setting[]
  readonly if?: TreeText
  readonly ignoresFailure: boolean
}

/** A container image that a job runs in or beside. */
export interface Image { readonly text: TreeText }

export interface Job {
  readonly id: string
  readonly line: number
  readonly tree: TreeMap
  /** A workflow of another file that this job runs. */
  readonly uses?: TreeText
  readonly if?: TreeText
  readonly permissions?: Entry
  readonly concurrency?: Entry
  /** Environment, deployment or context: what a provider scopes secrets to. */
  readonly environment?: { readonly name: string, readonly line: number }
  readonly runners: readonly TreeText[]
  readonly images: readonly Image[]
  readonly env: readonly Setting[]
  readonly steps: readonly Step[]
  /** Lines that restore a cache without a step of their own (`cache:` of a GitLab job). */
  readonly caches: readonly number[]
  readonly ignoresFailure: boolean
}

export interface Trigger { readonly name: string, readonly line: number, readonly tree?: Tree }

/** Code of others that a pipeline loads, beside `uses` of steps: orbs, includes, template repositories. `fixed` says that it cannot change. */
export interface Reference { readonly line: number, readonly name: string, readonly fixed: boolean, readonly expected: string }

/** One CI file, the same for every provider. */
export interface CiFile {
  readonly path: string
  readonly provider: Provider
  readonly kind: FileKind
  /** Lines of the file as written. */
  readonly source: readonly string[]
  readonly tree: TreeMap
  readonly triggers: readonly Trigger[]
  readonly env: readonly Setting[]
  readonly jobs: readonly Job[]
  readonly references: readonly Reference[]
}

/** What the audit knows beside the files. */
export interface AuditFacts {
  /** Commits of released versions, from our sheets. */
  readonly pins: readonly { readonly action: string, readonly version: string, readonly sha: string }[]
  /** Unknown when left out. */
  readonly visibility?: 'public' | 'private' | 'internal'
}

export type Severity = CheckFinding['severity']

/** One place where a rule holds. `from` and `last` are the lines on which a comment may silence it; by default the line itself. */
export interface Hit {
  readonly line: number
  readonly found: string
  readonly severity?: Severity
  readonly expected?: string
  readonly next?: string
  readonly from?: number
  readonly last?: number
  /** More lines on which a comment silences it. */
  readonly also?: readonly number[]
}

/** A rule of the audit. Pure; `severity`, `expected` and `next` hold unless a hit says otherwise. */
export interface Rule<Id extends string = string> {
  readonly id: Id
  readonly severity: Severity
  readonly expected: string
  readonly next: string
  readonly check: (file: CiFile, facts: AuditFacts) => readonly Hit[]
}

/** Keeps the literal id, so that the list of rules types the findings. */
export const rule = <const Id extends string>(one: Rule<Id>): Rule<Id> => one
