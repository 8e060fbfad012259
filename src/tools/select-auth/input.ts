import * as z from 'zod'
import type { Profile, ProfileField } from '../../core/profile.ts'

/** Profile fields this decision reads, in the order the model sees them. */
export const reads = [
  'name', 'projectType', 'stage', 'signInBy', 'monthlyActiveUsers', 'organizations', 'ssoConnections', 'needsSso', 'needsScim', 'tenancy', 'clients', 'compliance', 'dataClasses', 'dataResidency',
  'noUsSubprocessors', 'airGapped', 'selfHost', 'distributedToCustomers', 'developers', 'opsCapacity', 'budgetUsdPerMonth', 'services', 'usesLlm', 'takesPayments', 'hosting', 'stack', 'existing', 'houseRules', 'decisions',
] as const satisfies readonly ProfileField[]

/** What the application does, where it decides which protections apply. */
export const features = ['file-uploads', 'public-forms', 'webhooks', 'outbound-urls'] as const

export const own = {
  features: z.array(z.enum(features)).max(4).optional().describe('what the app does: decides which protections apply'),
}
export type Input = Profile & z.infer<z.ZodObject<typeof own>>
