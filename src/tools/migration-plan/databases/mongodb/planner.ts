import { isHuge, levelOf } from '../../level.ts'
import { releasesOf, type DatabasePlanner } from '../planner.ts'
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
    const phases = change.plan(makeMongoTarget(input, id, { gentle: isHuge(input), day: asOf.replaceAll('-', '') }))
    const { level } = levelOf({ ...input, downtimeTolerance: 'none' }, change.reach, sheet)
    return { level, deploysNeeded: releasesOf(phases), naiveBlockMs: null, phases }
  },
}
