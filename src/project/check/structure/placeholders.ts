import type { CheckFinding } from '../../check-finding.ts'
import type { Line } from '../blocks.ts'
import type { Document } from '../document.ts'
import { withoutCode } from '../inline.ts'

const inText = /\b(?:TODO|TBD|TBC|FIXME|XXX)\b|\blorem ipsum\b|\[(?:insert|your|add|fill in)\b[^\]]{0,80}\](?!\()|\{\{\s*[\w .-]{1,80}\s*\}\}/gi
/** A cell, or the end of a sentence, that says only that something is missing. */
const open = /^[\W_]*(?:(?:still |yet )?to be (?:defined|decided|done|written|chosen|filled(?: in)?)|tbd|tbc|todo|coming soon|fill (?:me|this) in)[\W_]*$|^\W*\?{3,}\W*$|(?:^|[:|]\s*)\?{3,}\s*(?=$|[|])/i
const figure = /(?<![\w-])(?:[$€£] ?)?(?:XX+|NN+|YY+)(?: ?(?:USD|EUR|GBP|%|days?|hours?|minutes?|ms|users?|a month|per month)(?!\w))|[$€£] ?(?:XX*|NN*)\b/
const bracketed = /\[[^\][]{0,60}\bto be [a-z]+[^\][]{0,20}\](?!\()/i
/** Upper-case words are placeholders only as written: "todo list" is a product. */
const words = /^(todo|tbd|tbc|fixme|xxx)$/i
const tag = /<([a-z][\w.-]{0,60})((?:[ \t][^<>]{0,200})?)\/?>/gi
/** Tags people use on purpose in Markdown; any other lone tag is a slot somebody forgot to fill. */
const knownTags = new Set(['a', 'abbr', 'b', 'blockquote', 'br', 'code', 'dd', 'del', 'details', 'div', 'dl', 'dt', 'em', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'i', 'img', 'ins', 'kbd', 'li', 'mark', 'ol', 'p', 'picture', 'pre', 's', 'small', 'source', 'span', 'strong', 'sub', 'summary', 'sup', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'u', 'ul', 'var', 'video'])
const escapedBracket = /\\[<[{]/g

/** The first slot of a line that somebody meant to fill. */
function slotIn(text: string): string | undefined {
  const plain = withoutCode(text.replace(/<!--[\s\S]*?-->/g, '')).replace(escapedBracket, '  ')
  for (const [word] of plain.matchAll(inText)) if (!words.test(word) || word === word.toUpperCase() || /^tb[dc]$/i.test(word)) return word
  const waiting = bracketed.exec(plain)?.[0] ?? figure.exec(plain)?.[0] ?? plain.split('|').find((piece) => open.test(piece))?.trim()
  if (waiting !== undefined) return waiting
  for (const [whole, name = ''] of plain.matchAll(tag)) if (!knownTags.has(name.toLowerCase())) return whole
  return undefined
}

/** Text that somebody meant to replace. Code is not looked at: `<id>` in a command is how commands are documented. */
export function checkPlaceholders({ blocks, file }: Document): CheckFinding[] {
  const lines = blocks.flatMap(({ block }): readonly Line[] => {
    if (block.kind === 'heading') return [{ line: block.line, text: block.text }]
    if (block.kind === 'table') return [{ line: block.line, text: block.header.join(' | ') }, ...block.rows.map(({ line, cells }) => ({ line, text: cells.join(' | ') }))]
    return block.kind === 'paragraph' || block.kind === 'item' ? block.lines : []
  })
  return lines.flatMap(({ line, text }): CheckFinding[] => {
    const slot = slotIn(text)
    return slot === undefined ? [] : [{ rule: 'placeholder', severity: 'error', file, line, found: slot.slice(0, 60), expected: 'the finished text', next: 'Replace it with what holds for this project, or delete the sentence.' }]
  })
}
