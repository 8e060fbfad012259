import type { Boundaries } from '../../core/boundaries.ts'
import { layOut, lengths, type Layout, type Lengths, type Span } from './boundaries-layout.ts'
import { html, none, type Html } from './html.ts'
import { arrow, bold, figure, round, textLines, wrap, type Drawing } from './svg.ts'
import { draftOf, listed, type View } from './view.ts'

type Point = readonly [x: number, y: number]
const middleOf = ({ from, to }: Span): number => (from + to) / 2

/** The corners of a crossing, along and over, and where its number stands. */
function wayOf(crossing: Boundaries['crossings'][number], layout: Layout, at: Lengths, place: number): { readonly points: readonly Point[], readonly number: Point } {
  const { from, to } = crossing
  const { callers, app, inner, outer, frame, content, slot } = layout
  const fromApp = from[0] === 'app'
  if (!fromApp && to === 'app' && !layout.rows.some(({ id }) => id === from[0])) {
    const over = middleOf(content) + place
    return { points: [[callers.to, over], [app.from, over]], number: [callers.to + at.gap / 2, over] }
  }
  if (!fromApp && to !== 'app') {
    // Around the system: from the callers, along the lane beside all frames, and in to the first row.
    const column = layout.isOutside(to) ? outer : inner
    const lane = at.lane / 2
    const along = at.headAlong > 0 ? middleOf(column) : column.from + (column.to - column.from) * 0.85
    const start = at.headAlong > 0 ? middleOf(callers) + 8 : middleOf(callers)
    return { points: [[start, frame.from], [start, lane], [along, lane], [along, layout.rowMiddle(to) - slot / 2 + 6]], number: [(start + along) / 2, lane] }
  }
  const other = fromApp ? to : from[0] as string
  const over = layout.rowMiddle(other) + place
  const far = (layout.isOutside(other) ? outer : inner).from
  const points: readonly Point[] = [[app.to, over], [far, over]]
  return { points: fromApp ? points : [...points].reverse(), number: [app.to + at.gap / 2 - 4, over] }
}

/** How far beside the middle each crossing runs where two share a pair of ends. */
function places({ crossings }: Boundaries): readonly number[] {
  const inner = new Set(crossings.flatMap(({ from, to }) => (from[0] === 'app' ? [to] : [])))
  const pairs = crossings.map(({ from, to }) => [inner.has(from[0] ?? '') || from[0] === 'app' ? from[0] : 'callers', to].sort().join(' '))
  return pairs.map((pair, index) => {
    const same = pairs.flatMap((each, at) => (each === pair ? [at] : []))
    return (same.indexOf(index) - (same.length - 1) / 2) * 26
  })
}

