import type { DecidingTool } from '../tools/tool.ts'
import type { Call } from './engine.ts'

/** Each deciding tool is code of its own, so a session loads the one it asks. */
const deciding = (load: () => Promise<unknown>) => async (): Promise<Call> => {
  const [{ decidingCall }, tool] = await Promise.all([import('./deciding-call.ts'), load()])
  return decidingCall(tool as DecidingTool)
}

/** Everything server and command line offer, by name, in the order it is listed. */
const loaders: Readonly<Record<string, () => Promise<Call>>> = {
  select_auth: deciding(async () => (await import('../tools/select-auth/tool.ts')).selectAuth),
  observability_stack: deciding(async () => (await import('../tools/observability-stack/tool.ts')).observabilityStack),
  pipeline_template: deciding(async () => (await import('../tools/pipeline-template/tool.ts')).pipelineTemplate),
  migration_plan: deciding(async () => (await import('../tools/migration-plan/tool.ts')).migrationPlan),
  env_matrix: deciding(async () => (await import('../tools/env-matrix/tool.ts')).envMatrix),
  read_project: async () => (await import('./read-call.ts')).readProjectCall,
  write_files: async () => (await import('./write-call.ts')).writeFilesCall,
  check_deliverables: async () => (await import('./check-call.ts')).checkDeliverablesCall,
}

/** What a shell offers beside the calls: `blueprint` may write anywhere its user can, so it is no tool of the server. */
const shellLoaders: typeof loaders = { blueprint: async () => (await import('./blueprint-call.ts')).blueprintCall, ...loaders }

/** Calls by name. Only the code of the one that is asked for is loaded. */
export interface Calls {
  readonly names: readonly string[]
  /** Undefined for a name that is not offered. */
  load(name: string): Promise<Call> | undefined
  all(): Promise<readonly Call[]>
}

const callsOf = (table: typeof loaders): Calls => ({
  names: Object.keys(table),
  load: (name) => (Object.hasOwn(table, name) ? table[name]?.() : undefined),
  all: () => Promise.all(Object.values(table).map((load) => load())),
})

export const calls = callsOf(loaders)
export const commands = callsOf(shellLoaders)
