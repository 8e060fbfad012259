import { plain, blocks } from '../core/markdown.ts'
import type { ToolResult } from '../core/result.ts'
import type { Draft, Section } from './tool.ts'

/** A section with its heading of level 2. */
export const renderSection = (section: Section): string => blocks(`## ${section.title}`, section.body)

/** Conflicts as Markdown, first in every report; empty without any. */
export const renderConflicts = (conflicts: Draft<unknown>['conflicts']): string =>
  conflicts.length === 0 ? '' : blocks('## Conflicts to settle first', conflicts.map((conflict) => `- **${plain(conflict.inputs.join(' + '))}**: ${conflict.problem} ${conflict.resolution}`).join('\n'))

/** The result that leaves the product: file bodies only when `withBodies`. */
export function answer<Decision>(draft: Draft<Decision>, withBodies: boolean): ToolResult<Decision> {
  const { sections, files, boundaries: _, ...rest } = draft
  return {
    ...rest,
    questions: draft.questions.slice(0, 3),
    files: withBodies ? files : files.map(({ body: _, ...file }) => file),
    report: blocks(renderConflicts(draft.conflicts), ...sections.map(renderSection)),
  }
}
