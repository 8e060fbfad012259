import type { Knowledge } from '../../../knowledge/collections.ts'
import type { Database } from '../database.ts'
import type { MigrationInput } from '../input.ts'
import type { Circumstances } from '../level.ts'
import type { Level } from '../rules.ts'
import type { ToolChoice } from '../select-tool.ts'
import type { Phase } from '../sql/statement.ts'
import type { Topic } from './spoken.ts'

/** What the conflicts are looked for in. `change` is undefined when only a strategy was asked for. */
export interface Situation {
  readonly input: MigrationInput
  readonly database: Database
  readonly tool: ToolChoice
  readonly knowledge: Knowledge
  readonly asOf: string
  readonly change: { readonly id: string, readonly destructive: boolean, readonly level: Level, readonly phases: readonly Phase[] } | undefined
}

/** Numbers, days and ids that a sentence names; never what a person typed. */
export type Values = Readonly<Record<string, string | number>>

/** Inputs that contradict each other, each as `field: value`. */
export interface Hit { readonly inputs: readonly string[], readonly values?: Values }

/** A situation, and how to read it. */
export interface Seen extends Situation {
  readonly circumstances: Circumstances
  /** Id of the change; empty when only a strategy was asked for. */
  readonly changeId: string
  /** `change: …`, as evidence. */
  readonly asked: string
  /** True when a step of the plan takes away what no undo brings back. */
  readonly removes: boolean
  /** Constraints that say it, quoted; empty when none does. */
  readonly says: (topic: Topic) => readonly string[]
  /** The same in every input where a product or a place may be named. */
  readonly names: (topic: Topic) => readonly string[]
  /** What the first group of a topic catches in constraints, each with the text it stands in, quoted. */
  readonly catches: (topic: Topic) => readonly { readonly value: string, readonly said: string }[]
}

/** One contradiction that is looked for. */
export interface Rule<Id extends string = string> {
  readonly id: Id
  readonly find: (seen: Seen) => Hit | undefined
}

/** Rules of one kind, with their ids kept as literals. */
export const rulesOf = <const Id extends string>(rules: readonly Rule<Id>[]): readonly Rule<Id>[] => rules

/** A hit when the condition holds. */
export const hit = (when: boolean, inputs: readonly string[], values?: Values): Hit | undefined => (when ? { inputs, ...(values === undefined ? {} : { values }) } : undefined)
