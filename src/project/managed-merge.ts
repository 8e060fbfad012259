import { cleanBody, contentHash, renderManaged, type Part } from './managed.ts'
import { lineDiff } from './line-diff.ts'
import { parseManaged, type ManagedPart, type OwnText } from './managed-parse.ts'

/**
 * What happened to one part. `kept-edited`: a person changed it, so it stays on the lines `firstLine` to `lastLine` of the new text;
 * `diff` leads from their text to the new one, and is absent where the profile no longer gives the part.
 */
export interface PartChange {
  readonly id: string
  readonly status: 'unchanged' | 'updated' | 'kept-edited' | 'added' | 'removed'
  readonly firstLine?: number
  readonly lastLine?: number
  readonly diff?: string
}

export interface Merged { readonly text: string, readonly changes: readonly PartChange[] }

export interface MergeOptions {
  /** `fresh` is the whole document: parts that it lacks are removed, unless a person changed them. */
  readonly complete?: boolean
}

interface Outcome { readonly change: PartChange, readonly raw: string }

/** Line end of the part's last line, so that a replaced part ends as it did. */
const lastBreak = (raw: string): string => /(\r\n|\n|\r)$/.exec(raw)?.[0] ?? ''

function mergePart(part: ManagedPart, fresh: Part, eol: string): Outcome {
  const clean = cleanBody(fresh.body)
  const same = contentHash(part.body) === contentHash(clean)
  // The same text under an old hash: whoever changed it arrived where the tool did, so the part is managed again.
  if (same && !part.edited) return { change: { id: part.id, status: 'unchanged' }, raw: part.raw }
  if (part.edited && !same) return { change: { id: part.id, status: 'kept-edited', diff: lineDiff(part.body, clean, 'yours', 'generated') }, raw: part.raw }
  return { change: { id: part.id, status: same ? 'unchanged' : 'updated' }, raw: renderManaged(fresh.id, clean).replaceAll('\n', eol) + lastBreak(part.raw) }
}

const endsBlank = (text: string): boolean => text === '' || text === '\uFEFF' || /\n[ \t]*\r?\n$/.test(text.slice(-200))
const firstBlank = /^[ \t]*\r?\n/

/** Pieces one after the other. Where one was removed (empty), one empty line stays between its neighbours: not two, which would add up run by run, and not none. */
function joined(pieces: readonly string[], eol: string, mark: boolean): string {
  let text = ''
  let gap = false
  for (const piece of pieces) {
    if (piece === '') gap = true
    else {
      const blanks = Number(endsBlank(text)) + Number(firstBlank.test(piece))
      text += !gap || blanks === 1 ? piece : blanks === 2 ? piece.replace(firstBlank, '') : eol + piece
      gap = false
    }
  }
  if (gap && endsBlank(text)) text = text.replace(/[ \t]*\r?\n$/, '')
  return mark && !text.startsWith('\uFEFF') ? `\uFEFF${text}` : text
}

/** Index in `pieces` behind which a new part belongs: after the nearest part before it in `fresh`, else before the nearest after it, else last. */
function placeFor(id: string, fresh: readonly Part[], pieces: readonly (ManagedPart | OwnText)[]): number {
  const index = fresh.findIndex((part) => part.id === id)
  const at = (other: Part): number => pieces.findIndex((piece) => piece.kind === 'part' && piece.id === other.id)
  for (const before of fresh.slice(0, index).reverse()) if (at(before) >= 0) return at(before) + 1
  for (const after of fresh.slice(index + 1)) if (at(after) >= 0) return at(after)
  return pieces.length
}

/**
 * Lays freshly generated parts into a document. Text outside markers stays byte for byte, a part that a person changed stays and is
 * reported, missing parts are added in the order of `fresh`. Merging the result again changes nothing. The file's own line ends and
 * byte order mark are kept. Throws InputError when markers are broken. `where` names the file.
 */
export function merge(existing: string, fresh: readonly Part[], where: string, { complete = false }: MergeOptions = {}): Merged {
  const eol = (existing.match(/\r\n/g)?.length ?? 0) * 2 > (existing.match(/\n/g)?.length ?? 0) ? '\r\n' : '\n'
  const pieces: (ManagedPart | OwnText)[] = parseManaged(existing, where)
  const changes: PartChange[] = []
  const merged = new Map<string, string>()
  for (const piece of pieces) {
    if (piece.kind !== 'part') continue
    const part = fresh.find(({ id }) => id === piece.id)
    if (part !== undefined) {
      const { change, raw } = mergePart(piece, part, eol)
      changes.push(change)
      merged.set(piece.id, raw)
    } else if (complete) {
      changes.push(piece.edited ? { id: piece.id, status: 'kept-edited' } : { id: piece.id, status: 'removed' })
      if (!piece.edited) merged.set(piece.id, '')
    }
  }
  for (const part of fresh) {
    if (pieces.some((piece) => piece.kind === 'part' && piece.id === part.id)) continue
    const raw = renderManaged(part.id, part.body).replaceAll('\n', eol) + eol
    const place = placeFor(part.id, fresh, pieces)
    // An empty line on either side keeps the markers apart from a paragraph or a heading of the person's own text.
    const before = pieces.slice(0, place).map((piece) => piece.raw).join('')
    const gap = before === '' || /(\r\n|\n)\1$/.test(before) ? '' : /\n$/.test(before) ? eol : eol + eol
    const after = pieces[place]
    const trail = after === undefined || /^\r?\n/.test(after.raw) ? '' : eol
    const added: ManagedPart = { kind: 'part', id: part.id, hash: contentHash(part.body), body: part.body, edited: false, firstLine: 0, lastLine: 0, raw: gap + raw + trail }
    pieces.splice(place, 0, added)
    changes.push({ id: part.id, status: 'added' })
  }
  const text = joined(pieces.map((piece) => (piece.kind === 'part' ? merged.get(piece.id) ?? piece.raw : piece.raw)), eol, existing.startsWith('\uFEFF'))
  const order = new Map(fresh.map((part, index) => [part.id, index]))
  const places = changes.some(({ status }) => status === 'kept-edited') ? new Map(parseManaged(text, where).flatMap((piece) => (piece.kind === 'part' ? [[piece.id, piece] as const] : []))) : undefined
  const placed = changes.map((change) => {
    const place = change.status === 'kept-edited' ? places?.get(change.id) : undefined
    return place === undefined ? change : { ...change, firstLine: place.firstLine, lastLine: place.lastLine }
  })
  return { text, changes: placed.sort((a, b) => (order.get(a.id) ?? fresh.length) - (order.get(b.id) ?? fresh.length)) }
}
