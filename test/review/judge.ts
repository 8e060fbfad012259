import type { Expectation, Project, ToolName } from './projects.ts'

/** What an expectation is held against: an answer, or the part of one that tests make up. */
export interface Judged { readonly decision: unknown, readonly conflicts: readonly { readonly id: string }[] }

const nameOf = (value: unknown): string => {
  if (value === null || value === undefined) return 'none'
  if (typeof value !== 'object') return String(value)
  const { name, id } = value as { name?: unknown, id?: unknown }
  return String(name ?? id ?? JSON.stringify(value))
}

/** What a key leads to: in a list, to the entry of that name. */
const step = (inner: unknown, key: string): unknown => (inner === null || inner === undefined ? undefined : Array.isArray(inner) ? inner.find((entry) => nameOf(entry) === key) : (inner as Record<string, unknown>)[key])

/** The value under a path as one text: the names of a list joined by spaces, `none` for null, undefined for a path that leads nowhere. */
export function shownAt(decision: unknown, path: string): string | undefined {
  const value = path.split('.').reduce<unknown>(step, decision)
  if (value === undefined) return undefined
  return Array.isArray(value) ? value.map(nameOf).join(' ') || 'none' : nameOf(value)
}

// Environments stand in the order a change passes through them; in any other list the order says nothing.
const sameValue = (path: string, got: string, wanted: string): boolean =>
  got === wanted || (path !== 'environments' && got.split(' ').sort().join(' ') === wanted.split(' ').sort().join(' '))

/** One sentence for each way an answer differs from what is expected of it, naming project, tool, path, what came and what is accepted. Empty when it satisfies. */
export function complaints(project: Pick<Project, 'id'>, tool: ToolName, answer: Judged, expected: Expectation): string[] {
  const where = `${project.id}, ${tool}`
  const why = ` Because: ${expected.because}`
  const accepted = Object.entries(expected.accept ?? {}).flatMap(([path, values]) => {
    const got = shownAt(answer.decision, path)
    if (got === undefined) return [`${where}: the decision has no ${path}.${why}`]
    return values.some((value) => sameValue(path, got, String(value))) ? [] : [`${where}: ${path} is "${got}", accepted are ${values.map((value) => `"${String(value)}"`).join(', ')}.${why}`]
  })
  const lacking = Object.entries(expected.holds ?? {}).flatMap(([path, values]) => {
    const got = shownAt(answer.decision, path)
    if (got === undefined) return [`${where}: the decision has no ${path}.${why}`]
    return values.map(String).filter((value) => !got.split(' ').includes(value)).map((value) => `${where}: ${path} is "${got}", which lacks "${value}".${why}`)
  })
  const refused = Object.entries(expected.never ?? {}).flatMap(([path, values]) => {
    const got = shownAt(answer.decision, path)
    if (got === undefined) return [`${where}: the decision has no ${path}.${why}`]
    return values.map(String).filter((value) => sameValue(path, got, value) || got.split(' ').includes(value)).map((value) => `${where}: ${path} is "${got}", which must never hold "${value}".${why}`)
  })
  const present = answer.conflicts.map(({ id }) => id)
  const named = present.join(', ') || 'none'
  const missing = (expected.conflicts ?? []).filter((id) => !present.includes(id)).map((id) => `${where}: the conflict ${id} is missing, named are: ${named}.${why}`)
  const wrong = (expected.noConflicts ?? []).filter((id) => present.includes(id)).map((id) => `${where}: the conflict ${id} is named and must not be.${why}`)
  return [...accepted, ...lacking, ...refused, ...missing, ...wrong]
}
