import { healthPaths } from '../../../core/health.ts'
import type { Knowledge } from '../../../knowledge/collections.ts'
import { codeFile } from '../../code-file.ts'
import type { FileWithBody } from '../../tool.ts'
import { hasInternalPort, type View } from '../view.ts'
import { numberOf } from '../volumes.ts'
import { languageOf, takesCode, templateOf } from './placement.ts'

/** Liveness, readiness and internal details, or undefined: functions and shared web hosting have neither probes nor a second port, so there it is two routes of one line. */
export function healthFile(view: View, knowledge: Knowledge): FileWithBody | undefined {
  const template = takesCode(view) && hasInternalPort(view) ? templateOf('health', view, knowledge) : undefined
  if (template === undefined) return undefined
  const number = (name: string): string => String(numberOf(knowledge, 'health-endpoints', name))
  return codeFile(template, {
    live: JSON.stringify(healthPaths.live), ready: JSON.stringify(healthPaths.ready), details: JSON.stringify(healthPaths.details),
    timeoutMs: number('timeoutMs'), failures: number('failures'), successes: number('successes'),
  }, languageOf(view) !== 'javascript')
}

/** What to set where the framework of the services answers the health paths itself; undefined for all others. */
export function ownHealth(view: View, knowledge: Knowledge): string | undefined {
  const rows = knowledge.practices['framework-health']?.facts.items.value ?? []
  const row = view.stack.frameworks.map((id) => rows.find((one) => one.startsWith(`${id}: `))).find((one) => one !== undefined)
  return row?.slice(row.indexOf(': ') + 2)
}
