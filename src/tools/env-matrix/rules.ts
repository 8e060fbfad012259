/** Standards whose auditors ask who read a secret. */
export const auditRegimes: readonly string[] = ['soc2', 'hipaa', 'pci-dss', 'iso27001', 'fedramp', 'fisma', 'sox', 'dora', 'bsi-c5']

/** Standards under which real rows never leave production. */
export const strictDataRegimes: readonly string[] = ['hipaa', 'gdpr', 'pci-dss', 'coppa', 'ferpa', 'fedramp']
export const strictDataClasses: readonly string[] = ['phi', 'cardholder', 'minors']

/** Standards that bound where a vendor may run; no sheet confirms such an authorization. */
export const boundaryRegimes: readonly string[] = ['fedramp', 'fisma']

/** Stated budget below which a product is planned like an early one, whatever its label. */
export const smallBudgetUsd = 100
/** Largest part of a stated budget that a secrets store may take, and above which a flag service is taken only when nothing cheaper does. */
export const budgetShare = 0.2
/** Reads of one value by one server a month: once an hour for 30 days. */
export const readsPerSecret = 720
/** Users a month below which an experiment ends before it can say anything. */
export const fewUsers = 1000
/** Events a month that each user of an experiment is counted with, where nobody gave a number. */
export const eventsPerUser = 20
/** Deployed environments that a plan of one or two people, or before an early product, has to explain. */
export const manyEnvironments = 4

/** Users from which a price counted in client-side users deserves a second look. */
export const manyClientUsers = 50_000
/** Toggles that variables carry; one more wants a file. */
export const fewFlags = 2
/** Days before the end of support at which an upgrade is put on the list. */
export const upgradeNoticeDays = 180

/** Why a secrets store was chosen. */
export type SecretsRule = 'pinned' | 'house-requires' | 'house-prefers' | 'already-run' | 'nothing-secret' | 'customer-hosted' | 'air-gap' | 'small-cloud' | 'cloud-store' | 'platform-store' | 'small-platform' | 'audit-asked' | 'grown-platform' | 'cluster' | 'small-cluster' | 'own-servers' | 'servers-audited' | 'no-server-yet' | 'build-only' | 'one-server' | 'shared-hosting' | 'undecided-small' | 'undecided-grown' | 'nothing-affordable' | 'nothing-else-left'

/** Why a way of switching features was chosen. */
export type FlagsRule = 'pinned' | 'house-requires' | 'house-prefers' | 'already-run' | 'no-flags-yet' | 'no-flags-asked' | 'installed-client' | 'installed-client-flags' | 'few-flags' | 'several-flags' | 'framework-flags' | 'platform-flags' | 'small-product' | 'trunk-needs-flags' | 'grown-product' | 'needs-targeting' | 'needs-experiments' | 'nothing-else-left'

/** Why a candidate was removed. */
export type RemovalRule = 'house-forbids' | 'end-of-life' | 'unknown-sheet' | 'air-gap' | 'not-redistributable' | 'ops-capacity' | 'self-host-required' | 'us-operator' | 'operator-unknown' | 'subprocessors-unknown' | 'outside-authorized-boundary' | 'attestation-unknown' | 'other-region' | 'region-unknown' | 'price-unknown' | 'budget-share' | 'other-platform' | 'other-stack' | 'other-language' | 'no-baa' | 'no-audit' | 'environment-limit' | 'no-targeting' | 'no-experiments' | 'over-budget' | 'one-server-only' | 'no-place-to-run' | 'sees-children'

export type ValidationRule = 'pinned' | 'house-requires' | 'framework' | 'language' | 'no-language' | 'no-sheet' | 'client-only' | 'nothing-to-check'

export type DataRule = 'seed-rows' | 'synthetic-only' | 'rich-seed' | 'production-copy' | 'masked-copy' | 'generated-at-scale' | 'demo-rows' | 'real-rows' | 'customer-rows' | 'no-rows'
export type AccessRule = 'developer' | 'pipeline' | 'team' | 'team-signed-in' | 'team-and-testers' | 'team-and-customers' | 'owners-with-mfa' | 'owners-recorded' | 'own-account-and-break-glass' | 'pipeline-and-on-call' | 'pipeline-and-break-glass' | 'prospects' | 'customer-administrators' | 'everyone'
