import * as z from 'zod'
import { branchStrategies } from '../../core/branching.ts'
import { environmentNames } from '../../core/environments.ts'
import { line, type ProfileField } from '../../core/profile.ts'

/** A branch name that Git accepts and that no shell, YAML or filter pattern reads as anything else. */
const branch = /^[A-Za-z0-9](?!.*(\.\.|\/\/|\.lock$|[./]$))[A-Za-z0-9._/-]*$/
// Refinements stay out of the schema that models read: patterns of this length would cost them more than they tell.
const Branch = z.string().max(100).refine((text) => branch.test(text), 'expected a plain branch name like main')
const appTarget = /^[a-z0-9][a-z0-9-]{0,30}:[a-z0-9][a-z0-9.-]{0,40}$/
const AppTarget = z.string().refine((text) => appTarget.test(text), 'expected name:target like web:vercel')

/** A handle such as `@org/team`, or an address, as CODEOWNERS writes it: no space, no pattern character. */
const owner = /^(@[A-Za-z0-9][\w.-]{0,60}(\/[A-Za-z0-9][\w./-]{0,80})?|[\w.+-]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{1,100})$/
const Owner = z.string().refine((text) => owner.test(text), 'expected @name, @organization/team or an address')

/** One of `names`, listed as plain text: a model knows these words, and the error for another one names them all. */
const Named = <const Names extends readonly [string, ...string[]]>(names: Names) => z.string().pipe(z.enum(names))

/** Fields of this tool alone; all optional. */
export const own = z.strictObject({
  language: line(40),
  framework: line(60),
  runtimeVersion: z.string().refine((text) => /^(>=)?\d{1,3}(\.\d{1,3}){0,2}$/.test(text), 'expected a version like 24, 3.13 or >=22'),
  database: line(40),
  scripts: z.array(line(80)).max(120),
  defaultBranch: Branch,
  branchStrategy: Named(branchStrategies),
  environments: z.array(Named(environmentNames)).max(12),
  apps: z.array(AppTarget).max(12).describe('name:target'),
  existingCi: z.array(line(200)).max(40),
  codeOwners: z.array(Owner).max(10),
  requested: z.array(line(60)).max(20),
}).partial().shape

/** Profile fields the decision reads, in the order they are listed. */
export const reads = ['ciProvider', 'deployTarget', 'hosting', 'stack', 'packageManager', 'monorepo', 'releaseCadence', 'developers', 'stage', 'compliance', 'migrationTool', 'repositoryVisibility'] as const satisfies readonly ProfileField[]

export type Own = z.infer<z.ZodObject<typeof own>>
