import type { Profile } from '../core/profile.ts'
import { stageRank } from '../core/profile.ts'
import type { Knowledge } from '../knowledge/collections.ts'
import type { Expected } from '../project/check/facts.ts'
import { decide as decideEnvironments, type Decision as Environments } from '../tools/env-matrix/decide.ts'
import { decide as decideStack, type Decision as Stack } from '../tools/observability-stack/decide.ts'
import { viewOf } from '../tools/observability-stack/view.ts'
import { decide as decideAuth } from '../tools/select-auth/decide.ts'

/** A function that works out its answer when it is first asked. */
function once<Answer>(make: () => Answer): () => Answer {
  let made: { readonly answer: Answer } | undefined
  return () => (made ??= { answer: make() }).answer
}

const ids = (...values: readonly (string | readonly string[] | null | undefined)[]): readonly string[] => values.flatMap((value) => value ?? [])
const slots = ['logs', 'errors', 'metrics', 'tracing', 'alerting'] as const
const isSlot = (kind: string): kind is typeof slots[number] => (slots as readonly string[]).includes(kind)

/**
 * What the tools would decide, each after what was decided before it, as the blueprint does. Only their decisions are run: no file
 * and no text is made, and neither is the code for these loaded.
 */
export function expectedFor(profile: Profile, variables: readonly string[], knowledge: Knowledge, asOf: string): Expected {
  const { decision: auth } = decideAuth(profile, knowledge)
  const decisions = { ...(auth.kind !== 'none-left' && { auth: auth.primary }), ...profile.decisions }
  const decided: Profile = { ...profile, decisions }
  // Most documents raise no question that needs these two.
  const stack = once((): Stack => decideStack(viewOf(decided, knowledge), knowledge).decision)
  const planned = once((): Environments => decideEnvironments({ variables: [...variables], ...decided }, knowledge, asOf).decision)
  const raised = (id: string): readonly string[] => (profile.compliance ?? []).filter((regime) => knowledge.compliance[regime]?.facts.raises.value?.includes(id))
  return {
    stageIsEarly: stageRank(profile.stage ?? 'mvp') <= stageRank('mvp'),
    choicesFor: (kind) => {
      if (kind === 'identity-provider') return ids(auth.primary, auth.machine, auth.staff, auth.device, auth.agent)
      if (kind === 'secrets-store') return ids(planned().secrets)
      if (kind === 'flag-service') return ids(planned().flags)
      // A document names where traces go, not only how they are made.
      if (kind === 'tracing') return ids(stack().slots.tracing, stack().traceStore)
      return isSlot(kind) ? ids(stack().slots[kind]) : undefined
    },
    environments: () => planned().environments.map(({ name }) => name),
    controls: auth.controls.flatMap(({ id }) => {
      const sheet = knowledge.controls[id]
      if (sheet === undefined || (sheet.facts.priority.value !== 'must' && raised(id).length === 0)) return []
      return [{ id, name: sheet.name, words: [sheet.name, id.replaceAll('-', ' ')], libraries: Object.values(sheet.facts.libraries.value ?? {}).flat(), regimes: raised(id) }]
    }),
  }
}
