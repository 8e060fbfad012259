import { circumstances } from '../level.ts'
import type { Seen, Situation } from './found.ts'
import { quoted, says, type Spoken, type Topic } from './spoken.ts'

const texts = (field: string, list: readonly (string | undefined)[] | undefined): Spoken[] => (list ?? []).flatMap((text) => (text === undefined ? [] : [{ field, text }]))

/** A situation with what the rules ask of it. */
export function see(situation: Situation): Seen {
  const { input, change } = situation
  const constraints = texts('constraints', input.constraints)
  const named = [...constraints, ...texts('existing', input.existing), ...texts('stack', input.stack), ...texts('hosting', [input.hosting]), ...texts('tool', [input.tool]), ...texts('database', [input.database])]
  const heard = (spoken: readonly Spoken[], topic: Topic): readonly string[] => [...new Set(spoken.filter(({ text }) => says(text, topic)).map(quoted))]
  return {
    ...situation,
    circumstances: circumstances(input),
    changeId: change?.id ?? '',
    asked: `change: ${change?.id}`,
    removes: change?.destructive === true && change.phases.some(({ phase, rollback }) => rollback.kind === 'restore' || (phase === 'contract' && rollback.kind === 'roll-forward')),
    says: (topic) => heard(constraints, topic),
    names: (topic) => heard(named, topic),
  }
}
