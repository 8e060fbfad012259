/** Something the caller can fix. The message stands alone: what was found, what was expected, where, what next. */
export class InputError extends Error {
  override readonly name = 'InputError'
}

/** A sheet of ours is wrong. The message names file and field. */
export class KnowledgeError extends Error {
  override readonly name = 'KnowledgeError'
}

/** True for errors whose message is meant for the caller; anything else is our defect and keeps its stack on stderr. */
export const isSpoken = (error: unknown): error is InputError | KnowledgeError =>
  // By name: the bundle is several files, and each holds its own copy of these classes.
  error instanceof Error && (error.name === 'InputError' || error.name === 'KnowledgeError')
