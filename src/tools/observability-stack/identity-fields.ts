import type { Knowledge } from '../../knowledge/collections.ts'
import type { View } from './view.ts'

/** Claims of the pinned identity provider that must not reach a log; the common ones without a pin. `provider` is its sheet id when it has a list of its own. */
export function identityFieldsOf(view: View, knowledge: Knowledge): { readonly provider: string | undefined, readonly fields: readonly string[] } {
  const rows = (knowledge.practices['log-identity-fields']?.facts.items.value ?? []).map((row) => [row.slice(0, row.indexOf(': ')), row.slice(row.indexOf(': ') + 2)])
  const own = rows.find(([id]) => id === view.input.decisions?.auth)
  const [, fields = ''] = own ?? rows.find(([id]) => id === 'default') ?? []
  return { provider: own?.[0], fields: fields.split(', ') }
}
