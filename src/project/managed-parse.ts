import { InputError } from '../core/errors.ts'
import { unfinishedMerges } from './merge-conflict.ts'
import { isAsWritten, partId } from './managed.ts'

/** A managed part as it stands in a document. Lines count from 1; `edited` tells that a person changed it since it was written. */
export interface ManagedPart { readonly kind: 'part', readonly id: string, readonly hash: string, readonly body: string, readonly edited: boolean, readonly firstLine: number, readonly lastLine: number, readonly raw: string }
/** Text a person owns, exactly as it stands, line ends included. */
export interface OwnText { readonly kind: 'own', readonly raw: string }

const looksLikeMarker = /^\uFEFF?[ \t]*<!--[ \t]*ops:(begin|end)\b/
const begin = /^\uFEFF?[ \t]*<!--[ \t]*ops:begin[ \t]+id=(\S+)[ \t]+sha256=([0-9a-f]{16,64})[ \t]*-->[ \t]*$/
const end = /^[ \t]*<!--[ \t]*ops:end[ \t]+id=(\S+)[ \t]*-->[ \t]*$/

/** The fence that is open after `line`: CommonMark closes one with at least as many of the same character and nothing else. */
function fenceAfter(open: string | undefined, line: string): string | undefined {
  const run = /^\uFEFF? {0,3}(`{3,}|~{3,})(.*)$/.exec(line)
  if (run === null) return open
  const [, ticks = '', rest = ''] = run
  if (open === undefined) return ticks.startsWith('`') && rest.includes('`') ? undefined : ticks
  return ticks[0] === open[0] && ticks.length >= open.length && rest.trim() === '' ? undefined : open
}

/**
 * Splits a document into managed parts and the text around them. Markers in fenced code outside managed parts are text.
 * `where` names the file in errors. Throws InputError with the line for broken, nested, unclosed or duplicate markers and for a fence that never closes.
 */
export function parseManaged(text: string, where: string): (ManagedPart | OwnText)[] {
  const fail = (line: number, found: string, next: string): never => {
    // Two versions side by side break markers in many ways, and one step mends them all.
    const merge = unfinishedMerges(text).find((start) => start < line)
    throw new InputError(`Unexpected ${found} at ${where}:${line}. ${merge === undefined ? next : `A merge was not finished on line ${merge}: keep one of its two versions.`} Nothing was written.`)
  }
  const pieces: (ManagedPart | OwnText)[] = []
  const seen = new Map<string, number>()
  let own = ''
  let open: { id: string, hash: string, line: number, raw: string, body: string } | undefined
  let fence: string | undefined
  let fenceLine = 0
  const lines = text.match(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g) ?? []
  lines.forEach((raw, index) => {
    const line = raw.replace(/[\r\n]+$/, '')
    const number = index + 1
    const marker = looksLikeMarker.test(line)
    if (open === undefined) {
      const before = fence
      fence = fenceAfter(fence, line)
      if (before === undefined && fence !== undefined) fenceLine = number
      if (fence !== undefined || !marker) return void (own += raw)
      const started = begin.exec(line)
      if (started === null) return fail(number, end.test(line) ? 'end marker without a begin marker' : 'managed marker', 'A begin marker reads <!-- ops:begin id=... sha256=... -->: restore it, or delete the line.')
      const [, id = '', hash = ''] = started
      if (!partId.test(id)) return fail(number, `id ${JSON.stringify(id)} in a managed marker`, 'Use lower-case letters, digits and dashes.')
      const earlier = seen.get(id)
      if (earlier !== undefined) return fail(number, `second part ${id} (the first begins on line ${earlier})`, 'Delete one of the two, markers included.')
      seen.set(id, number)
      if (own !== '') pieces.push({ kind: 'own', raw: own })
      own = ''
      open = { id, hash, line: number, raw, body: '' }
      return
    }
    if (!marker) {
      open.raw += raw
      open.body += raw
      return
    }
    const ended = end.exec(line)
    if (ended === null || ended[1] !== open.id) return fail(number, `managed marker inside part ${open.id}, which begins on line ${open.line}`, `Close that part with <!-- ops:end id=${open.id} --> first, or delete the line.`)
    pieces.push({ kind: 'part', id: open.id, hash: open.hash, body: open.body, edited: !isAsWritten(open.body, open.hash), firstLine: open.line, lastLine: number, raw: open.raw + raw })
    open = undefined
  })
  const left = open as { id: string, line: number } | undefined
  if (left !== undefined) return fail(left.line, `begin marker of part ${left.id} that is never closed`, `Add <!-- ops:end id=${left.id} --> where the part ends, or delete the marker.`)
  // All that follows is code to a reader, and markers in it would not count: a part added here would be added again on the next run.
  if (fence !== undefined) return fail(fenceLine, 'code fence that is never closed', 'Close the fence.')
  if (own !== '') pieces.push({ kind: 'own', raw: own })
  return pieces
}
