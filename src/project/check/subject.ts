import type { Profile } from '../../core/profile.ts'
import type { CheckFinding } from '../check-finding.ts'
import type { Detection } from '../detect.ts'
import type { Note } from '../detect/findings.ts'
import type { ProjectFiles } from '../detect/files.ts'
import type { Claim, Stand } from './claim.ts'
import type { Document } from './document.ts'
import type { CheckFacts, ClaimKind } from './facts.ts'
import type { NameIndex } from './names.ts'

/** Everything a rule may look at. */
export interface Subject {
  readonly documents: readonly Document[]
  readonly claims: readonly Claim[]
  readonly stands: readonly Stand[]
  readonly facts: CheckFacts
  readonly names: NameIndex
  readonly profile: Profile
  readonly repository: Repository | null
  /** True for a path, relative to the project, at which something stands; what lies outside is never looked at. */
  readonly exists: (path: string) => boolean
}

/** What the repository shows. */
export interface Repository {
  readonly detection: Detection
  readonly files: ProjectFiles
  /** What could not be read so far; reading more adds to it. */
  readonly problems: Note[]
  /** What the generated files show that nobody has moved to their place yet; null when there are none. */
  readonly waiting: Detection | null
}

/** What a rule reports; the registry adds id and severity. */
export interface Hit extends Pick<CheckFinding, 'file' | 'line' | 'found'>, Partial<Pick<CheckFinding, 'severity' | 'expected' | 'next' | 'other' | 'verdict'>> {}

/** One rule of the documents. `expected` and `next` are what a hit says when it brings no words of its own. */
export interface DocumentRule<Id extends string = string> extends Pick<CheckFinding, 'severity' | 'expected' | 'next'> {
  readonly id: Id
  /** One sentence for people who read the rule before they meet it. */
  readonly about: string
  readonly check: (subject: Subject) => readonly Hit[]
}

export const rule = <const Id extends string>(it: DocumentRule<Id>): DocumentRule<Id> => it

/** How people call a kind of claim. */
export const kindWords: Readonly<Record<ClaimKind, string>> = {
  stage: 'stage', 'identity-provider': 'identity provider', 'token-check': 'token check', 'ci-provider': 'CI provider', 'branch-strategy': 'branch strategy', 'main-branch': 'main branch', 'migration-tool': 'migration tool', database: 'database',
  'secrets-store': 'secrets store', 'flag-service': 'flag service', logs: 'log store', errors: 'error tracker', metrics: 'metrics store', tracing: 'tracing', alerting: 'alert channel', hosting: 'hosting', 'package-manager': 'package manager', runtime: 'version',
  compliance: 'compliance', environment: 'environment', 'environment-data': 'data', availability: 'availability target', latency: 'latency target', 'health-path': 'health path', variable: 'variable', retention: 'retention', recovery: 'recovery target',
  'sign-in-by': 'sign-in by', services: 'number of services', approval: 'approval', branch: 'branch', processor: 'processor', region: 'region', regime: 'standard', 'health-place': 'health path', assumed: 'assumed', bill: 'cost line', plane: 'further identity provider',
  lifetime: 'lifetime of', objective: 'objective', 'objective-window': 'window of', place: 'region', port: 'port for', channel: 'channel', approver: 'approval by', isolation: 'tenants kept apart by', table: 'table',
}

/** The kind with what it is about: `data of staging`, `version of nodejs`. */
export const aboutWords = ({ kind, key }: Pick<Claim, 'kind' | 'key'>): string => (key === '' || kind === 'table' ? kindWords[kind] : kind === 'runtime' ? `version of ${key}` : kind === 'environment-data' ? `data in ${key}` : kind === 'retention' ? `retention of ${key}` : kind === 'recovery' ? key.toUpperCase() : kind === 'approval' ? `approval ${key === 'merge' ? 'of a merge' : `before ${key}`}:` : `${kindWords[kind]} ${key}`)
