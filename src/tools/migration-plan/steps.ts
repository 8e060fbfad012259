import type { Phase, Statement } from './sql/statement.ts'

/** What one migration file holds: statements that share a transaction, or a single one that stands outside. */
export interface Step {
  /** Kebab-case, with its place in the plan: `2-backfill`. */
  readonly name: string
  readonly phase: Phase['phase']
  readonly release: number
  /** The phase that it is a part of. */
  readonly of: Phase
  readonly statements: readonly Statement[]
  readonly transactional: boolean
  /** True when its transaction must be its own: a tool that runs all files in one would hold the lock of the file before through this one's scan. */
  readonly apart: boolean
  /** The database that it is for. */
  readonly database: string
  /** SQL that undoes it; null when there is no way back. Empty when an earlier step's undo covers it. */
  readonly down: readonly string[] | null
  /** True when it may be applied with the release at hand; later steps wait outside the migrations folder. */
  readonly now: boolean
}

/** Splits phases into files. Everything after a backfill or a deploy is kept apart: a runner would apply it at once and the plan would be worth nothing. */
export function stepsOf(phases: readonly Phase[], database = 'postgresql'): Step[] {
  const steps: Step[] = []
  let now = true
  for (const phase of phases) {
    const groups: Statement[][] = []
    for (const statement of phase.statements) {
      const last = groups[groups.length - 1]
      if (last !== undefined && (phase.phase === 'backfill' || (statement.transaction === 'together' && last[0]?.transaction === 'together'))) last.push(statement)
      else groups.push([statement])
    }
    // What only a restore brings back waits until somebody has checked what came before it.
    if (phase.rollback.kind === 'restore' && steps.length > 0) now = false
    const undo = phase.rollback.kind === 'sql' ? phase.rollback.statements : phase.rollback.kind === 'nothing' ? [] : null
    groups.forEach((statements, index) => {
      steps.push({
        name: `${steps.length + 1}-${phase.phase}`, phase: phase.phase, release: phase.release, of: phase, statements,
        // Where each statement commits by itself, a transaction only keeps the file on one connection.
        transactional: statements[0]?.transaction !== 'none' || statements[0].lock === 'metadata',
        apart: statements[0]?.transaction === 'own', database, down: undo === null || index === 0 ? undo : [], now: now && phase.phase !== 'backfill',
      })
    })
    // So does everything after a script that a person runs.
    if (phase.phase === 'backfill' || phase.phase === 'switch' || phase.statements.some(({ language }) => language === 'shell')) now = false
  }
  return steps
}
