import { InputError } from '../core/errors.ts'
import { didYouMean } from '../core/nearest.ts'

/** What one property of a JSON Schema needs to turn text from a shell into a value. */
interface Property { readonly type?: string, readonly items?: { readonly type?: string }, readonly enum?: readonly unknown[] }
export type Properties = Readonly<Record<string, Property>>

const camel = (flag: string): string => flag.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

function valueOf(name: string, property: Property, text: string): unknown {
  switch (property.type) {
    case 'integer':
    case 'number': {
      const number = Number(text.replaceAll('_', ''))
      if (text.trim() === '' || Number.isNaN(number)) throw new InputError(`Unexpected --${name} ${JSON.stringify(text)}, expected a number.`)
      return number
    }
    case 'boolean': {
      if (text === 'true' || text === 'yes') return true
      if (text === 'false' || text === 'no') return false
      throw new InputError(`Unexpected --${name} ${JSON.stringify(text)}, expected true or false.`)
    }
    case 'array': return text.split(',').map((item) => item.trim()).filter((item) => item !== '').map((item) => valueOf(name, property.items ?? {}, item))
    case 'object': {
      try {
        return JSON.parse(text) as unknown
      } catch {
        throw new InputError(`Unexpected --${name} ${JSON.stringify(text)}, expected JSON.`)
      }
    }
    default: return text
  }
}

/**
 * Reads `--name value`, `--name=value` and bare `--flag` against JSON Schema properties; names may be camelCase or kebab-case,
 * lists are repeated or separated by commas. Throws InputError with the nearest known name.
 */
export function readArguments(args: readonly string[], properties: Properties): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] as string
    const match = /^--([A-Za-z][A-Za-z0-9-]*)(?:=(.*))?$/s.exec(word)
    if (match === null) throw new InputError(`Unexpected argument ${JSON.stringify(word)}, expected --name value. Use --help for the names.`)
    const name = camel(match[1] as string)
    const property = properties[name]
    if (property === undefined) throw new InputError(`Unexpected option --${match[1]}, expected a known name.${didYouMean(name, Object.keys(properties))} Use --help for the names.`)
    const next = args[at + 1]
    const inline = match[2]
    let text: string
    if (inline !== undefined) text = inline
    else if (property.type === 'boolean' && (next === undefined || next.startsWith('--'))) text = 'true'
    else if (next === undefined || /^--[A-Za-z]/.test(next)) throw new InputError(`Option --${match[1]} needs a value.`)
    else {
      text = next
      at += 1
    }
    const value = valueOf(name, property, text)
    values[name] = Array.isArray(value) && Array.isArray(values[name]) ? [...(values[name] as unknown[]), ...value] : value
  }
  return values
}
