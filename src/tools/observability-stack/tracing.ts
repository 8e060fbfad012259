import { asWord } from '../../core/words.ts'
import type { ReasonId } from './rules.ts'
import type { View } from './view.ts'

export type TracingId = 'error-tool' | 'otel' | 'llm-tracing'

/** Services on one path from which nobody can follow a request in logs alone. */
export const manyServices = 3

/** True when the code makes spans already: then what waits is only the place to keep them. */
export const makesSpans = ({ input }: Pick<View, 'input'>): boolean => (input.existing ?? []).some((tool) => /^(?:opentelemetry|otel)$/.test(asWord(tool)))

/** Whether requests are traced, and why. Many services and agent loops switch it on at any stage. */
export function tracingFor(view: View): { readonly ids: readonly TracingId[], readonly reason: ReasonId } {
  if (view.place === 'local') return { ids: [], reason: 'nothing-deployed' }
  const ids: TracingId[] = []
  // A small team with one or two services at production reads the spans its error tracker takes.
  const deep = view.place !== 'delivered' && (view.depth === 5 || (view.depth === 4 && (view.input.developers ?? 10) >= 10))
  // Steps of a pipeline are joined by the id of their run; there is no request to follow.
  const many = view.services >= manyServices && !view.scheduled
  if (many || (deep && !view.scheduled)) ids.push('otel')
  if (view.agents) ids.push('llm-tracing')
  if (ids.length > 0) return { ids, reason: view.place === 'delivered' ? 'shipped-with-product' : view.agents ? 'agent-loops' : many ? 'many-services' : 'depth' }
  return view.depth >= 3 && view.place === 'open' && !view.scheduled ? { ids: ['error-tool'], reason: 'depth' } : { ids: [], reason: view.place === 'delivered' ? 'customer-collects' : 'not-yet' }
}
