import { isCustomerHosted, isPublished, isTinyDespiteStage } from '../../core/environments.ts'
import { stageRank, type Stage } from '../../core/profile.ts'
import { asWord } from '../../core/words.ts'
import { publishOf } from './publish.ts'
import type { Settings } from './settings.ts'
import { targets } from './targets.ts'

/** When an extra is worth its upkeep, and whether generated files or decided gates hold it then. */
interface Extra {
  /** Words that ask for it, as people type them. */
  readonly asks: RegExp
  readonly from: Stage
  /** Fewest people it makes sense for; 2 where nobody says. */
  readonly people?: number
  /** True where something other than the stage justifies it. */
  readonly also?: (settings: Settings) => boolean
  readonly written?: (settings: Settings) => boolean
}

const isPublic = ({ profile }: Settings): boolean => profile.repositoryVisibility === 'public'
const leavesTheHouse = ({ profile }: Settings): boolean => isPublished(profile) || isCustomerHosted(profile)
const onGithub = ({ provider }: Settings): boolean => provider === 'github-actions'
const buildsImages = (settings: Settings): boolean => settings.apps.some(({ target }) => targets[target]?.image != null)
/** The registry states where a package came from when a pipeline that it trusts publishes it. */
const attestsPackage = (settings: Settings): boolean => settings.toolchain !== undefined && publishOf(settings, settings.toolchain)?.registry === 'npm'
const scansCommits = ({ provider, rank }: Settings): boolean => rank >= 2 && (provider === 'github-actions' || provider === 'gitlab')

const table = {
  'required-review': { asks: /requir\w*-(?:\w+-)?review|review\w*-required|mandatory-review|(?:pr|pull-request|merge-request|code)-(?:review|approval)|two-reviewers|four-eyes/, from: 'poc', written: () => true },
  approval: { asks: /(?:manual|change|deploy\w*|release|production|prod)-(?:\w+-)?approval|^approvals?$|manual-gate|sign-?off|protected-environment/, from: 'poc', people: 1, written: () => true },
  'self-hosted-runners': { asks: /(?:self-?hosted|own|private|on-prem\w*)-(?:\w+-)?(?:runner|agent|executor)|gitlab-runner|actions-runner-controller|\barc\b/, from: 'poc', people: 1 },
  'path-filters': { asks: /path\w*-(?:filter|trigger)|paths-ignore|only-changed-paths/, from: 'poc', people: 1 },
  'dependency-updates': { asks: /renovate|dependabot|dependency-updates?/, from: 'poc', people: 1, written: onGithub },
  'secret-scan': { asks: /secret-?-?(?:scan|detect)|gitleaks|trufflehog|push-protection/, from: 'early', people: 1, written: scansCommits },
  'dependency-scan': { asks: /dependency-scan|\bsca\b|snyk|npm-audit|pip-audit|govulncheck|osv/, from: 'early', people: 1, written: ({ rank, toolchain }) => rank >= 2 && (toolchain?.checks.audit.length ?? 0) > 0 },
  'dependency-review': { asks: /dependency-review/, from: 'growth', also: isPublic, written: (settings) => onGithub(settings) && isPublic(settings) },
  'preview-environments': { asks: /preview|review-app|feature-env|ephemeral|per-(?:pr|pull-request|branch)-env/, from: 'early' },
  e2e: { asks: /e2e|end-to-end|playwright|cypress|selenium/, from: 'early', people: 1 },
  evals: { asks: /^evals?$|(?:llm|prompt|model|ai)-(?:\w+-)?(?:evals?|evaluations?|tests?)\b/, from: 'growth', also: ({ profile }) => profile.usesLlm === true, people: 1 },
  'release-notes': { asks: /release-notes|changelog|changeset|release-please|semantic-release/, from: 'early', also: leavesTheHouse, people: 1 },
  notifications: { asks: /notif|slack|teams-message/, from: 'early' },
  sast: { asks: /\bsast\b|static-(?:code-)?analysis|semgrep|sonar/, from: 'growth' },
  codeql: { asks: /codeql|code-scanning/, from: 'growth', also: isPublic },
  'container-scan': { asks: /(?:container|image|docker)-scan|trivy|grype/, from: 'growth', written: (settings) => onGithub(settings) && buildsImages(settings) && settings.rank >= 3 },
  'license-check': { asks: /licen[cs]e/, from: 'growth', also: leavesTheHouse },
  terraform: { asks: /terraform|tofu|pulumi|infrastructure-as-code|\biac\b/, from: 'growth' },
  'merge-queue': { asks: /merge-(?:queue|train)/, from: 'growth', people: 11, written: ({ branch }) => branch.mergeQueue },
  'affected-only': { asks: /affected|only-what-changed/, from: 'growth', also: ({ profile }) => (profile.monorepo ?? 'none') !== 'none', people: 1, written: ({ toolchain }) => toolchain?.readsBase === true },
  'matrix-builds': { asks: /matrix/, from: 'growth', also: leavesTheHouse, people: 1 },
  nightly: { asks: /nightly|scheduled-(?:run|build|test)|\bcron\b/, from: 'growth' },
  'coverage-gate': { asks: /coverage|codecov/, from: 'growth' },
  'performance-budget': { asks: /performance-budget|lighthouse|bundle-size|size-limit/, from: 'growth' },
  'code-owners': { asks: /code-?owners?/, from: 'growth', people: 3, written: ({ given }) => (given.codeOwners ?? []).length > 0 },
  sbom: { asks: /sbom|bill-of-materials|cyclonedx|spdx|syft/, from: 'production', also: leavesTheHouse, written: (settings) => onGithub(settings) && buildsImages(settings) && settings.rank >= 4 },
  provenance: { asks: /provenance|slsa|attest/, from: 'production', also: leavesTheHouse, written: (settings) => onGithub(settings) && ((buildsImages(settings) && settings.rank >= 4) || attestsPackage(settings)) },
  canary: { asks: /canary|progressive-delivery|gradual-roll|traffic-split/, from: 'production', people: 5 },
  'blue-green': { asks: /blue-?\/?-?green/, from: 'production' },
  'automatic-rollback': { asks: /auto\w*-roll-?back/, from: 'production' },
  dast: { asks: /\bdast\b|\bzap\b|dynamic-(?:application-)?(?:security-)?(?:scan|analysis|test)/, from: 'production' },
  'load-test': { asks: /load-test|stress-test|performance-test|\bk6\b|gatling|jmeter/, from: 'production' },
  gitops: { asks: /gitops|argo|\bflux(?:-?cd)?\b/, from: 'production' },
  signing: { asks: /sign(?:ing|ed|atures?)(?!-?off)|cosign|sigstore/, from: 'enterprise', also: ({ profile }) => isCustomerHosted(profile) },
  chaos: { asks: /chaos|game-?day/, from: 'enterprise', people: 10 },
  'multi-region': { asks: /multi(?:ple)?-?region/, from: 'enterprise', people: 10 },
  'deploy-freeze': { asks: /freeze|deploy-window|change-window/, from: 'enterprise' },
} as const satisfies Readonly<Record<string, Extra>>

