import { hit, rulesOf } from './found.ts'
import { erasure } from './topics-data.ts'
import { downMigration, instantRollback, mustKeep, noBackup, removalAtOnce, sameRelease, zeroDowntime } from './topics-time.ts'

/** Changes after which rows or values are gone for good. */
const deletes: readonly string[] = ['drop-column', 'drop-table', 'purge-rows', 'mongo-drop-field-or-collection', 'mongo-ttl-retention']

/** What a change takes away, against what was promised about it. */
export const removalRules = rulesOf([
  {
    id: 'drop-without-backup',
    find: ({ asked, removes, says }) => {
      const said = removes ? says(noBackup) : []
      return hit(said.length > 0, [asked, ...said])
    },
  },
  {
    id: 'deletes-what-must-stay',
    find: ({ asked, changeId, says }) => {
      const said = deletes.includes(changeId) ? says(mustKeep) : []
      return hit(said.length > 0, [asked, ...said])
    },
  },
  {
    id: 'blue-green-one-database',
    find: ({ asked, change, input, removes, says }) => {
      const said = removes && change?.level !== 'L0' && input.deployStyle === 'blue-green' ? says(sameRelease) : []
      return hit(said.length > 0, ['deployStyle: blue-green', asked, ...said])
    },
  },
  {
    id: 'same-release-drop',
    find: ({ asked, change, circumstances, input, removes, says }) => {
      if (removes) {
        const said = says(sameRelease)
        return hit(change?.level !== 'L0' && input.deployStyle !== 'blue-green' && said.length > 0, [asked, ...said])
      }
      // A removal that is only spoken of, beside a change that takes nothing away or none at all.
      const said = says(removalAtOnce)
      const up = circumstances.downtimeTolerance === 'none' && input.downtimeTolerance !== undefined ? ['downtimeTolerance: none'] : says(zeroDowntime)
      return hit(said.length > 0 && up.length > 0 && change?.level !== 'L0', [...new Set([...up, ...said])])
    },
  },
  {
    id: 'instant-rollback-destructive',
    find: ({ asked, removes, says }) => {
      const said = removes ? says(instantRollback) : []
      return hit(said.length > 0, [asked, ...said])
    },
  },
  {
    id: 'down-for-drop',
    find: ({ asked, change, changeId, says }) => {
      const lost = ['drop-column', 'drop-table', 'purge-rows', 'mongo-drop-field-or-collection'].includes(changeId) && change?.phases.some(({ rollback }) => rollback.kind === 'restore') === true
      const said = lost ? says(downMigration) : []
      return hit(said.length > 0, [asked, ...said])
    },
  },
  {
    id: 'soft-delete-is-no-erasure',
    find: ({ asked, changeId, says }) => {
      const said = changeId === 'soft-delete' ? says(erasure) : []
      return hit(said.length > 0, [asked, ...said])
    },
  },
])
