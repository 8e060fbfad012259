const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: '\'', nbsp: ' ' }

/** Longest text that is looked at as one: nobody writes a sentence of this length. */
const longest = 4000

const marked = /[`*_<&\\[\]]/

/** What a reader sees of inline Markdown: code and link texts stay, markup goes, escapes and entities become their characters. */
export function seen(text: string): string {
  if (!marked.test(text)) return text.slice(0, longest).trim()
  return text.slice(0, longest)
    .replace(/<!--[\s\S]{0,2000}?-->/g, ' ')
    .replace(/!?\[([^\][]{0,300})\]\([^()\s]{0,500}(?:\s+"[^"]{0,200}")?\)/g, '$1')
    .replace(/`+/g, '')
    .replace(/\*\*|(?<![\w\\])__(?=\w)|(?<=\w)__(?!\w)/g, '')
    .replace(/(?<![\\\w*])\*(?=[^\s*])([^*]{1,300}?)(?<=[^\s*])\*(?![\w*])/g, '$1')
    .replace(/<br\s*\/?>/gi, ' ')
    .replace(/&(\w{2,5});/g, (whole, name: string) => entities[name] ?? whole)
    .replace(/\\([\\`*_{}[\]<>|#~()!.+-])/g, '$1')
    .trim()
}

/** Text with code spans blanked out, each character by a space, so that places stay. */
export const withoutCode = (text: string): string => text.replace(/(`+)(?!`)([\s\S]{0,2000}?[^`])\1(?!`)/g, (whole) => ' '.repeat(whole.length))

/** Contents of the code spans of a text, in order. */
export const codeSpans = (text: string): readonly string[] => [...text.slice(0, longest).matchAll(/(?<!`)(`+)(?!`)([^`\n]{1,300}?)\1(?!`)/g)].map((match) => (match[2] ?? '').trim())
