import * as z from 'zod'
import { environmentNames } from '../../core/environments.ts'
import type { Profile, ProfileField } from '../../core/profile.ts'

/** Profile fields the environment plan reads, in the order they are listed to the model. */
export const reads = [
  'projectType', 'stage', 'monthlyActiveUsers', 'services', 'devices', 'usesLlm', 'airGapped', 'noUsSubprocessors', 'distributedToCustomers', 'clients', 'compliance',
  'dataClasses', 'dataResidency', 'selfHost', 'developers', 'opsCapacity', 'budgetUsdPerMonth', 'hosting', 'stack', 'existing', 'releaseCadence', 'houseRules', 'decisions',
] as const satisfies readonly ProfileField[]

/** Fields whose assumed value shapes this plan; the others are read, but a guess about them changes little. */
export const assumable = ['projectType', 'stage', 'developers', 'opsCapacity', 'services', 'compliance', 'dataClasses', 'selfHost', 'hosting'] as const satisfies readonly ProfileField[]

export const stagingData = ['seed', 'synthetic', 'masked-copy', 'production-copy'] as const

/** A name a shell and every platform accept. */
export const variableName = /^[A-Za-z][A-Za-z0-9_]{0,99}$/

/** Fields of its own. */
export const own = {
  environments: z.array(z.enum(environmentNames)).max(12).describe('plan exactly these').optional(),
  flagCount: z.number().int().min(0).max(100_000).describe('feature flags').optional(),
  needsTargeting: z.boolean().describe('flags per user at run time').optional(),
  needsExperiments: z.boolean().describe('A/B tests').optional(),
  serverCount: z.number().int().min(1).max(1_000_000).describe('servers running the app').optional(),
  stagingData: z.enum(stagingData).describe('rows in staging').optional(),
  variables: z.array(z.string().regex(variableName, 'expected a variable name like DATABASE_URL')).max(200).describe('names in .env.example').optional(),
}

/** What the repository tells beside them: the branch that is deployed. */
export type Input = Profile & z.infer<z.ZodObject<typeof own>> & { readonly defaultBranch?: string }
