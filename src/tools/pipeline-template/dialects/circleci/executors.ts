import type { Cloud, Target } from '../../model.ts'
import type { Plan } from '../../plan.ts'
import { toolImage, type ToolImage } from '../shell/images.ts'

export type ExecutorId = 'project' | 'project-with-database' | 'node' | 'aws' | 'gcp' | 'azure' | 'deploy' | 'secrets'

const ofCloud: Readonly<Record<Cloud, ToolImage>> = { aws: 'cimg-aws', gcp: 'cimg-gcp', azure: 'cimg-azure' }

/** Where the job of a target runs: in the project's own container when its packages deploy, else where the programs are. */
export function executorOf(target: Target, plan: Plan): ExecutorId {
  if (target.installs) return plan.toolchain.locksNpmTools ? 'project' : 'node'
  return target.cloud ?? 'deploy'
}

/** Where the project's own container works: tools that want a whole path are told it. */
export const root = '/root/project'

const docker = (image: string, more: readonly unknown[] = []) => ({ docker: [{ image }, ...more], resource_class: 'medium' })

/** The environments jobs run in, each defined once; `used` are those that some job names. */
export function executors(plan: Plan, used: ReadonlySet<string>): Readonly<Record<string, unknown>> {
  const { image, variables } = plan.toolchain.container(root)
  const { service } = plan
  const branches = { MAIN_BRANCH: plan.settings.mainBranch, BASE_BRANCH: plan.settings.branch.releaseBranch ?? plan.settings.mainBranch }
  const own = { ...(plan.toolchain.readsBase ? branches : {}), ...variables }
  const set = (environment: Readonly<Record<string, string>>) => (Object.keys(environment).length === 0 ? {} : { environment })
  const all: Readonly<Record<ExecutorId, () => unknown>> = {
    project: () => ({ ...docker(image), working_directory: root, ...set(own) }),
    'project-with-database': () => (service === undefined ? {} : {
      ...docker(image, [{ image: service.image, ...set(service.setup) }]),
      working_directory: root, ...set({ ...own, [service.variable]: service.url('127.0.0.1') }),
    }),
    node: () => docker(`node:${plan.nodeVersion}`),
    aws: () => docker(toolImage(plan, ofCloud.aws) ?? ''), gcp: () => docker(toolImage(plan, ofCloud.gcp) ?? ''), azure: () => docker(toolImage(plan, ofCloud.azure) ?? ''),
    deploy: () => docker(toolImage(plan, 'cimg-deploy') ?? ''),
    secrets: () => ({ ...docker(toolImage(plan, 'trufflehog') ?? ''), environment: branches }),
  }
  return Object.fromEntries((Object.keys(all) as ExecutorId[]).filter((id) => used.has(id)).map((id) => [id, all[id]()]))
}

/** The image of every executor but the project's comes from a sheet. */
export const hasImage = (id: ExecutorId, plan: Plan): boolean =>
  id === 'aws' || id === 'gcp' || id === 'azure' ? toolImage(plan, ofCloud[id]) !== undefined : id === 'deploy' ? toolImage(plan, 'cimg-deploy') !== undefined : true
