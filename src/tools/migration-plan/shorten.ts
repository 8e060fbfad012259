import type { MigrationDecision } from './decide.ts'

/** Characters of phases, as JSON, up to which a result holds the whole SQL. */
const limit = 3600
const firstLine = (sql: string): string => (sql.includes('\n') ? `${sql.slice(0, sql.indexOf('\n'))} …` : sql)

/** The decision with only the first line of loops and function bodies when there is too much to read at once; the files hold them whole. */
export function shorten(decision: MigrationDecision): MigrationDecision {
  if (JSON.stringify(decision.phases).length <= limit) return decision
  return {
    ...decision,
    phases: decision.phases.map((phase) => ({
      ...phase,
      statements: phase.statements.map((statement) => ({ ...statement, sql: firstLine(statement.sql) })),
      rollback: { ...phase.rollback, statements: phase.rollback.statements.map(firstLine) },
    })),
  }
}
