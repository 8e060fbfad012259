import type { Skipped } from '../../core/result.ts'
import { isServerFramework, languageName } from '../../core/service-language.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import { healthFile, ownHealth } from './files/health.ts'
import { loggerFile } from './files/logger.ts'
import { isEdge, languageOf, takesCode } from './files/placement.ts'
import type { View } from './view.ts'

/** Source files that the project would get if they were written for its language; one entry for all of them, none when nothing is missing. */
export function missingFiles(view: View, knowledge: Knowledge): Skipped[] {
  if (!takesCode(view)) return []
  const missing = [
    ...(loggerFile(view, knowledge) === undefined ? ['logger'] : []),
    ...(view.kind !== 'serverless' && healthFile(view, knowledge) === undefined && ownHealth(view, knowledge) === undefined ? ['health endpoints'] : []),
  ]
  if (missing.length === 0) return []
  const language = languageOf(view)
  const written = missing.length === 1 && language === 'python' ? 'FastAPI' : 'TypeScript, JavaScript or Python'
  const item = `Generated ${missing.join(' and ')}`
  if (isEdge(view) && language !== null) return [{ item, why: 'Workers log with console and run no Node server.', addWhen: 'a service runs on Node or in a container' }]
  return [{ item, why: language === null ? 'No server language is named.' : `None is written for ${[languageName(language), ...view.stack.frameworks.filter(isServerFramework)].slice(0, 2).join(' with ')} yet.`, addWhen: `the stack names ${written}` }]
}
