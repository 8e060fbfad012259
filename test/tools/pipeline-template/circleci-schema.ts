import * as z from 'zod'

/** The part of CircleCI's configuration that we write, strictly: a key that its reference does not know is an error. */
const Name = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]*$/)
const Environment = z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.string())
const Minutes = z.string().regex(/^\d+m$/)
const Run = z.strictObject({ run: z.strictObject({ name: z.string().min(1), command: z.string().min(1), no_output_timeout: Minutes }) })
const Key = z.string().startsWith('v1-').includes('{{ checksum "')
const BuiltIn = z.union([
  z.literal('checkout'), z.strictObject({ checkout: z.strictObject({ method: z.enum(['full', 'blobless']) }) }),
  z.strictObject({ setup_remote_docker: z.strictObject({ version: z.string() }) }),
  z.strictObject({ restore_cache: z.strictObject({ keys: z.array(Key).length(1) }) }), z.strictObject({ save_cache: z.strictObject({ key: Key, paths: z.array(z.string()).min(1) }) }),
  z.strictObject({ persist_to_workspace: z.strictObject({ root: z.string(), paths: z.array(z.string()).min(1) }) }), z.strictObject({ attach_workspace: z.strictObject({ at: z.string() }) }),
  Run,
])
const When = z.strictObject({ when: z.strictObject({ condition: z.string().regex(/^<< parameters\.[a-z-]+ >>$/), steps: z.array(BuiltIn).min(1) }) })
const own = ['run', 'when', 'checkout', 'setup_remote_docker', 'restore_cache', 'save_cache', 'persist_to_workspace', 'attach_workspace', 'store_artifacts', 'store_test_results', 'add_ssh_keys', 'deploy']
/** A step of a command of ours: its name, alone or with arguments; never a name of CircleCI's. */
const CommandName = Name.refine((name) => !own.includes(name), 'a command of ours')
const Call = z.union([CommandName, z.record(CommandName, z.record(Name, z.union([z.string(), z.boolean()])))])
const Parameter = z.union([z.strictObject({ type: z.literal('boolean'), default: z.boolean() }), z.strictObject({ type: z.literal('env_var_name'), default: z.string().regex(/^[A-Z_]+$/) })])

const Executor = z.strictObject({
  docker: z.array(z.strictObject({ image: z.string().regex(/^[\w./-]+:[\w.-]+$/), environment: Environment.optional() })).min(1),
  resource_class: z.enum(['small', 'medium', 'medium+', 'large']), working_directory: z.string().startsWith('/').optional(), environment: Environment.optional(),
})
const Command = z.strictObject({ description: z.string(), parameters: z.record(Name, Parameter).optional(), steps: z.array(z.union([BuiltIn, When])).min(1) })
const Job = z.strictObject({ executor: Name, steps: z.array(z.union([BuiltIn, Call])).min(1) })

const Requires = z.array(Name).min(1)
export const Approval = z.strictObject({ type: z.literal('approval'), requires: Requires, filters: z.string() })
const Invocation = z.strictObject({ name: Name.optional(), requires: Requires.optional(), filters: z.string().optional(), context: z.string().optional(), 'serial-group': z.string().max(512).optional() })
const Entry = z.union([Name, z.record(Name, z.union([Approval, Invocation])).refine((entry) => Object.keys(entry).length === 1, 'one job an entry')])

export const CircleConfig = z.strictObject({
  version: z.literal(2.1),
  parameters: z.strictObject({ 'deploy-to': z.strictObject({ description: z.string(), type: z.literal('enum'), enum: z.array(z.string()).min(2), default: z.string() }) }).optional(),
  executors: z.record(Name, Executor), commands: z.record(Name, Command).optional(), jobs: z.record(Name, Job),
  workflows: z.strictObject({ ci: z.strictObject({ jobs: z.array(Entry).min(1) }) }),
})
export type CircleConfig = z.infer<typeof CircleConfig>
