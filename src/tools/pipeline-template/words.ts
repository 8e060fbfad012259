import { code, plain } from '../../core/markdown.ts'
import type { BranchRule } from '../../core/branching.ts'
import type { Conflict, Skipped } from '../../core/result.ts'
import type { ControlId } from './controls.ts'
import type { GateId, TriggerId } from './decide.ts'
import { extraName, extraWords } from './extra-words.ts'
import { isExtra } from './requested.ts'
import type { ConflictId, FoundConflict, Skip, SkipId } from './rules.ts'

const conflicts: Readonly<Record<ConflictId, (detail: string) => readonly [problem: string, resolution: string]>> = {
  'gitflow-with-continuous-release': () => ['A second long-lived branch slows down code that is released continuously, and rebuilds what was tested.', 'Use github-flow or trunk-based, or release on a schedule.'],
  'review-with-one-developer': () => ['Nobody can approve their own change, so a required review would block every merge.', 'Leave the rule off, keep the pull request and its checks as evidence, and name an outside approver for production before the audit.'],
  'approval-with-automatic-release': () => ['Another person\'s yes is asked for, and the cadence says that every merge goes live.', 'Every merge reaches the first environment by itself; production waits for the yes.'],
  'approval-needs-a-plan': (plan) => [`To name who must approve a deploy needs the ${plan} plan.`, 'Below it somebody starts production by hand: that shows who, and forces no second person.'],
  'publishing-needs-a-plan': (plan) => [`To name who must approve a publication needs the ${plan} plan.`, 'Below it whoever may push a version tag publishes: let as few people as possible, with two factors.'],
  'path-filters-with-required-check': () => ['A workflow that a path filter skips never reports, so its required check waits for ever.', 'Filter inside the workflow by job and require only the job that collects the results.'],
  'beyond-shared-hosting': () => ['Shared web hosting runs PHP and files: a pipeline can upload there, and start nothing.', 'Deploy to a small Linux server or a platform, or leave out what needs a process of its own.'],
  'public-code-on-own-runners': () => ['Anybody can open a pull request whose code then runs on your machine.', 'Use hosted runners, as the files do.'],
  'asks-beyond-the-stage': () => ['These cost more upkeep than they return at this stage.', 'They are listed under what is not there yet, each with the point at which to add it.'],
  'runtime-past-end-of-life': (day) => [`This version has had no security fixes since ${day}.`, 'Move to a supported version first; the files use the version you gave.'],
  'library-with-environments': () => ['What is published to a registry runs nowhere of its own.', 'Drop the environments; a pre-release version on its own tag does what staging would.'],
  'library-with-target': () => ['What is published to a registry is not deployed; no deploy job is written for it.', 'Let the platform build a documentation site from Git by itself; plan a service beside it as a project of its own.'],
  'schedule-of-one-person': () => ['A second long-lived branch collects the work of several people; alone, every change is merged twice.', 'Pin `branchStrategy: github-flow` and release by hand on the day; keep this only when released versions are maintained side by side.'],
  'file-database-out-of-reach': () => ['The database is a file on a volume, and the release command runs in a machine without that volume: it would migrate an empty file.', 'Migrate when the application starts, before it listens, on its one machine; or move to a database server.'],
  'worker-without-target': (worker) => [`${worker} runs as a process of its own, and one target is known: after a deploy the worker would still run the old code.`, 'List both in `apps` as name:target, or let the one service start both.'],
  'scheduled-with-automatic-production': () => ['Releases are collected, and yet every merge goes live.', 'Ask for `approval` in `requested`: production then waits for a person on the day; or release on every merge.'],
  'air-gap-with-hosted-ci': () => ['Nothing outside reaches an air-gapped network, and nothing inside may reach hosted CI.', 'Build, scan and sign outside, carry the release in as a bundle; or run the CI server inside, with mirrors of every registry.'],
  'runners-outside-the-network': () => ['Hosted runners stand on the internet and do not reach what runs in your own rooms.', 'Register one throw-away runner inside for the deploy jobs only (it calls out, nothing calls in); checks stay on hosted runners unless the code may not leave.'],
  'us-company-runs-ci': () => ['Every hosted CI here belongs to a company under US law, and whoever runs CI holds the keys of production.', 'Run GitLab on a server of your own, or keep production secrets out of CI: let the servers fetch each release themselves.'],
  'regime-with-stored-keys': (target) => [`The deploy to ${target} signs in with a stored key, and auditors find it.`, 'One key an environment and application, replaced every 90 days and when somebody leaves.'],
  'image-scan-without-image': (target) => [`${target} builds from the source: the pipeline makes no image to scan.`, 'Leave it out; the dependency check covers what an image scan would find in your packages.'],
  'platform-cannot': (target) => [`${target} has no part that could do this.`, 'Leave it out, or move to a platform that can; a health check and a fast way back cover most of it.'],
  'feature-needs-a-plan': (detail) => [`${detail}.`, 'Buy the plan, or use what the generated files do without it.'],
  'database-without-migration-tool': () => ['Nothing says what changes the tables, so no migration runs.', 'Name a `migrationTool` (migration_plan proposes one) and generate again.'],
  'own-runners-without-operations': () => ['A runner of your own is a server that executes strangers\' code, and nobody is there to patch it.', 'Use hosted runners; let the target fetch releases where they cannot reach it.'],
  'files-beside-existing-ones': () => ['Both sets of files would run on each change, and both might deploy.', 'Compare them, keep one deploy, and delete the jobs that the new files replace; nothing is overwritten.'],
  'deploys-twice': (target) => [`${target} also ${target.includes(', ') ? 'deploy' : 'deploys'} from Git: a push would go out twice, once untested.`, 'Switch those off for the main branch (previews may stay), or delete the deploy job. HEALTH_URL is asked after each deploy.'],
  'returns-before-healthy': (note) => [`The deploy command reports success before the new version has answered${note === '' ? '' : ` (${note})`}.`, 'The job asks HEALTH_URL afterwards; set that variable to the readiness address.'],
  'strategy-pinned-against-the-rules': (advised) => [`For this cadence and team size ${advised} is the simpler fit.`, 'The pinned strategy stays; its extra branches are yours to maintain.'],
  'two-ci-systems': (others) => [`${others} runs checks as well: two verdicts on one change, and two places that hold deploy secrets.`, 'Move the deploy secrets to one system and switch the other off.'],
  'provider-forbidden': () => ['A house rule forbids the provider that was asked for.', 'The asked-for provider stays in the files; settle which of the two is right.'],
  'repository-with-one-target': () => ['Several services share the repository and only one target is known, so each change would deploy everything.', 'List the applications in `apps` as name:target.'],
}

