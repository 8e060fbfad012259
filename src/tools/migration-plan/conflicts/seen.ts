import { circumstances } from '../level.ts'
import type { Seen, Situation } from './found.ts'
import { caught, quoted, says, spoken, type Spoken, type Topic } from './spoken.ts'

/** A decision is made many times with other numbers and the same words: each list is read, and each topic looked for in a text, once. */
const read = new WeakMap<readonly string[], readonly Spoken[]>()
const known = new WeakMap<Spoken, Map<Topic, boolean>>()

function texts(field: string, list: readonly string[] | undefined): readonly Spoken[] {
  if (list === undefined) return []
  const found = read.get(list) ?? list.map((text) => spoken(field, text))
  read.set(list, found)
  return found
}

function isSaid(text: Spoken, topic: Topic): boolean {
  const topics = known.get(text) ?? new Map<Topic, boolean>()
  known.set(text, topics)
  const found = topics.get(topic) ?? says(text, topic)
  topics.set(topic, found)
  return found
}

const heard = (list: readonly Spoken[], topic: Topic): readonly string[] => [...new Set(list.filter((text) => isSaid(text, topic)).map(quoted))]
const one = (field: string, text: string | undefined): readonly Spoken[] => (text === undefined ? [] : [spoken(field, text)])

/** A situation with what the rules ask of it. */
export function see(situation: Situation): Seen {
  const { input, change } = situation
  const constraints = texts('constraints', input.constraints)
  const named = [...constraints, ...texts('existing', input.existing), ...texts('stack', input.stack), ...one('hosting', input.hosting), ...one('database', input.database)]
  return {
    ...situation,
    circumstances: circumstances(input),
    changeId: change?.id ?? '',
    asked: `change: ${change?.id}`,
    removes: change?.destructive === true && change.phases.some(({ phase, rollback }) => rollback.kind === 'restore' || (phase === 'contract' && rollback.kind === 'roll-forward')),
    says: (topic) => heard(constraints, topic),
    names: (topic) => heard(named, topic),
    catches: (topic) => constraints.flatMap((text) => {
      const value = caught(text, topic)
      return value === undefined ? [] : [{ value, said: quoted(text) }]
    }),
  }
}