function draw(boundaries: Boundaries, kind: 'wide' | 'narrow'): Drawing {
  const at = lengths[kind]
  const wide = kind === 'wide'
  const layout = layOut(boundaries, at)
  const turn = ([along, over]: Point): Point => (wide ? [along, over] : [over, along])
  const rect = (name: string, along: Span, over: Span): { readonly x: number, readonly y: number, readonly w: number, readonly h: number, readonly shape: Html } => {
    const [x, y] = turn([along.from, over.from]).map(round) as [number, number]
    const [w, h] = turn([along.to - along.from, over.to - over.from]).map(round) as [number, number]
    return { x, y, w, h, shape: html`<rect class="${name}" x="${x}" y="${y}" width="${w}" height="${h}" rx="6"/>` }
  }
  const zone = (id: string, along: Span): { readonly shape: Html, readonly heading: Html } => {
    const { x, y, w, shape } = rect(`zone ${id}`, along, layout.frame)
    const title = boundaries.zones.find((each) => each.id === id)?.title ?? ''
    return { shape, heading: textLines(wrap(title, (wide && id === 'system' ? w * 0.72 : w) - 2 * at.pad, 13, 1), x + at.pad, y + 18, 0, 'lane halo') }
  }
  const box = (name: string, label: string, along: Span, over: Span): Html => {
    const { x, y, w, h, shape } = rect(name, along, over)
    const lines = wrap(label, w - 6, at.size * bold, 3)
    return html`${shape}${textLines(lines, round(x + w / 2), round(y + h / 2 + at.size * 0.35 - (lines.length - 1) * 8), 16, `middle ${wide ? 'title' : 'small'}`)}`
  }
  const callers = boundaries.zones.find(({ id }) => id === 'untrusted')?.nodes.map(({ label }) => label) ?? []
  const room = rect('', layout.callers, layout.frame)
  const listOfCallers = wrap(callers.join(', '), room.w - 2 * at.pad, 14, wide ? Math.max(6, Math.floor((room.h - 56) / 18)) : 2)
  const besides = places(boundaries)
  const ways = boundaries.crossings.map((crossing, index) => ({ ...wayOf(crossing, layout, at, besides[index] ?? 0), aside: crossing.aside }))
  // With two zones a desk leaves the third place empty, so that every drawing has one scale.
  const [width, height] = turn([wide ? Math.max(layout.end, 845) : layout.end, layout.frame.to + 1])
  const zones = [zone('untrusted', layout.callers), zone('system', layout.system), ...(layout.others === undefined ? [] : [zone('processors', layout.others)])]
  const body = html`${zones.map(({ shape }) => shape)}
${textLines(listOfCallers, room.x + at.pad, room.y + 44, 18, 'said')}
${box('box strong', boundaries.zones.flatMap(({ nodes }) => nodes).find(({ id }) => id === 'app')?.label ?? '', layout.app, layout.content)}
${layout.rows.map(({ id, label }) => box('box', label, layout.isOutside(id) ? layout.outer : layout.inner, { from: layout.rowMiddle(id) - layout.slot / 2 + (wide ? 6 : 2), to: layout.rowMiddle(id) + layout.slot / 2 - (wide ? 6 : 2) }))}
${ways.map(({ points, aside }) => arrow(points.map(turn), aside ? 'line aside' : 'line'))}
${zones.map(({ heading }) => heading)}
${ways.map(({ number }, index) => {
    const [x, y] = turn(number).map(round) as [number, number]
    return html`<circle class="badge" cx="${x}" cy="${y}" r="10"/><text class="number" x="${x}" y="${round(y + 4.5)}">${index + 1}</text>`
  })}`
  return { width, height, body }
}

/** Crossings in the order their numbers are met from the first row to the last; callers come first. */
function numbered(boundaries: Boundaries): Boundaries {
  const { rows } = layOut(boundaries, lengths.wide)
  const place = ({ from, to }: Boundaries['crossings'][number]): number => (from[0] !== 'app' && !rows.some(({ id }) => id === from[0]) ? -1 : rows.findIndex(({ id }) => id === (from[0] === 'app' ? to : from[0])))
  return { ...boundaries, crossings: [...boundaries.crossings].sort((a, b) => place(a) - place(b)) }
}

/** Who talks to what across which boundary: a drawing with numbers, and the list they stand for. */
export function boundariesDrawing(view: View): Html {
  const made = draftOf(view, 'select_auth')?.boundaries
  if (made === undefined) return none
  const boundaries = numbered(made)
  const labels = new Map(boundaries.zones.flatMap(({ nodes }) => nodes.map(({ id, label }) => [id, label] as const)))
  const name = (id: string): string => labels.get(id) ?? id
  const crossings = boundaries.crossings.map(({ from, to, label, aside }) => ({ ends: `${listed(from.map(name))} → ${name(to)}`, label, aside }))
  const zones = boundaries.zones.map(({ title, nodes }) => `${title}: ${listed(nodes.map(({ label }) => label))}.`).join(' ')
  const description = `${zones} ${crossings.map(({ ends, label }, index) => `${index + 1}. ${ends}: ${label}.`).join(' ')}`
  const legend = html`<ol class="crossings">${crossings.map(({ ends, label, aside }) => html`<li>${ends}: ${label}${aside && html` <span class="more">(dashed: beside the request)</span>`}</li>`)}</ol>`
  return figure('boundaries-drawing', 'Who talks to what, and across which boundary', description, (kind) => draw(boundaries, kind), legend)
}