export const conflictWords = ({ id, inputs, detail = '' }: FoundConflict): Conflict => {
  const [problem, resolution] = conflicts[id](detail)
  return { id, inputs, problem, resolution }
}

/** Who brings a release to an environment that no pipeline deploys to, by deploy trigger. */
export const outsideWords: Readonly<Record<string, string>> = {
  'store-release': 'a store releases it', 'customer-upgrade': 'customers install a release themselves', 'signed-offline-bundle': 'releases are carried into an isolated network as a signed bundle',
}
const asSaid = (item: string): string => (isExtra(item) ? extraName(item) : item)
/** What is left out, where its id alone would not say it. */
const skipItems: Readonly<Partial<Record<SkipId, (item: string) => string>>> = {
  'other-language': (item) => `checks for ${item}`, 'files-for-provider': (item) => `pipeline files for ${item}`, 'files-for-language': (item) => `pipeline files for ${item}`, 'deploy-for-target': (item) => `deploy job for ${item}`,
  'deploy-on-provider': (item) => `deploy job for ${item}`, 'unknown-platform': (item) => `deploy job for ${plain(item)}`, 'requested-too-early': asSaid, 'requested-by-hand': asSaid, 'kept-file': (item) => `a second ${plain(item)}`, 'several-images': (item) => `image of ${item}`, 'migration-command': (item) => `migration job with ${item}`, 'not-a-pipeline-deploy': (item) => `deploy job for ${item}`,
}

