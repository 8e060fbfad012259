import type { Boundaries, BoundaryNode } from '../../core/boundaries.ts'

/**
 * Lengths of the drawing. `along` is the way in, from callers through the system to others; `over` is across it. A desk sees the way
 * in from left to right and a phone from top to bottom, so everything is laid out once and the axes are swapped when it is drawn.
 */
export interface Lengths {
  readonly callers: number, readonly app: number, readonly inner: number, readonly outer: number, readonly gap: number
  /** Room of a zone's heading, along and over. */
  readonly headAlong: number, readonly headOver: number
  readonly lane: number, readonly pad: number, readonly size: number
  /** Room of a row over, for so many rows. */
  readonly slot: (rows: number) => number
}

export const lengths: Readonly<Record<'wide' | 'narrow', Lengths>> = {
  wide: { callers: 172, app: 140, inner: 150, outer: 180, gap: 64, headAlong: 0, headOver: 26, lane: 34, pad: 14, size: 14, slot: () => 76 },
  narrow: { callers: 60, app: 52, inner: 60, outer: 60, gap: 56, headAlong: 26, headOver: 0, lane: 24, pad: 8, size: 12, slot: (rows) => (320 - 24 - 16) / Math.max(rows, 1) },
}

export interface Span { readonly from: number, readonly to: number }
/** Where everything lies. */
export interface Layout {
  readonly callers: Span, readonly system: Span, readonly app: Span, readonly inner: Span, readonly others: Span | undefined, readonly outer: Span
  /** Over: the frames of all zones, and the content in them. */
  readonly frame: Span, readonly content: Span
  readonly end: number
  readonly rows: readonly BoundaryNode[]
  readonly isOutside: (id: string) => boolean
  readonly rowMiddle: (id: string) => number
  readonly slot: number
}

/** The sign-in comes first, because its way runs around the system; what is stored comes last. */
const order = ['identity', 'processor', 'database']

/** Lays out the zones. */
export function layOut({ zones, crossings }: Boundaries, at: Lengths): Layout {
  const nodesOf = (id: string) => zones.find((zone) => zone.id === id)?.nodes ?? []
  const own = nodesOf('system').filter(({ kind }) => kind !== 'application')
  const outside = nodesOf('processors')
  const rows = [...own, ...outside].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
  const slot = at.slot(rows.length)
  const around = crossings.some(({ from, to }) => to !== 'app' && from.some((id) => nodesOf('untrusted').some((node) => node.id === id)))
  // A phone keeps the room of the lane: its columns are counted with it.
  const frameFrom = around || at.headAlong > 0 ? at.lane : 1
  const contentFrom = frameFrom + at.headOver + at.pad
  const contentTo = contentFrom + Math.max(rows.length, 1) * slot
  const callers = { from: 1, to: at.callers + at.headAlong }
  const app = { from: callers.to + at.gap + at.headAlong + at.pad, to: callers.to + at.gap + at.headAlong + at.pad + at.app }
  const inner = { from: app.to + at.gap, to: app.to + at.gap + at.inner }
  const system = { from: callers.to + at.gap, to: (own.length > 0 ? inner.to : app.to) + at.pad }
  const outerFrom = system.to + at.gap * 0.6 + at.headAlong + at.pad
  const outer = { from: outerFrom, to: outerFrom + at.outer }
  const others = outside.length > 0 ? { from: system.to + at.gap * 0.6, to: outer.to + at.pad } : undefined
  return {
    callers, system, app, inner, others, outer, rows, slot,
    frame: { from: frameFrom, to: contentTo + at.pad }, content: { from: contentFrom, to: contentTo }, end: (others ?? system).to + 1,
    isOutside: (id) => outside.some((node) => node.id === id),
    rowMiddle: (id) => contentFrom + slot * (rows.findIndex((node) => node.id === id) + 0.5),
  }
}
