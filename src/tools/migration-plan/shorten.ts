import type { MigrationDecision } from './decide.ts'
import type { Phase, Statement } from './sql/statement.ts'

/** Characters of phases, as JSON, up to which a result holds what it holds. */
const limit = 3300

/** How much of a plan is shown: characters of a query, statements of an undo and of a phase, and whether statements of several lines are shown whole. */
interface Measure { readonly query: number, readonly undo: number, readonly statements: number, readonly whole: boolean }
/** From all of it to the least; what is left out stands in the files. */
const measures: readonly Measure[] = [
  { query: Infinity, undo: Infinity, statements: Infinity, whole: true },
  { query: 300, undo: 3, statements: Infinity, whole: false },
  { query: 120, undo: 2, statements: 4, whole: false },
  { query: 60, undo: 2, statements: 2, whole: false },
  { query: 60, undo: 1, statements: 1, whole: false },
]

const firstLine = (sql: string): string => (sql.includes('\n') ? `${sql.slice(0, sql.indexOf('\n'))} …` : sql)
const fewer = (list: readonly string[], most: number): readonly string[] => (list.length <= most ? list : [...list.slice(0, most - 1), `… ${list.length - most + 1} more at full detail`])
const strength: readonly Statement['lock'][] = ['none', 'metadata', 'ROW EXCLUSIVE', 'SHARE UPDATE EXCLUSIVE', 'SHARE', 'SHARE ROW EXCLUSIVE', 'ACCESS EXCLUSIVE']

/** The first statements, and the rest as one that has the strongest lock among them. */
function fewerStatements(list: readonly Statement[], most: number): readonly Statement[] {
  if (list.length <= most) return list
  const rest = list.slice(most - 1)
  const strongest = rest.reduce((a, b) => (strength.indexOf(b.lock) > strength.indexOf(a.lock) ? b : a))
  return [...list.slice(0, most - 1), { ...strongest, rewritesTable: rest.some(({ rewritesTable }) => rewritesTable), sql: `… ${rest.length} more in the files` }]
}

function show(phase: Phase, { query, undo, statements, whole }: Measure): Phase {
  const edit = whole ? (sql: string): string => sql : firstLine
  return {
    ...phase,
    verify: phase.verify === null || phase.verify.length <= query ? phase.verify : `${phase.verify.slice(0, Math.min(query, 80))} …`,
    statements: fewerStatements(phase.statements, statements).map(({ sql, lock, blocks, rewritesTable, transaction, language }) => ({ sql: edit(sql), lock, blocks, rewritesTable, transaction, ...(language === undefined ? {} : { language }) })),
    rollback: { ...phase.rollback, statements: fewer(phase.rollback.statements.map(edit), undo) },
  }
}

/** Characters that a list of this many files takes beyond the usual: a hash costs a model more than words of its length. */
export const roomForFiles = (count: number): number => Math.max(0, count - 7) * 450

/** The decision as it is read: statements without what only the files need, and less of them the more there is to read at once. `taken` is the characters that what comes before it needs. */
export function shorten(decision: MigrationDecision, taken = 0): MigrationDecision {
  const shown = measures.map((measure) => decision.phases.map((phase) => show(phase, measure)))
  return { ...decision, phases: shown.find((phases) => JSON.stringify(phases).length <= limit - taken) ?? shown[shown.length - 1] ?? [] }
}
