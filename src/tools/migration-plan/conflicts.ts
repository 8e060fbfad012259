import type { Change } from './changes/change.ts'
import { connectionRules } from './conflicts/connections.ts'
import { copyToolRules } from './conflicts/copy-tools.ts'
import { dependentRules } from './conflicts/dependents.ts'
import type { Situation, Values } from './conflicts/found.ts'
import { keyRules } from './conflicts/keys.ts'
import { removalRules } from './conflicts/removal.ts'
import { rowRules } from './conflicts/rows.ts'
import { runnerRules } from './conflicts/runners.ts'
import { see } from './conflicts/seen.ts'
import { standstillRules } from './conflicts/standstill.ts'
import { versionRules } from './conflicts/versions.ts'

/** Every contradiction that is looked for, in the order a reader should settle them: lost rows, standstill, what cannot run, what can wait. */
const rules = [...removalRules, ...keyRules, ...standstillRules, ...runnerRules, ...connectionRules, ...copyToolRules, ...rowRules, ...dependentRules, ...versionRules] as const

export type ConflictId = (typeof rules)[number]['id']
export const conflictIds: readonly ConflictId[] = rules.map(({ id }) => id)

/** A contradiction between inputs; `inputs` read `field: value`, words of a person in quotes. `values` is what its sentence names. */
export interface FoundConflict { readonly id: ConflictId, readonly inputs: readonly string[], readonly values: Values }

/** Contradictions between inputs, in a fixed order. Free text is only searched for words, never printed into SQL. */
export function findConflicts(situation: Situation): FoundConflict[] {
  const seen = see(situation)
  return rules.flatMap(({ id, find }) => {
    const found = find(seen)
    return found === undefined ? [] : [{ id, inputs: found.inputs, values: found.values ?? {} }]
  })
}

/** For the registry of changes: whether a change takes something away. Changes of documents are told by their names. */
export const isDestructive = (change: Change | undefined, id: string): boolean => change?.destructive ?? /^(?:drop-|mongo-(?:drop|rename|change|embed|reference|ttl))/.test(id)
