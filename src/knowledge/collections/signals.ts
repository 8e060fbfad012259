import * as z from 'zod'
import { fact } from '../sheet.ts'

/** Facts about one thing to measure: when it matters, when somebody is told, and what the older rule of thumb was. */
export const signalFacts = {
  category: fact(z.string()),
  /** Where a row stands in the table, ascending. */
  position: fact(z.number()),
  /** Metric name of the OpenTelemetry conventions, or our own where they have none. */
  metric: fact(z.string()),
  /** What must be true of the project for the row to apply. */
  appliesTo: fact(z.enum(['always', 'http', 'queue', 'database', 'llm', 'business', 'payments', 'devices', 'mobile', 'scheduled', 'accounts'])),
  /** Lowest stage at which the row is shown. */
  fromStage: fact(z.enum(['poc', 'mvp', 'early', 'growth', 'production', 'enterprise'])),
  /** Condition that tells somebody, as one line. */
  condition: fact(z.string()),
  /** The condition while no burn-rate alerts exist; null: the same. */
  simpleCondition: fact(z.string()),
  threshold: fact(z.number()),
  unit: fact(z.string()),
  windowMinutes: fact(z.number()),
  /** `page` wakes somebody, `ticket` waits for the working day, `watch` is for dashboards only. */
  notify: fact(z.enum(['page', 'ticket', 'watch'])),
  /** Target by stage, for signals that are objectives; null for the others. */
  objectives: fact(z.partialRecord(z.enum(['poc', 'mvp', 'early', 'growth', 'production', 'enterprise']), z.number())),
  /** Share of requests that must meet a latency objective, in percent, by stage. */
  shares: fact(z.partialRecord(z.enum(['poc', 'mvp', 'early', 'growth', 'production', 'enterprise']), z.number())),
  /** Multi-window burn-rate alerts, most urgent first. Windows are Prometheus durations. */
  burnRates: fact(z.array(z.strictObject({ severity: z.enum(['page', 'ticket']), long: z.string(), short: z.string(), factor: z.number(), budgetPercent: z.number() }))),
  /** The older rule this row replaces or keeps; null for rows that are new. */
  seedRow: fact(z.string()),
  /** Why it changed; null when it did not. */
  correction: fact(z.string()),
}
