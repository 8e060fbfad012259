import { structuredPatch } from 'diff'

const maxLines = 400

/** Signs that move the cursor of a terminal or turn the direction of writing: a document may come from anybody. */
const unseen = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** A small unified diff of two texts without headers of files; at most 400 lines, then a line that says how many were left out. */
export function lineDiff(before: string, after: string, beforeName: string, afterName: string): string {
  const clean = (text: string): string => `${text.replace(/\r\n?/g, '\n').replace(/^\n+|\n+$/g, '').replace(unseen, '\uFFFD')}\n`
  const patch = structuredPatch(beforeName, afterName, clean(before), clean(after), '', '', { context: 1, timeout: 500 })
  if (patch === undefined) return `--- ${beforeName}\n+++ ${afterName}\n(too different to compare line by line)`
  const lines = patch.hunks.flatMap((hunk) => [`@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`, ...hunk.lines])
  const shown = lines.slice(0, maxLines)
  return [`--- ${beforeName}`, `+++ ${afterName}`, ...shown, ...(lines.length > maxLines ? [`(${lines.length - maxLines} more lines)`] : [])].join('\n')
}
