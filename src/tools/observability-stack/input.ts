import * as z from 'zod'
import { line, type Profile, type ProfileField } from '../../core/profile.ts'

const amount = (what: string) => z.number().min(0).max(1e12).describe(what).optional()

/** Fields of this tool alone: volumes for the cost, and who answers at night. All may be left out. */
export const own = {
  serviceNames: z.array(line(60)).max(10).describe('deployed services by name').optional(),
  hosts: amount('machines or containers running at once'),
  gbLogsPerMonth: amount('GB of logs a month'),
  errorsPerMonth: amount('error events a month'),
  spansPerMonth: amount('trace spans a month after sampling'),
  activeSeries: amount('metric series'),
  requestsPerSecond: amount('average requests a second'),
  onCallEngineers: z.number().int().min(0).max(1000).describe('people who share on-call duty').optional(),
}

/** Profile fields the decision reads. */
export const reads = [
  'name', 'projectType', 'stage', 'hosting', 'existing', 'services', 'monthlyActiveUsers', 'developers', 'opsCapacity', 'budgetUsdPerMonth', 'compliance', 'dataClasses', 'dataResidency',
  'noUsSubprocessors', 'selfHost', 'airGapped', 'distributedToCustomers', 'usesLlm', 'takesPayments', 'devices', 'clients', 'signInBy', 'stack', 'houseRules', 'decisions',
] as const satisfies readonly ProfileField[]

export type Input = Profile & z.infer<z.ZodObject<typeof own>>
