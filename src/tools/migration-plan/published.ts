import type { MigrationDecision } from './decide.ts'

/** The decision without what only the files need. */
export const withoutBatches = (decision: MigrationDecision): MigrationDecision =>
  ({ ...decision, phases: decision.phases.map((phase) => ({ ...phase, statements: phase.statements.map(({ batches: _, ...statement }) => statement) })) })