const skips: Readonly<Record<SkipId, (skip: Skip) => readonly [why: string, addWhen: string]>> = {
  'security-stage': () => ["updates that come by themselves, and the code host's own alerts where it has them, cover the basics.", 'the first paying customer, public code, or a regime such as SOC 2'],
  staging: () => ['one environment is enough to learn from.', 'a release broke something that no test could show'],
  'split-jobs': () => ['each further job installs everything again.', 'the one job takes more than 5 minutes'],
  'affected-only': () => ['running everything is simpler and catches more.', 'CI takes more than 10 minutes'],
  'service-container': () => ['no test needs it yet.', 'the first test that talks to the database'],
  'files-for-provider': ({ item }) => [`the decision, stages and checklist hold for ${item}; no file is generated for it yet.`, 'now, by hand: translate the stages'],
  'files-for-language': ({ item }) => [`the decision, stages and checklist hold for ${item}; no file is generated for it yet.`, 'now, by hand: the stages above with the commands of the project'],
  'other-language': () => ['the files check one language.', 'now, by hand: a job with its lint and tests'],
  'deploy-for-target': () => ['none is generated; the checks are.', 'now, by hand: its deploy command after the checks'],
  'kept-file': ({ item }) => ['yours stays as it is.', /CODEOWNERS$/.test(item) ? 'now, by hand: name the owners of the pipeline files there' : 'now, by hand: let it update the actions and images of the new files too, a week behind'],
  'unknown-platform': () => ['nothing is known about this platform, so only the checks are generated.', 'now, by hand: its deploy command after the checks'],
  'deploy-on-provider': () => ['it needs more than a shell, and none is generated on this provider.', 'now, by hand, after the checks'],
  'several-images': ({ item }) => [`one image is built a repository; ${item} would need its own.`, 'now, by hand: copy the image job'],
  'migration-command': ({ item }) => [`no locked command of ${item} is known for this project, so no migration job is generated.`, 'the project has a locked command that applies migrations'],
  'publish-job': () => ['publishing is written for one npm or PyPI package a repository.', 'now, by hand: publish from a version tag, without a stored key where the registry takes OIDC'],
  'missing-check': () => ['the project names no script or tool for it, and a step would fail.', 'one is added; then generate again'],
  'code-owners': () => ['it needs handles of real people or teams in `codeOwners`.', 'two teams share the repository'],
  'requested-too-early': ({ item }) => ['asked for, and not justified at this stage and team size.', isExtra(item) ? extraWords[item][1] : ''],
  'requested-by-hand': ({ item }) => [`justified, and not generated: ${isExtra(item) ? extraWords[item][0] : ''}.`, 'now, by hand'],
  'requested-unknown': () => ['asked for, and unknown to this tool.', 'somebody can say which failure it would have caught'],
  'store-release': () => ['this pipeline deploys what answers the app.', 'more than two releases a month'],
  'no-target': () => ['no deploy target is known.', 'a deploy target or hosting platform is chosen'],
  'not-a-pipeline-deploy': ({ trigger = '' }) => [`${outsideWords[trigger] ?? 'no pipeline reaches it'}.`, trigger === 'store-release' ? 'more than two releases a month: then a job uploads the signed build' : 'a pipeline may reach it'],
}

export const skipWords = (skip: Skip): Skipped => {
  const [why, addWhen] = skips[skip.id](skip)
  return { item: skipItems[skip.id]?.(skip.item) ?? skip.item, why, addWhen }
}

export const branchReason: Readonly<Record<BranchRule, string>> = {
  pinned: 'pinned by you',
  'scheduled-releases': 'releases follow a schedule, so finished work waits on `develop` while a release branch is stabilized',
  'small-team': 'at most five people: short branches and one main line are enough',
  'continuous-mid-size-team': 'six to ten people who release continuously: short branches, and flags for what is not finished',
  'batched-mid-size-team': 'six to ten people who release in batches: one main line, and a person promotes to production',
  'large-team': 'more than ten people: branches that live less than a day, and flags for what is not finished',
}

export const triggerWords = (main: string, request: string): Readonly<Record<TriggerId, string>> => ({
  'pull-request': `${request}: checks only`, 'merge-queue': `${request === 'merge request' ? 'merge train' : 'merge queue'}: checks once more on the merged result`, 'push-to-main': `push to ${code(main)}`,
  'push-to-develop': 'push to `develop`', 'push-to-release-branch': 'push to `release/…`', 'version-tag': 'version tag `v…`', 'manual-dispatch': 'by hand, to any environment',
})

export const gateWords: Readonly<Record<GateId, (before: string) => string>> = {
  'checks-green': () => 'all checks green before a merge', review: () => 'review by another person before a merge', 'merge-queue': () => 'merge queue', approval: (before) => `approval by another person before ${code(before)}`,
  'manual-start': (before) => `a person starts ${code(before)}`, 'health-check': () => 'the new version answers its readiness check', 'one-deploy-at-a-time': () => 'one deploy to an environment at a time, never cancelled',
}

/** Controls that something else than the stage asks for; `days` is how long a regime wants logs kept, where its sheet names a number. */
export const controlWords: Readonly<Record<ControlId, (days: number | null) => string>> = {
  'approval-by-another-person': () => 'the yes of somebody who did not write the change',
  'evidence-of-each-release': (days) => `approval, tests and digest of each release kept ${days === null ? 'for the audited period' : `for ${days} days`} outside CI`,
  'security-checks': () => 'a security stage',
  'no-secrets-for-forks': () => 'forks get no secrets and none of your machines',
}
