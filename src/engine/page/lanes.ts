import { html, type Html } from './html.ts'
import { arrow, figure, textLines, wrap, type Drawing } from './svg.ts'

/** One box of a lane. `strong` is where something goes live. */
export interface Step { readonly title: string, readonly notes: readonly string[], readonly strong?: boolean }
/** Boxes that follow each other, with a heading. */
export interface Lane { readonly title: string, readonly steps: readonly Step[] }

const sizes = {
  wide: { width: 880, gap: 28, pad: 12, title: 15, note: 13, row: 6 },
  narrow: { width: 320, gap: 22, pad: 10, title: 15, note: 13, row: 1 },
} as const

/** Lanes from top to bottom; boxes of a lane beside each other where there is room, else below each other. */
function draw(lanes: readonly Lane[], kind: 'wide' | 'narrow'): Drawing {
  const { width, gap, pad, title: titleSize, note: noteSize, row } = sizes[kind]
  const parts: Html[] = []
  let y = 0
  for (const lane of lanes) {
    parts.push(textLines([lane.title], 0, y + 14, 0, 'lane'))
    y += 26
    const columns = Math.min(row, Math.max(lane.steps.length, kind === 'wide' ? 3 : 1))
    const box = (width - (columns - 1) * gap) / columns
    for (let from = 0; from < lane.steps.length; from += columns) {
      const shown = lane.steps.slice(from, from + columns).map((step) => ({ step, title: wrap(step.title, box - 2 * pad, titleSize, 3), notes: step.notes.map((note) => wrap(note, box - 2 * pad, noteSize, 4)) }))
      const height = Math.max(...shown.map(({ title, notes }) => 2 * pad + title.length * 19 + notes.reduce((sum, note) => sum + note.length * 17 + 3, 0)))
      // A further row, or box below, hangs on the one above.
      if (from > 0) {
        parts.push(arrow([[kind === 'narrow' ? 24 : box / 2, y], [kind === 'narrow' ? 24 : box / 2, y + gap]]))
        y += gap
      }
      shown.forEach(({ step, title, notes }, index) => {
        const x = index * (box + gap)
        parts.push(html`<rect class="${step.strong === true ? 'box strong' : 'box'}" x="${x.toFixed(1)}" y="${y + 0.5}" width="${box.toFixed(1)}" height="${height}" rx="6"/>`)
        parts.push(textLines(title, x + pad, y + pad + 13, 19, 'title'))
        let at = y + pad + title.length * 19 + 14
        for (const note of notes) {
          parts.push(textLines(note, x + pad, at, 17, 'note'))
          at += note.length * 17 + 3
        }
        if (index > 0) parts.push(arrow([[x - gap, y + height / 2], [x, y + height / 2]]))
      })
      y += height
    }
    y += 30
  }
  return { width, height: Math.max(y - 28, 1), body: html`${parts}` }
}

const spoken = (lanes: readonly Lane[]): string =>
  lanes.map(({ title, steps }) => `${title}: ${steps.map((step) => [step.title, ...step.notes].join(', ')).join('; then ')}.`).join(' ')

/** Lanes as a drawing; its description holds every word of it. */
export const lanesFigure = (id: string, title: string, lanes: readonly Lane[]): Html => figure(id, title, spoken(lanes), (kind) => draw(lanes, kind))
