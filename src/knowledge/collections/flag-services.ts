import * as z from 'zod'
import { productFacts } from '../product-facts.ts'
import { fact } from '../sheet.ts'

/** Facts about ways to switch behaviour without a deploy, from a variable to a service: read by the environment plan. */
export const flagServiceFacts = {
  ...productFacts,
  /** `pattern` is a way of working without a product. */
  hosting: fact(z.enum(['none', 'pattern', 'library', 'cloud-service', 'hosted', 'self-hosted'])),
  /** Can be changed while the application runs, for a chosen user or tenant. */
  runtimeTargeting: fact(z.boolean()),
  /** Can be turned on for a share of users. */
  gradualRollout: fact(z.boolean()),
  /** Measures the effect of a flag. */
  experiments: fact(z.boolean()),
  /** Most environments it holds; null when there is no limit, or none is known. */
  maxEnvironments: fact(z.number().int().positive()),
  /** An OpenFeature provider exists, so the vendor can be changed without touching call sites. */
  openFeature: fact(z.boolean()),
  /** Its provider for Node.js: null when none is found, `version` null when it was not run. `create` reads `env`, the environment module. */
  openFeaturePackage: fact(z.strictObject({ name: z.string(), version: z.string().nullable(), importLine: z.string(), create: z.string() })),
  /** Requests a month that one server is billed for when it evaluates flags itself, at default settings. */
  requestsPerServer: fact(z.number().int().positive()),
  /** Frameworks it belongs to, as stack ids; empty: any. */
  stacks: fact(z.array(z.string())),
}
