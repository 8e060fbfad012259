import { healthPaths } from '../../../core/health.ts'
import type { Knowledge } from '../../../knowledge/collections.ts'
import { codeFile } from '../../code-file.ts'
import type { FileWithBody } from '../../tool.ts'
import type { View } from '../view.ts'
import { languageOf, numberOf, takesCode, templateOf } from './placement.ts'

/** Liveness, readiness and internal details, or undefined: functions have neither probes nor a second port, so there it is two routes of one line. */
export function healthFile(view: View, knowledge: Knowledge): FileWithBody | undefined {
  const template = takesCode(view) && view.kind !== 'serverless' ? templateOf('health', view, knowledge) : undefined
  if (template === undefined) return undefined
  const number = (name: string, fallback: number): string => String(numberOf(knowledge, 'health-endpoints', name, fallback))
  return codeFile(template, {
    live: JSON.stringify(healthPaths.live), ready: JSON.stringify(healthPaths.ready), details: JSON.stringify(healthPaths.details),
    timeoutMs: number('timeoutMs', 200), failures: number('failures', 3), successes: number('successes', 2),
  }, languageOf(view) !== 'javascript')
}
