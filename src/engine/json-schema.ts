import * as z from 'zod'

/** Drops what costs tokens and tells a model nothing: `$schema`, patterns, huge bounds. */
function lean(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(lean)
  if (typeof node !== 'object' || node === null) return node
  const { $schema, pattern, format, minLength, maxLength, minItems, maxItems, maximum, minimum, propertyNames, ...rest } = node as Record<string, unknown>
  void [$schema, pattern, format, minLength, maxLength, minItems, maxItems, maximum, minimum, propertyNames]
  return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, lean(value)]))
}

/** Fields that hold a small object: the parser stays strict, the listing says only that it is one. */
const opaque = new Set(['houseRules', 'decisions'])

/**
 * JSON Schema of a tool's arguments as listed to a model: flat and short, without limits that only the parser needs.
 * The parser stays the authority; its errors name the allowed values.
 */
export function flatSchema(schema: z.ZodObject): Record<string, unknown> {
  const json = lean(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })) as { properties?: Record<string, Record<string, unknown>>, required?: string[] }
  const properties = Object.fromEntries(Object.entries(json.properties ?? {}).map(([name, property]) => {
    if (opaque.has(name)) return [name, { type: 'object' }]
    // A nullable number is listed as a number: hosts reject unions, and leaving the field out says the same.
    if (Array.isArray(property['anyOf'])) {
      const { anyOf, ...rest } = property
      return [name, { ...(anyOf as Record<string, unknown>[])[0], ...rest }]
    }
    return [name, property]
  }))
  return { type: 'object', properties, ...(json.required === undefined ? {} : { required: json.required }), additionalProperties: false }
}
