import { hostingId } from '../../../core/hosting.ts'
import { stageRank } from '../../../core/profile.ts'
import { hit, rulesOf, type Seen } from './found.ts'
import { changesSchemaItself, inOneTransaction, migratesAtStart, migratesInBuild, oneInstance, resetsDatabase, severalInstances } from './topics-systems.ts'

/** Platforms that start several copies of an application by themselves. */
const startsSeveral: readonly string[] = ['kubernetes', 'gke', 'aws-kubernetes', 'hetzner-kubernetes', 'openshift', 'aws-lambda', 'vercel']
const apart = ({ change, database }: Seen): boolean => database.id === 'postgresql' && change?.phases.some(({ phase, statements }) => phase !== 'backfill' && statements.some(({ transaction, language }) => transaction === 'none' && language === undefined)) === true

/** What runs migrations, when, and in which transaction. */
export const runnerRules = rulesOf([
  {
    id: 'reset-in-production',
    find: ({ names }) => {
      const said = names(resetsDatabase)
      return hit(said.length > 0, said)
    },
  },
  {
    id: 'synchronize-on',
    find: ({ input, names }) => {
      // Until there is something to lose, this is how one finds the shape of the data.
      if (input.stage !== undefined && stageRank(input.stage) < stageRank('mvp') && names(resetsDatabase).length === 0) return undefined
      const reset = names(resetsDatabase)
      for (const [kind, topic] of changesSchemaItself) {
        const said = names(topic).filter((text) => !reset.includes(text))
        if (said.length > 0) return hit(true, said, { kind })
      }
      return undefined
    },
  },
  {
    id: 'migrates-in-build',
    find: ({ names }) => {
      const said = names(migratesInBuild)
      return hit(said.length > 0, said)
    },
  },
  {
    id: 'migrates-at-start',
    find: ({ input, knowledge, names, says, tool }) => {
      const said = names(migratesAtStart)
      if (said.length === 0 || says(oneInstance).length > 0) return undefined
      const place = hostingId(input.hosting)
      const several = [...says(severalInstances), ...(input.deployStyle === 'rolling' || input.deployStyle === 'blue-green' ? [`deployStyle: ${input.deployStyle}`] : []), ...(startsSeveral.includes(place) ? [`hosting: ${place}`] : [])]
      return hit(several.length > 0, [...new Set([...said, ...several]), `tool: ${tool.id}`], { kind: knowledge['migration-tools'][tool.id]?.facts.twoRunners.value ?? 'unknown' })
    },
  },
  {
    id: 'no-concurrent-index',
    find: (seen) => hit(apart(seen) && seen.knowledge['migration-tools'][seen.tool.id]?.facts.nonTransactionalStep.value === 'impossible', [`tool: ${seen.tool.id}`, seen.asked]),
  },
  {
    id: 'concurrently-in-transaction',
    find: (seen) => {
      const said = seen.says(inOneTransaction)
      return hit(apart(seen) && said.length > 0, [seen.asked, ...said])
    },
  },
  { id: 'no-shell-for-migrations', find: ({ database, input, tool }) => hit(database.id !== 'none' && hostingId(input.hosting) === 'shared-hosting', ['hosting: shared-hosting', `tool: ${tool.id}`]) },
  { id: 'tool-unfit', find: ({ database, tool }) => hit(tool.pinnedUnfit !== undefined, [`decisions.migrationTool: ${tool.id}`, ...(tool.pinnedUnfit === 'wrong-database' ? [`database: ${database.id}`] : []), ...(tool.pinnedUnfit === 'forbidden-by-house-rule' ? [`houseRules.forbid: ${tool.id}`] : [])], { rule: tool.pinnedUnfit ?? '' }) },
])
