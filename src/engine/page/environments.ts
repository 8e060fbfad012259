import type { Variable } from '../../tools/env-matrix/variables.ts'
import type { Environment } from '../../tools/env-matrix/environments.ts'
import { accessWords, categoryWords, dataWords, purposeWords } from '../../tools/env-matrix/words.ts'
import { html, none, type Html } from './html.ts'
import { nameOf } from './names.ts'
import { table } from './table.ts'
import { decisionOf, listOf, own, triggerOf, type View } from './view.ts'

const environmentsOf = (view: View): readonly Environment[] => listOf(decisionOf(view, 'env_matrix')['environments'])

/** Which environments there are, what they hold and who may enter. */
export const environmentMatrix = (view: View): Html => {
  const rows = environmentsOf(view).map(({ name, purpose, data, access, deployTrigger }) => [name, own(purposeWords, purpose) ?? purpose, own(dataWords, data) ?? data, triggerOf(view, deployTrigger) ?? deployTrigger, own(accessWords, access) ?? access])
  return rows.length === 0 ? none : table('Environments', ['Environment', 'Purpose', 'Data', 'Deploy trigger', 'Access'], rows)
}

/** Which variable is needed where. A mark and a word: neither stands alone. */
export function variableMatrix(view: View): Html {
  const variables = listOf<Variable>(decisionOf(view, 'env_matrix')['variables'])
  if (variables.length === 0) return none
  const names = environmentsOf(view).map(({ name }) => name).filter((name) => variables.some(({ requiredIn }) => requiredIn.includes(name)))
  const stored = (id: string): string => (id === 'deploy-config' ? 'deploy configuration' : nameOf(view.knowledge, id, 'secrets'))
  const rows = variables.map(({ name, category, secret, requiredIn, whereStored }) => [
    html`<code>${name}</code>`, own(categoryWords, category) ?? category, secret ? html`<strong>secret</strong>` : 'plain',
    ...names.map((environment) => (requiredIn.includes(environment) ? html`<span class="need">needed</span>` : html`<span class="more">optional</span>`)), stored(whereStored),
  ])
  return table('Variables, and where each is needed', ['Variable', 'Kind', 'Secret', ...names, 'Stored in'], rows)
}
