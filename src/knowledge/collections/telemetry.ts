import * as z from 'zod'
import { fact } from '../sheet.ts'

/** Facts about products and patterns that take logs, errors, metrics or traces, or that tell people. Plans and prices are in the sheet's `price`; a plan's features name the slots it covers, and `baa`. */
export const telemetryFacts = {
  /** Slots of the decision it may fill: fewer than its features, so a suite never stands in for a pager. Empty for agents and dashboards. */
  slots: fact(z.array(z.enum(['logs', 'errors', 'metrics', 'tracing', 'alerting']))),
  /** `built-in` costs no further vendor; `cloud-service` belongs to the cloud the application runs in. */
  hosting: fact(z.enum(['built-in', 'hosted', 'either', 'cloud-service', 'self-hosted', 'library'])),
  /** Signals it accepts over the OpenTelemetry protocol. */
  otlp: fact(z.array(z.enum(['traces', 'metrics', 'logs']))),
  /** True when it evaluates Prometheus alert rules. */
  prometheusRules: fact(z.boolean()),
  /** Whether a business associate agreement can be had; `higher-plan`: only above the cheapest paid plan or by contract. */
  baa: fact(z.enum(['no', 'yes', 'higher-plan'])),
  /** Regions where telemetry can be kept, lower-case codes; `any` for what you run or place yourself. */
  residency: fact(z.array(z.string())),
  /** Country of the company that operates it; null for software you run, or when not known. */
  operatorCountry: fact(z.string()),
  /** True when the operator or one of its listed subprocessors is a US company. */
  usSubprocessors: fact(z.boolean()),
  /** What a team needs to run it. */
  opsNeeded: fact(z.enum(['none', 'low', 'medium', 'high'])),
  /** How data and instrumentation leave, in one sentence. */
  exit: fact(z.string()),
  /** Hosting platforms it belongs to; empty: any. */
  platforms: fact(z.array(z.string())),
  /** Environment variables an application needs; secrets are listed in `secretVariables`. */
  variables: fact(z.array(z.string())),
  secretVariables: fact(z.array(z.string())),
}
