import * as z from 'zod'
import { fact } from './sheet.ts'

/** Facts that filters ask of every product an application hands data or secrets to. */
export const productFacts = {
  /** Hosting platforms it belongs to; empty: any. */
  platforms: fact(z.array(z.string())),
  /** Works without any connection to the outside. */
  airGap: fact(z.boolean()),
  /** May be part of a product that customers host. */
  redistributable: fact(z.boolean()),
  /** Operations capacity of the team that it takes at least. */
  opsNeeded: fact(z.enum(['none', 'low', 'medium', 'high'])),
  license: fact(z.string()),
  /** Regions where data can be kept, lower-case codes. Empty: the vendor offers no choice. */
  residency: fact(z.array(z.string())),
  /** Whether a business associate agreement can be had, and from which plan. */
  baa: fact(z.enum(['no', 'yes', 'higher-plan'])),
  /** Country of the company that operates it; null for software you run. */
  operatorCountry: fact(z.string()),
  /** Environment variables an application or its pipeline needs to reach it; secrets in `secretVariables`. */
  variables: fact(z.array(z.string())),
  secretVariables: fact(z.array(z.string())),
}
