import type { ExtraId } from './requested.ts'

/** For each extra: how to add it by hand where it is justified, and the measurable point at which it is. */
export const extraWords: Readonly<Record<ExtraId, readonly [how: string, trigger: string]>> = {
  'required-review': ['set it in the rules of the branch', 'a second developer'],
  approval: ['protect the production environment', 'a second person may deploy'],
  'self-hosted-runners': ['register throw-away runners for the deploy job only, and name their label there', 'a deploy target that hosted runners cannot reach, or more than 10,000 billed minutes a month'],
  'path-filters': ['filter inside the workflow by job, and require only the job that collects the results', 'CI takes more than 10 minutes'],
  'dependency-updates': ['let Renovate open weekly updates that are at least 7 days old', 'the first pinned dependency'],
  'secret-scan': ['run the scanner on the commits of each change', 'the first paying customer, or public code'],
  'dependency-scan': ['run the audit command of the package manager in the security job', 'the first paying customer, or public code'],
  'dependency-review': ['add it to the security job once the plan has it', 'the repository is public, or GitHub Code Security is paid for'],
  'preview-environments': ['let the platform deploy each pull request, with data of its own', 'two or more people review each other'],
  e2e: ['run at most 10 critical journeys against the built application after the tests', 'a journey that earns money broke twice although unit tests passed'],
  evals: ['run a fixed set of prompts when a prompt or the model changes, and fail below the score you measured', 'a change of prompt or model made answers worse and a user noticed first'],
  'release-notes': ['write the notes from commit titles when a version tag is pushed', 'somebody outside the team reads them'],
  notifications: ['send failed runs of the main branch to one channel', 'a second person has to know of a failed deploy'],
  sast: ['run the analyzer in the security job, and fail on new findings only', 'more than 5 developers, or the first finding of a penetration test that static analysis would have caught'],
  codeql: ['switch on the default setup in the repository settings', 'the repository is public, or GitHub Code Security is paid for'],
  'container-scan': ['scan the image by digest after it is built, and fail on fixable high findings', 'the first image that runs in production'],
  'license-check': ['fail on licenses outside a list that somebody with a say has signed', 'a customer contract or an investor asks'],
  terraform: ['plan on the pull request with a read-only role, apply from the main branch with the reviewed plan', 'a second environment, or a resource that two people change'],
  'merge-queue': ['switch it on in the rules of the branch', 'more than 10 developers merge into one branch'],
  'affected-only': ['ask the monorepo tool what changed since the base, and run everything on the main branch', 'CI takes more than 10 minutes'],
  'matrix-builds': ['test the lowest and the newest supported version', 'you support more than one version of a runtime'],
  nightly: ['run slow tests on a schedule and send failures to a person who acts on them', 'a test that takes more than 10 minutes'],
  'coverage-gate': ['fail when the coverage of changed lines falls below what it is today', 'more than 5 developers, or a regression in code no test ran'],
  'performance-budget': ['fail when the bundle or the largest paint passes a number you have measured', '10,000 monthly active users'],
  'code-owners': ['name the owners as @team in `codeOwners`', 'two teams share the repository'],
  sbom: ['attach a CycloneDX file to the release', 'a customer or regulator asks what is inside the image'],
  provenance: ['attest the digest in the job that builds it, and verify it before the deploy', 'a customer or regulator asks how the image was built'],
  canary: ['send 5 % of the traffic to the new version and compare error rates before the rest', 'more than 100,000 requests a day, so that 1 % of traffic shows an error'],
  'blue-green': ['deploy beside the old version and switch once the health check answers', 'a deploy causes more downtime than the SLO allows'],
  'automatic-rollback': ['deploy the previous digest when the health check fails twice', 'a rollback by hand took longer than the error budget of a month'],
  dast: ['scan staging after its deploy, never production', 'a staging environment with production-like data exists'],
  'load-test': ['run it against its own environment before a release, with a threshold', '100,000 monthly active users'],
  gitops: ['let the pipeline write the digest into the configuration repository, and the controller deploy it', 'three or more services on one Kubernetes cluster'],
  signing: ['sign the digest with the identity of the job, and let the cluster admit signed digests only', 'the cluster verifies signatures at deploy'],
  chaos: ['start with one planned failure a quarter in staging', 'an SLO above 99.9 % and people on call'],
  'multi-region': ['promote the same digest region by region, with a pause between them', 'an SLO above 99.95 % or users on two continents'],
  'deploy-freeze': ['disable the deploy workflow for the days, and say so in the calendar', 'days on which a failed deploy costs more than a late one'],
}

const names: Readonly<Partial<Record<ExtraId, string>>> = { e2e: 'end-to-end tests', sbom: 'SBOM', sast: 'SAST', dast: 'DAST', codeql: 'CodeQL', gitops: 'GitOps', 'load-test': 'load tests', evals: 'evals of prompts and model' }
/** An extra as people say it. */
export const extraName = (id: ExtraId): string => names[id] ?? id.replaceAll('-', ' ')
