/** Something a person wrote, with the input it stands in; `said` is the text in the form that patterns are written for. */
export interface Spoken { readonly field: string, readonly text: string, readonly said: string }

/** What to listen for. */
export interface Topic {
  readonly words: RegExp
  /** Texts that hold these words mean something else, or say how it is settled. */
  readonly unless?: RegExp
  /** The text must hold these words too. */
  readonly beside?: RegExp
  /** True where the words themselves deny something: `no downtime`. */
  readonly negative?: boolean
}

/** One pattern of several, for lists that are read line by line. */
export const anyOf = (...parts: readonly RegExp[]): RegExp => new RegExp(parts.map(({ source }) => source).join('|'))

const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g
/** In lower case, on one line, with plain quotes and dashes and nothing that nobody sees. */
const normal = (text: string): string => text.normalize('NFKC').replace(invisible, '').toLowerCase().replace(/[’‘´`]/g, "'").replace(/[‐‑‒–—]/g, '-').replace(/\s+/g, ' ').trim()

const neutral = /\b(?:not only|not just|no matter|no doubt|nicht nur|non seulement|no s[oó]lo|whether or not|if not)\b/g
/** Where one statement ends and the next begins. */
const breaks = /[.;!?](?= |$)|[,:](?= )| - |\((?= ?\S)|\)|\b(?:but|however|although|though|whereas|yet|sondern|aber|doch|jedoch|pero|mais|instead)\b|\b(?:and|und|so|then|because|since|weil|et|y) (?=(?:we|they|it|i|our|you|the|want|needs?|must|should|uses?|has|have|is|are|will|wir|muss|m[uü]ssen|wollen|brauchen|nous|il faut|queremos|necesitamos)\b)/g
const negator = /\b(?:no|not|never|nobody|(?<!-or-)nothing|none|neither|nor|without|cannot|avoid\w*|forbid\w*|unlike|stopped|used to|formerly|previously|rid of|away from|moved off|instead of|rather than|kein\w*|nicht|nie|niemals|ohne|weder|nichts|fr[uü]her|pas|jamais|aucune?|sans|rien|sin|nada|nunca|ning[uú]n\w*|n[aã]o|sem|nenhum\w*|non|senza|nessun\w*|geen|niet|zonder)\b|n't\b/g
/** Nearest words before a statement in which a denial still means it. */
const reach = 6

const need = "(?:need|requir|neces|want|importan|essential|mandatory|must|relevant|use|using|in use|plan|allow|possible|concern|matter|case|true|enabled|apply|applies|exist|expected|brauch|ben[oö]tig|n[oö]tig|erforderlich|notwendig|wichtig|verlang|gefordert|gebraucht|n[eé]cessaire|besoin|exig|requis|obligatoire|hace falta|oblig|nodig|serv)"
const no = "(?:not|n't|never|no longer|nicht|pas|no|non|n[aã]o|niet)"
const deniedAfter = new RegExp([
  `(?:\\b|(?=n't))${no} (?:\\S+ ){0,3}?${need}`, `\\b${need}\\S* (?:\\S+ ){0,3}?${no}\\b`,
  "\\b(?:unnecessary|unneeded|irrelevant|overkill|unimportant|un[nw][oö]\\S+|[uü]berfl[uü]ssig|egal|entf[aä]llt|inutile|superflu\\S*|innecesari\\S*|desnecess\\S*|disabled|forbidden|verboten|deaktiviert|abgeschaltet|d[eé]sactiv\\S*|desactivad\\S*)", '^[ :=]*(?:false|off|none|0)\\b', '\\b(?:is|are|was|were|turned|switched|set to|been) (?:off|removed|gone|false|dropped)\\b',
  '(?<!\\bnot )(?<!n\'t )\\boptional',
].join('|'))

/** A question that its writer answers with no. */
const answered = /^\? (?:no|nope|nein|non|n[aã]o|nee|not|none)\b/

const wordsIn = (text: string): readonly string[] => text.trim().split(' ').filter((word) => word !== '')
const denials = (text: string): number => [...text.replace(neutral, ' ').matchAll(negator)].length

/** True when a statement at `start` to `end` is denied by the words around it, or by a word within it. */
function isDenied(text: string, start: number, end: number, negative: boolean): boolean {
  const cuts = [...text.matchAll(breaks)]
  const from = Math.max(0, ...cuts.map(({ index, 0: cut }) => index + cut.length).filter((at) => at <= start))
  const to = Math.min(text.length, ...cuts.filter(({ index, 0: cut }) => index >= end && cut !== ':').map(({ index }) => index))
  const before = wordsIn(text.slice(from, start)).slice(-reach).join(' ')
  const after = wordsIn(text.slice(end, to)).slice(0, reach + 2).join(' ')
  const inside = negative ? 0 : denials(text.slice(start, end))
  return (denials(before) + inside) % 2 === 1 || deniedAfter.test(after) || answered.test(text.slice(to))
}

export const spoken = (field: string, text: string): Spoken => ({ field, text, said: normal(text) })

/** True when a text says what the topic listens for, and does not deny it. */
export function says({ said }: Spoken, { words, unless, beside, negative = false }: Topic): boolean {
  if (!words.test(said) || unless?.test(said) === true || beside?.test(said) === false) return false
  return [...said.matchAll(new RegExp(words, 'g'))].some((match) => match[0] !== '' && !isDenied(said, match.index, match.index + match[0].length, negative))
}

/** What the first group of a topic caught where it is said and not denied. */
export const caught = (text: Spoken, topic: Topic): string | undefined => (says(text, topic) ? topic.words.exec(text.said)?.[1] : undefined)

const longest = 90
/** The words of a person as evidence: on one line, in quotes, and not longer than needed. */
export function quoted({ field, text }: Pick<Spoken, 'field' | 'text'>): string {
  const flat = text.replace(invisible, '').replace(/[\s"“”]+/g, (run) => (/["“”]/.test(run) ? "'" : ' ')).trim()
  return `${field}: "${flat.length > longest ? `${flat.slice(0, longest - 1).trimEnd()}…` : flat}"`
}
