import type { DecidingTool } from '../tools/tool.ts'
import type { ProjectFacts } from './inputs.ts'

/** Own fields of tools that the repository can answer, under the tools' field names. Arguments replace them. */
export function extrasFor(tool: DecidingTool, facts: Pick<ProjectFacts, 'detection'>): Record<string, unknown> {
  const { detection } = facts
  const seen: Record<string, unknown> = {
    variables: detection.variables,
    scripts: detection.scripts,
    existingCi: detection.existingCi,
  }
  return Object.fromEntries(Object.entries(seen).filter(([name, value]) => name in tool.own && Array.isArray(value) && value.length > 0))
}
