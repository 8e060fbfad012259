import type { Conflict } from '../core/result.ts'
import { counted } from '../core/words.ts'

/** Text of a person that a run left as it stands. `id` is the part of a document; without one it is a whole file. */
export interface Kept {
  readonly file: string
  readonly id?: string
  readonly status?: string
  readonly firstLine?: number
  readonly lastLine?: number
  /** From their text to the new one; absent where there is no new text, and for a page. */
  readonly diff?: string
  /** A record that a newer one replaces and that could not be told so: why, and what it should say. */
  readonly unmarked?: { readonly why: string, readonly line: string }
}

const place = ({ file, id, firstLine }: Kept): string => `${file}:${firstLine} (part ${id})`
const lines = (parts: readonly Kept[]): string => parts.map(({ firstLine, lastLine }) => `${firstLine} to ${lastLine}`).join('; ')

function partConflicts(file: string, parts: readonly Kept[]): Conflict[] {
  const edited = parts.filter(({ diff }) => diff !== undefined)
  const left = parts.filter(({ diff }) => diff === undefined)
  return [
    ...(edited.length === 0 ? [] : [{
      id: 'managed-part-edited', inputs: edited.map(place),
      problem: `A person changed ${counted(edited.length, 'generated part')} of ${file}, and the new text says something else. The person's text stays.`,
      resolution: `To take the new text, delete the part with both marker lines (lines ${lines(edited)}) and run again. To keep the old, leave it: it stays on every run. If it stands for another decision, state that in the profile, so that the other documents follow.`,
    }]),
    ...(left.length === 0 ? [] : [{
      id: 'edited-part-left-over', inputs: left.map(place),
      problem: `A person changed ${counted(left.length, 'part')} of ${file} that the profile no longer gives. The person's text stays.`,
      resolution: `Delete lines ${lines(left)} where the subject is gone. To keep the text as your own, delete the two marker lines around it.`,
    }]),
  ]
}

/** What was kept, as conflicts: one for each document and one for the other files. */
export function keptConflicts(kept: readonly Kept[]): Conflict[] {
  const parts = kept.filter(({ id }) => id !== undefined)
  const files = kept.filter(({ id, unmarked }) => id === undefined && unmarked === undefined).map(({ file }) => file)
  const [one, theirs, theyStay] = files.length === 1 ? ['1 file', 'it', 'It stays as it is'] : [`${files.length} files`, 'them', 'They stay as they are']
  return [
    ...[...new Set(parts.map(({ file }) => file))].flatMap((file) => partConflicts(file, parts.filter((part) => part.file === file))),
    ...(files.length === 0 ? [] : [{
      id: 'generated-file-edited', inputs: files,
      problem: `${one} would be written otherwise, but somebody changed ${theirs}, or wrote ${theirs} before the first run. ${theyStay}; everything else was written.`,
      resolution: 'To take the new text of one, delete the file and run again; of all, run again with overwrite. To keep the old, leave it, and make the change by hand where the documents ask for it.',
    }]),
    ...kept.flatMap(({ file, unmarked }) => (unmarked === undefined ? [] : [{
      id: 'record-not-marked', inputs: [file],
      problem: `A newer record takes the place of ${file}, which could not be told so: ${unmarked.why}`,
      resolution: `Mend the file and write into it: ${unmarked.line}`,
    }])),
  ]
}

/** What an answer that a model reads may hold, what differences may take of it, and what is worth showing of one. */
const maxChars = 6_000
const maxDiffChars = 2_000
const leastChars = 250

/** Differences as far as an answer has room beside `restChars` of other text: the first ones share it, each cut one says how much is missing. `more` counts those without room; the conflicts name them all. */
export function fittingDiffs(kept: readonly Kept[], restChars = 0): { readonly shown: readonly Pick<Kept, 'file' | 'id' | 'diff'>[], readonly more: number } {
  const all = kept.filter(({ diff }) => diff !== undefined)
  let left = Math.max(leastChars, Math.min(maxDiffChars, maxChars - restChars))
  const share = Math.max(leastChars, Math.floor(left / Math.max(1, all.length)))
  const shown = all.flatMap(({ file, id, diff = '' }) => {
    if (left < leastChars) return []
    const lines = diff.split('\n')
    let end = 0
    for (let chars = 0; end < lines.length && (chars += (lines[end]?.length ?? 0) + 1) <= Math.min(share, left);) end += 1
    left -= lines.slice(0, end).join('\n').length
    return [{ file, ...(id !== undefined && { id }), diff: end === lines.length ? diff : [...lines.slice(0, end), `(${counted(lines.length - end, 'more line')}: the command blueprint in a shell shows all)`].join('\n') }]
  })
  return { shown, more: all.length - shown.length }
}
