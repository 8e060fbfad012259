import { circumstances, isHuge, levelOf, standsStill } from '../../level.ts'
import { releasesOf, type DatabasePlanner } from '../planner.ts'
import { hugeTableRows } from '../../rules.ts'
import type { MongoChange } from './change.ts'
import { fieldChanges } from './fields.ts'
import { indexChanges } from './indexes.ts'
import { shapeChanges } from './shapes.ts'
import { makeMongoTarget } from './target.ts'

/** Every change that can be planned for MongoDB, by id. */
export const mongoChanges: Readonly<Record<string, MongoChange>> = { ...fieldChanges, ...indexChanges, ...shapeChanges }

export const mongodb: DatabasePlanner = {
  changes: Object.keys(mongoChanges).sort(),
  plan: ({ input, change: id, sheet, asOf }) => {
    const change = mongoChanges[id] as MongoChange
    const target = makeMongoTarget(input, id, { gentle: isHuge(input), day: asOf.replaceAll('-', '') })
    const found = circumstances(input)
    if (change.still !== undefined && standsStill(found) && found.rows !== null && found.rows <= hugeTableRows) return { level: 'L0', deploysNeeded: 1, naiveBlockMs: null, phases: change.still(target) }
    const phases = change.plan(target)
    const { level } = levelOf({ ...input, downtimeTolerance: 'none' }, change.reach, sheet)
    return { level, deploysNeeded: releasesOf(phases), naiveBlockMs: null, phases }
  },
}
