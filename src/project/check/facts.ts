import type { Profile } from '../../core/profile.ts'
import type { AuditFacts } from '../ci-audit/model.ts'

/** What a document may say, one thing a kind. */
export const claimKinds = [
  'stage', 'identity-provider', 'token-check', 'ci-provider', 'branch-strategy', 'main-branch', 'migration-tool', 'database', 'secrets-store', 'flag-service', 'logs', 'errors', 'metrics', 'tracing', 'alerting',
  'hosting', 'package-manager', 'runtime', 'compliance', 'environment', 'environment-data', 'availability', 'latency', 'health-path', 'variable', 'retention', 'recovery',
  'sign-in-by', 'services', 'approval', 'branch', 'processor', 'region', 'regime', 'health-place', 'assumed', 'bill', 'plane',
  'lifetime', 'objective', 'objective-window', 'place', 'port', 'channel', 'approver', 'isolation', 'table',
] as const
export type ClaimKind = (typeof claimKinds)[number]

/** A product or pattern that a sheet describes. `names` are the ways people write it, longest first. */
export interface Product {
  readonly id: string
  readonly name: string
  readonly names: readonly string[]
  readonly kinds: readonly ClaimKind[]
  readonly lifecycle: { readonly status: 'active' | 'deprecated' | 'end-of-life' | 'unsafe', readonly until?: string | undefined, readonly replacedBy?: string | undefined }
  /** How much work it is: `light` comes with something that is there anyway, `heavy` is a server or cluster of one's own or another vendor to run. */
  readonly burden: 'light' | 'normal' | 'heavy'
  /** Run by its vendor, who gets what is sent there. */
  readonly outside?: boolean
  /** Environment variables that belong to it. */
  readonly variables: readonly string[]
}

/** A language, framework or database with the days its versions end. */
export interface Runtime { readonly id: string, readonly name: string, readonly names: readonly string[], readonly kind: string, readonly advised: string | null, readonly cycles: readonly { readonly cycle: string, readonly until: string | null }[] }

/** A protection that must be there. `words` are other ways to name it, `libraries` packages that do it. */
export interface ExpectedControl { readonly id: string, readonly name: string, readonly words: readonly string[], readonly libraries: readonly string[], readonly regimes: readonly string[] }

/** What the tools decide for the profile, as far as documents are held against it. */
export interface Expected {
  readonly stageIsEarly: boolean
  /** Ids the tools choose for a kind; undefined where they decide nothing. Asks the tool when it is first needed. */
  choicesFor(kind: ClaimKind): readonly string[] | undefined
  environments(): readonly string[]
  readonly controls: readonly ExpectedControl[]
}

/** Everything the check knows beside the files: sheets as data, the record, and what the tools decided. */
export interface CheckFacts extends AuditFacts {
  /** Today, YYYY-MM-DD. */
  readonly asOf: string
  readonly products: readonly Product[]
  readonly runtimes: readonly Runtime[]
  readonly regimes: readonly { readonly id: string, readonly names: readonly string[] }[]
  /** The profile, and where it says each field, pin and house rule (`houseRules.clerk`): a record may stand on others, and each value has its own file. */
  readonly record?: { readonly path: string, readonly profile: Profile, readonly places: Readonly<Record<string, { readonly file: string, readonly line: number }>> }
  /** Null when there is no record to decide from. */
  readonly expected: Expected | null
}

/** Facts of a check that knows no sheets: structure alone is checked. */
export const noFacts: CheckFacts = { asOf: '9999-12-31', pins: [], products: [], runtimes: [], regimes: [], expected: null }
