import type { DeployedEnvironment } from '../../model.ts'
import { migratingApp, type Deploy, type Plan } from '../../plan.ts'
import { withLater } from '../shell/asked.ts'
import { registryOf } from '../shell/registry.ts'
import { checkJobs, deployJob, imageJob, migrateJob, publishJobs, synthJob, type Job, type Jobs } from './jobs.ts'

/** A job as a workflow starts it. */
type Entry = string | Readonly<Record<string, Readonly<Record<string, unknown>>>>
/** Jobs, and the order a workflow starts them in. */
interface Part { readonly jobs: Jobs, readonly entries: readonly Entry[] }

/** Names that stand for one project of the organization: contexts and queues belong to all of them. */
export const ofProject = (name: string): string => `<< pipeline.project.slug >>/${name}`
export const byPush = 'by-push'

/** What has to be checked out for an environment. Branch names are letters, digits and `._/-` only: the input checks that. */
const ref = (branch: string): string => (branch === 'v*' ? 'pipeline.git.tag starts-with "v"' : branch === 'release/**' ? 'pipeline.git.branch starts-with "release/"' : `pipeline.git.branch == "${branch}"`)

/** When jobs of an environment run: on a push to its branch, or when somebody starts a pipeline there and names it, or what comes after it. */
function filter(environment: DeployedEnvironment, environments: readonly DeployedEnvironment[]): string {
  const asked = [...(environment.start === 'manual' ? [] : [byPush]), ...withLater(environment, environments)].map((name) => `pipeline.parameters.deploy-to == "${name}"`)
  return `${ref(environment.branch)} and ${asked.length === 1 ? asked.join() : `(${asked.join(' or ')})`}`
}

const refsOf = ({ settings, environments }: Plan): readonly string[] => [...new Set([settings.mainBranch, ...(settings.branch.releaseBranch === null ? [] : [settings.branch.releaseBranch]), ...environments.map(({ branch }) => branch)])]
const full = (base: string, app: string | null): string => (app === null ? base : `${base}-${app}`)
export const contextOf = (environment: string, app: string | null): string => ofProject(app === null ? environment : `${environment}/${app}`)

/** One job for all environments when nothing but its context differs, else one each. */
function shared(id: string, environments: readonly DeployedEnvironment[], job: (environment: DeployedEnvironment) => Job): { readonly jobs: Jobs, readonly idIn: (environment: DeployedEnvironment) => string } {
  const made = environments.map((environment) => job(environment))
  const same = environments.length > 1 && new Set(made.map((each) => JSON.stringify(each))).size === 1
  const idIn = ({ name }: DeployedEnvironment): string => (same ? id : `${id}-${name}`)
  return { jobs: Object.fromEntries(environments.map((environment, index) => [idIn(environment), made[index] as Job])), idIn }
}

/** Approve, migrate, deploy: one environment after the other. One serial group an environment lets pipelines take turns, and skips an older one. */
function delivery(plan: Plan, deploys: readonly Deploy[], ready: readonly string[]): Part {
  const { environments, migration } = plan
  const command = migration?.command != null && migration.hook === null ? migration.command : null
  const migrate = command === null ? undefined : shared('migrate', environments, () => migrateJob(plan, command))
  const besides = migratingApp(plan, deploys)
  // An entry may only need entries that stand before it.
  const ordered = besides === undefined ? deploys : [besides, ...deploys.filter((deploy) => deploy !== besides)]
  const deploying = ordered.map((deploy) => ({ deploy, ...shared(full('deploy', deploy.name), environments, (environment) => deployJob(deploy, environment, plan)) }))
  const nameOf = (id: string, environment: string, app: string | null): string => full(`${id}-${environment}`, app)
  const entries = environments.flatMap((environment): Entry[] => {
    const { name, start, after } = environment
    const filters = filter(environment, environments)
    const before = [...ready, ...(after === null ? [] : deploys.map((deploy) => nameOf('deploy', after, deploy.name)))]
    const approval = start === 'approval' ? `approve-${name}` : undefined
    const first = approval === undefined ? before : [approval]
    const entry = (id: string, as: string, requires: readonly string[], context: string): Entry => ({ [id]: { ...(id === as ? {} : { name: as }), requires, filters, context, 'serial-group': ofProject(name) } })
    const migrateName = `migrate-${name}`
    return [
      ...(approval === undefined ? [] : [{ [approval]: { type: 'approval', requires: before, filters } }]),
      ...(migrate === undefined ? [] : [entry(migrate.idIn(environment), migrateName, first, contextOf(name, null))]),
      ...deploying.map(({ deploy, idIn }) => entry(idIn(environment), nameOf('deploy', name, deploy.name), migrate !== undefined ? [migrateName] : besides === undefined || deploy === besides ? first : [nameOf('deploy', name, besides.name)], contextOf(name, deploy.name))),
    ]
  })
  return { jobs: Object.assign({}, migrate?.jobs, ...deploying.map(({ jobs }) => jobs)) as Jobs, entries }
}

/** Everything that runs, with checks first. A tag starts nothing by itself, so what a tagged release needs says so. */
export function workflow(plan: Plan, deploys: readonly Deploy[]): Part {
  const checks = checkJobs(plan)
  const checked = Object.keys(checks)
  const tagged = plan.publish !== undefined || plan.environments.some(({ branch }) => branch === 'v*')
  const publishing = publishJobs(plan)
  const registry = registryOf(deploys)
  const filters = refsOf(plan).map(ref).join(' or ')
  const made: Jobs = { ...(registry === undefined ? {} : { image: imageJob(plan, registry) }), ...(deploys.some(({ target }) => target.synthesizes) ? { synth: synthJob(plan) } : {}) }
  const serving = deploys.filter(({ target }) => target.serves)
  const delivered = serving.length === 0 ? { jobs: {}, entries: [] } : delivery(plan, serving, Object.keys(made).length > 0 ? Object.keys(made) : checked)
  return {
    jobs: { ...checks, ...made, ...publishing, ...delivered.jobs },
    entries: [
      ...checked.map((id): Entry => (tagged ? { [id]: { filters: 'pipeline.git.branch or (pipeline.git.tag starts-with "v")' } } : id)),
      ...Object.keys(made).map((id): Entry => ({ [id]: { requires: checked, filters, ...(id === 'image' ? { context: ofProject('images') } : {}) } })),
      ...(plan.publish === undefined ? [] : [{ pack: { requires: checked, filters: ref('v*') } }, { publish: { requires: ['pack'], filters: ref('v*'), context: ofProject(plan.publish.registry), 'serial-group': ofProject('publish') } }]),
      ...delivered.entries,
    ],
  }
}