export type ExtraId = keyof typeof table
export const extras: Readonly<Record<ExtraId, Extra>> = table
const ids = Object.keys(table) as ExtraId[]
export const isExtra = (id: string): id is ExtraId => Object.hasOwn(table, id)

/** What `requested` asks for, under known ids; a text may ask for several, and words nobody knows stay as they are. */
export const requestedExtras = ({ given }: Pick<Settings, 'given'>): readonly string[] => [...new Set((given.requested ?? []).flatMap((text) => {
  const word = asWord(text)
  const found = ids.filter((id) => word === id || extras[id].asks.test(word))
  return found.length > 0 ? found : [word]
}))]

/** Depth that justifies extras: one person, or a handful of users under a big label, is early at most. */
const depth = ({ given, profile }: Settings): number => Math.min(stageRank(profile.stage ?? 'mvp'), profile.developers === 1 || isTinyDespiteStage(given) ? stageRank('early') : Infinity)

/** True when stage, team or another input justifies the upkeep. A team can be too small for what its stage would carry. */
export function isJustified(id: ExtraId, settings: Settings): boolean {
  const { from, people = 2, also }: Extra = extras[id]
  return (settings.profile.developers ?? 2) >= people && (also?.(settings) === true || depth(settings) >= stageRank(from))
}

/** Asked for and not justified: skipped with a trigger, and generated for nobody. */
export const premature = (settings: Settings): readonly ExtraId[] => requestedExtras(settings).filter((id): id is ExtraId => isExtra(id) && !isJustified(id, settings))
/** Asked for, justified (or unknown), and in no generated file: told how. */
export const byHand = (settings: Settings): readonly string[] => requestedExtras(settings).filter((id) => !isExtra(id) || (isJustified(id, settings) && extras[id].written?.(settings) !== true))
