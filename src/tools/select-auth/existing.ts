import { directories } from '../../core/token-check.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import type { Decided } from './decide.ts'
import { knownDirectory } from './reuse.ts'
import type { RuleId } from './rules.ts'

/** Why a tool for sign-in that the company runs is not in the answer. */
export type UnusedRule = 'directory-of-staff' | 'second-directory' | 'ruled-out' | 'could-stay'
export interface Unused { readonly id: string, readonly rule: UnusedRule, readonly against?: RuleId | undefined }

/** Ways of working: nobody runs one under that name. */
const patterns = ['none', 'api-keys', 'workforce-oidc', 'oauth-client-credentials', 'oauth-resource-server', 'device-certificates', 'framework-native', 'pluggable-oidc', 'identity-aware-proxy', 'custom-passwords', 'game-platform-identity']

/** Tools for sign-in among what the company runs that the answer neither uses nor names in a conflict, in the order given. */
export function unusedExisting({ situation, choice, decision, conflicts }: Decided, knowledge: Knowledge): Unused[] {
  if (choice.kind === 'none-left' || situation.main === 'none') return []
  const providers = knowledge['identity-providers']
  const used = new Set([decision.primary, decision.staff, decision.machine, decision.agent])
  const told = (id: string): boolean => conflicts.some(({ inputs, about }) => inputs.some((input) => input.startsWith('existing: ') && input.includes(id)) || about === providers[id]?.name)
  const main = knownDirectory(situation)
  const found = situation.signInTools.flatMap((id): Unused[] => {
    const sheet = providers[id]
    if (used.has(id) || told(id) || patterns.includes(id)) return []
    const people = sheet !== undefined && sheet.facts.serves.value?.includes(situation.main) === true && sheet.facts.serves.value[0] !== 'workforce'
    if (directories.includes(id) && !people) {
      if (situation.main !== 'workforce' && decision.staff === null) return [{ id, rule: 'directory-of-staff' }]
      return id === main ? [] : [{ id, rule: 'second-directory' }]
    }
    if (sheet === undefined) return []
    const removed = choice.removed.find((one) => one.id === id)
    return removed === undefined ? [{ id, rule: 'could-stay' }] : [{ id, rule: 'ruled-out', against: removed.rule }]
  })
  return found.filter(({ id }, index) => found.findIndex((other) => other.id === id) === index)
}
