import type { Knowledge } from '../knowledge/collections.ts'

/** What the outside world gives: the engine reads no clock, environment or argument of its own. */
export interface World {
  /** Absolute path of the open project, outside of which nothing is ever written; null when the host does not tell which one is open. */
  readonly root: string | null
  /** Records that every project of this person stands on, absolute paths, the most general first. */
  readonly records?: readonly string[]
  /** Absolute folder that relative output paths of a shell start from. */
  readonly cwd: string
  /** Today, YYYY-MM-DD. */
  today(): string
  /** Loads the sheets; called at most once. */
  knowledge(): Knowledge
  /** One line of progress for a person. */
  progress(text: string): void
}

/** `structured` is what a model reads; `text` holds the same facts for hosts that show only text. `shell` is what a terminal shows instead: whole, and without markup. */
export interface Answer {
  readonly structured: Record<string, unknown>
  readonly text: string
  readonly shell?: { readonly structured: Record<string, unknown>, readonly text: string }
}

/** A call that server and command line offer under the same name. */
export interface Call {
  readonly name: string
  readonly title: string
  readonly description: string
  /** True when the call writes nothing. */
  readonly readOnly: boolean
  /** True when the call may replace what is there. */
  readonly destructive: boolean
  /** JSON Schema of the arguments, flat, without `$schema`. */
  inputSchema(): Record<string, unknown>
  /** The same with the profile fields that it takes and ignores, which no model needs to see; absent where there are none. */
  acceptedSchema?(): Record<string, unknown>
  /** What --help of a shell lists, where that is more than a model sees. */
  helpSchema?(): Record<string, unknown>
  /** Throws InputError or KnowledgeError with a sentence for the caller. */
  run(args: unknown, world: World): Promise<Answer>
}
