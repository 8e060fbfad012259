import Mustache from 'mustache'
import { KnowledgeError } from './errors.ts'

const tags: [string, string] = ['<%', '%>']

/** Every name a parsed template asks for, sections included. */
const namesIn = (tokens: readonly unknown[][]): string[] =>
  tokens.flatMap(([type, name, , , inner]) => (type === 'text' ? [] : [String(name), ...(Array.isArray(inner) ? namesIn(inner as unknown[][]) : [])]))

/**
 * Fills a Mustache template whose tags are written `<% name %>`. Values go in as they are: the caller quotes them for the language.
 * Throws KnowledgeError when the template asks for a name that was not given, or when a name given is asked for nowhere.
 */
export function fill(template: string, given: Readonly<Record<string, string | boolean>>, where: string): string {
  const asked = new Set(namesIn(Mustache.parse(template, tags) as unknown as unknown[][]))
  const missing = [...asked].filter((name) => !(name in given))
  const unused = Object.keys(given).filter((name) => !asked.has(name))
  if (missing.length + unused.length > 0) throw new KnowledgeError(`Unexpected names at ${where}: ${[...missing.map((name) => `${name} is not declared`), ...unused.map((name) => `${name} is not used`)].join(', ')}.`)
  return Mustache.render(template, given, {}, { tags, escape: String })
}
