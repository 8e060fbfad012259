import type * as z from 'zod'
import { InputError } from './errors.ts'
import { didYouMean } from './nearest.ts'

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value)

/** One sentence for one schema issue: field, what was found, what is allowed, nearest match. `names` are the known fields. */
export function issueSentence(issue: z.core.$ZodIssue, args: unknown, names: readonly string[], inner: (field: string) => readonly string[] = () => []): string {
  const field = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `Unexpected field ${shown(key)}${field === '' ? '' : ` in ${field}`}, expected a known name.${didYouMean(key, field === '' ? names : inner(field))}`).join(' ')
  }
  const found = at(args, issue.path)
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map(String)
    return `Unexpected ${field} ${shown(found)}, expected one of ${allowed.join(', ')}.${didYouMean(String(found), allowed)}`
  }
  if (issue.code === 'invalid_type') return `Unexpected ${field} ${shown(found)}, expected ${issue.expected}.`
  if (issue.code === 'too_big') return `Unexpected ${field} ${shown(found)}, expected at most ${issue.maximum}.`
  if (issue.code === 'too_small') return `Unexpected ${field} ${shown(found)}, expected at least ${issue.minimum}.`
  return `Unexpected ${field} ${shown(found)}, ${issue.message.startsWith('expected') ? issue.message : `expected another value: ${issue.message}`}.`
}

/** Fields of an object inside a schema, whatever makes it optional; none for anything else. */
function namesIn(schema: unknown): readonly string[] {
  const held = schema as { readonly shape?: object, readonly unwrap?: () => unknown } | undefined
  return held?.shape !== undefined ? Object.keys(held.shape) : typeof held?.unwrap === 'function' ? namesIn(held.unwrap()) : []
}

/** Parses with a strict schema, or throws InputError with one sentence a field (five at most), the allowed values and the nearest match. `where` names the origin. */
export function parseStrict<Schema extends z.ZodObject>(schema: Schema, args: unknown, where: string): z.infer<Schema> {
  const parsed = schema.safeParse(args)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues
  const names = Object.keys(schema.shape)
  const sentences = issues.slice(0, 5).map((issue) => issueSentence(issue, args, names, (field) => namesIn(schema.shape[field])))
  if (issues.length > 5) sentences.push(`${issues.length - 5} more fields are wrong.`)
  throw new InputError(`${where}: ${sentences.join(' ')}`)
}
