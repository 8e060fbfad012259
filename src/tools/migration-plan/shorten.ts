import type { MigrationDecision } from './decide.ts'

/** Characters of phases, as JSON, up to which a result holds the whole SQL. */
const limit = 3300
/** Characters of a query up to which it is shown whole; longer ones are in the file of checks. */
const longQuery = 300
/** Statements of an undo up to which all are shown. */
const longUndo = 3
const firstLine = (sql: string): string => (sql.includes('\n') ? `${sql.slice(0, sql.indexOf('\n'))} …` : sql)

const fewer = (list: readonly string[], most: number): readonly string[] => (list.length <= most ? list : [...list.slice(0, most - 1), `… ${list.length - most + 1} more at full detail`])

/** The decision as it is read: statements without what only the files need, and with the first line of loops and function bodies when there is too much to read at once. */
export function shorten(decision: MigrationDecision): MigrationDecision {
  const asRead = (edit: (sql: string) => string, query: (sql: string) => string, most: number): MigrationDecision['phases'] => decision.phases.map((phase) => ({
    ...phase,
    verify: phase.verify === null ? null : query(phase.verify),
    statements: phase.statements.map(({ sql, lock, blocks, rewritesTable, transaction, language }) => ({ sql: edit(sql), lock, blocks, rewritesTable, transaction, ...(language === undefined ? {} : { language }) })),
    rollback: { ...phase.rollback, statements: fewer(phase.rollback.statements.map(edit), most) },
  }))
  const same = (sql: string): string => sql
  const whole = asRead(same, same, Infinity)
  return { ...decision, phases: JSON.stringify(whole).length <= limit ? whole : asRead(firstLine, (sql) => (sql.length > longQuery ? `${sql.slice(0, 80)} …` : sql), longUndo) }
}
