import { splitScript } from './shell-split.ts'
import type { TreeText } from './tree.ts'

/** One simple command of a script: its words without quotes, where it starts, and where its output goes. */
export interface Command {
  readonly words: readonly string[]
  /** The command as written, on one line. */
  readonly text: string
  readonly line: number
  /** What the output is piped into. */
  readonly pipedTo?: readonly string[]
  /** True when the output goes into a file. */
  readonly redirected: boolean
}

const maxScript = 100_000
/** Words before a command that do not change which program runs. */
const prefixes = new Set(['sudo', 'time', 'exec', 'command', 'then', 'do', 'else', 'if', 'while', '!', '{', '(', 'env', 'retry', '&'])

/** Words of a command without prefixes and assignments in front. */
function bare(words: readonly string[]): readonly string[] {
  const start = words.findIndex((word) => !prefixes.has(word) && !/^\w+=/.test(word) && !/^-[EnHS]+$/.test(word))
  return start < 0 ? [] : words.slice(start)
}

/** The command behind a pipe: the first that starts after the one in front has ended. */
function following<One extends { readonly start: number, readonly end: number }>(all: readonly One[], index: number): One | undefined {
  for (let at = index + 1; at < all.length; at += 1) if ((all[at] as One).start >= (all[index] as One).end) return all[at]
  return undefined
}

function parse(script: TreeText): readonly Command[] {
  const text = script.value.slice(0, maxScript)
  const done = [...splitScript(text)].sort((a, b) => a.start - b.start)
  return done.flatMap((one, index): readonly Command[] => {
    const words = bare(one.words)
    if (words.length === 0) return []
    const next = one.intoNext ? following(done, index) : undefined
    return [{ words, text: text.slice(one.start, Math.min(one.end, one.start + 400)).replace(/\s+/g, ' ').trim(), line: script.lineAt(one.start), redirected: one.redirected, ...(next === undefined ? {} : { pipedTo: bare(next.words) }) }]
  })
}

const known = new WeakMap<TreeText, readonly Command[]>()

/**
 * Splits a shell script into simple commands. A careful approximation for bash, sh and PowerShell: comments, quotes, continued lines
 * and the bodies of here-documents are understood; what stands in `$(…)` counts as commands of its own.
 */
export function commandsOf(script: TreeText): readonly Command[] {
  const commands = known.get(script) ?? parse(script)
  known.set(script, commands)
  return commands
}
