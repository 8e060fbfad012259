import type { Evidence, Findings, Value } from './findings.ts'

/** What one dependency says about a project. */
export type Says = readonly (readonly [Evidence['field'], Value])[]

/** Package names to what they say; a name that ends in `*` stands for every name that starts like it. */
export type PackageTable = Readonly<Record<string, Says>>

export const stack = (...ids: readonly string[]): Says => ids.map((id) => ['stack', id] as const)
export const existing = (...ids: readonly string[]): Says => ids.map((id) => ['existing', id] as const)
export const clients = (...ids: readonly string[]): Says => ids.map((id) => ['clients', id] as const)
export const llm: Says = [['usesLlm', true]]
export const payments: Says = [['takesPayments', true]]
export const migrations = (tool: string): Says => [['migrationTool', tool]]

/** What `name` says according to the table; the exact name wins over a prefix. Empty when nothing is known. */
export function lookUp(table: PackageTable, name: string): Says {
  const exact = Object.hasOwn(table, name) ? table[name] : undefined
  if (exact !== undefined) return exact
  const prefix = Object.keys(table).find((key) => key.endsWith('*') && name.startsWith(key.slice(0, -1)))
  return prefix === undefined ? [] : table[prefix] ?? []
}

/** Adds everything a package says. A development package only hints at what runs in production, and says nothing about what the product does. */
export function addPackage(found: Findings, table: PackageTable, name: string, file: string, line: number, development = false): void {
  for (const [field, value] of lookUp(table, name)) {
    if (development && typeof value === 'boolean') continue
    found.add(field, value, file, line, development && field !== 'migrationTool' ? 'hint' : 'use')
  }
}
