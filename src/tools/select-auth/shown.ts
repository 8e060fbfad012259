import type { Predicate } from '../../knowledge/collections/controls.ts'
import type { ChosenControl } from './controls.ts'
import type { Decided, Decision } from './decide.ts'
import type { Size } from './size.ts'

/** True of most systems: a control that applies for another reason says more about this one. */
const ordinary: ReadonlySet<Predicate> = new Set(['always', 'api', 'browser', 'cookies', 'own-sessions', 'database', 'accounts', 'passwords', 'tokens', 'multi-instance', 'public-forms', 'personal-data', 'staff', 'several-services'])
/** Risks that end a product most often: broken access, injection, sign-in. */
const grave: ReadonlySet<string> = new Set(['A01', 'A05', 'A07'])

/** Controls that must be there, those that say most about this project first: what a regime demands, what its own features bring, then the gravest risks. Ties keep their order. */
export function leading({ decision, situation }: Decided): ChosenControl[] {
  const raised = new Set(situation.regimes.flatMap((regime) => regime.facts.raises.value ?? []))
  const weight = (control: ChosenControl): number =>
    (raised.has(control.id) ? 2 : 0) + (control.appliesTo.some((one) => !ordinary.has(one)) ? 2 : 0) + (control.owasp2025.some((id) => grave.has(id)) ? 1 : 0)
  return decision.controls.filter(({ priority }) => priority !== 'should').sort((a, b) => weight(b) - weight(a))
}

type Shown = Pick<ChosenControl, 'id' | 'priority' | 'asvs' | 'owasp2025'> & Partial<ChosenControl>

/** The decision as it leaves: controls whole when all are shown, else the leading ones with one requirement each, and the ids of all others under `alsoDue`. */
export function shownDecision(decided: Decided, size: Size): Omit<Decision, 'controls'> & { readonly controls: readonly Shown[], readonly alsoDue: readonly string[] } {
  const { decision } = decided
  if (size.controls >= decision.controls.length) return { ...decision, alsoDue: [] }
  const first = leading(decided).slice(0, size.controls)
  return {
    ...decision,
    controls: first.map(({ id, priority, asvs, owasp2025 }) => ({ id, priority, asvs: asvs.slice(0, 1), owasp2025: owasp2025.slice(0, 1) })),
    alsoDue: decision.controls.filter((control) => !first.includes(control)).map(({ id }) => id),
  }
}
