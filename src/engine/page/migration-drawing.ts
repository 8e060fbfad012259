import { counted } from '../../core/words.ts'
import type { Phase } from '../../tools/migration-plan/sql/statement.ts'
import { none, type Html } from './html.ts'
import { lanesFigure, type Lane, type Step } from './lanes.ts'
import { decisionOf, draftOf, listOf, type View } from './view.ts'

const titles: Readonly<Record<Phase['phase'], string>> = { expand: 'Expand', backfill: 'Backfill', verify: 'Verify', switch: 'Switch', contract: 'Contract' }
const meaning: Readonly<Record<Phase['phase'], string>> = {
  expand: 'add the new beside the old', backfill: 'fill old rows in batches', verify: 'count what is missing: 0', switch: 'new code uses it; the old version drains', contract: 'remove the old',
}
const waits = { 'reads-and-writes': 'blocks reads and writes', writes: 'blocks writes', rows: 'blocks the rows of a batch', nothing: 'blocks nothing' } as const
const undo: Readonly<Record<Phase['rollback']['kind'], string>> = { sql: 'can be undone', nothing: 'nothing to undo', 'roll-forward': 'roll forward only', restore: 'only a restore undoes it' }

function planned({ phase, statements, rollback }: Phase): Step {
  const worst = (['reads-and-writes', 'writes', 'rows'] as const).find((kind) => statements.some(({ blocks }) => blocks === kind)) ?? 'nothing'
  return { title: titles[phase], notes: [meaning[phase], ...(statements.length === 0 ? [] : [`${counted(statements.length, 'statement')}, ${waits[worst]}`]), undo[rollback.kind]], strong: phase === 'switch' }
}

/** Phases in their order; a new lane wherever the release changes. */
function byRelease(phases: readonly Phase[]): readonly Lane[] {
  const lanes: { title: string, release: number, steps: Step[] }[] = []
  for (const phase of phases) {
    if (lanes.at(-1)?.release !== phase.release) lanes.push({ title: `Release ${phase.release}`, release: phase.release, steps: [] })
    lanes.at(-1)?.steps.push(planned(phase))
  }
  return lanes
}

const usual = (phase: Phase['phase'], ...more: readonly string[]): Step => ({ title: titles[phase], notes: [meaning[phase], ...more], strong: phase === 'switch' })

/** The plan of the change that was asked about, or the order that every risky change follows. Nothing without a database to migrate. */
export function migrationDrawing(view: View): Html {
  const decision = decisionOf(view, 'migration_plan')
  const phases = listOf<Phase>(decision['phases'])
  if (phases.length > 0) return lanesFigure('migration-drawing', `The plan for ${String(decision['change']).replaceAll('-', ' ')}`, [byRelease(phases)], true)
  const strategy = draftOf(view, 'migration_plan')?.sections.some(({ id }) => id === 'migration-strategy') === true
  if (!strategy || decision['tool'] === 'none') return none
  return lanesFigure('migration-drawing', 'The order every risky schema change follows', [[
    { title: 'Release 1, before the new code', steps: [usual('expand', 'old code keeps working'), usual('backfill', 'can stop and go on'), usual('verify')] },
    { title: 'Release 2', steps: [usual('switch', 'going back is still possible')] },
    { title: 'Release 3, when no old code runs', steps: [usual('contract', 'only a restore brings it back')] },
  ]], true)
}
