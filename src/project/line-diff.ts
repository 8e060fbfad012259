import { structuredPatch } from 'diff'

const maxLines = 400

/** A small unified diff of two texts without headers of files; at most 400 lines, then a line that says how many were left out. */
export function lineDiff(before: string, after: string, beforeName: string, afterName: string): string {
  const clean = (text: string): string => `${text.replace(/\r\n?/g, '\n').replace(/^\n+|\n+$/g, '')}\n`
  const patch = structuredPatch(beforeName, afterName, clean(before), clean(after), '', '', { context: 1, timeout: 500 })
  if (patch === undefined) return `--- ${beforeName}\n+++ ${afterName}\n(too different to compare line by line)`
  const lines = patch.hunks.flatMap((hunk) => [`@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`, ...hunk.lines])
  const shown = lines.slice(0, maxLines)
  return [`--- ${beforeName}`, `+++ ${afterName}`, ...shown, ...(lines.length > maxLines ? [`(${lines.length - maxLines} more lines)`] : [])].join('\n')
}
