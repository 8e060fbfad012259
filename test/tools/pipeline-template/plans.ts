import { Citations } from '../../../src/knowledge/cite.ts'
import { decide } from '../../../src/tools/pipeline-template/decide.ts'
import type { Given } from '../../../src/tools/pipeline-template/picks.ts'
import { planFiles, type Plan } from '../../../src/tools/pipeline-template/plan.ts'
import { readSettings } from '../../../src/tools/pipeline-template/settings.ts'
import { knowledge } from '../../support/knowledge.ts'

/** The plan that the tool makes of an input; throws for a language whose files are not generated. */
export function planOf(given: Given): Plan {
  const settings = readSettings(given, knowledge())
  const plan = planFiles(settings, decide(settings), knowledge(), new Citations())
  if (plan === undefined) throw new Error(`No plan for ${JSON.stringify(given)}`)
  return plan
}
