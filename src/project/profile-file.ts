import { isAbsolute, relative, resolve } from 'node:path'
import * as z from 'zod'
import { InputError, isSpoken } from '../core/errors.ts'
import { parseStrict } from '../core/parse.ts'
import { line, Profile } from '../core/profile.ts'
import { splitFrontMatter } from '../knowledge/front-matter.ts'
import { realRoot, reason } from './inside.ts'
import { readText } from './read-text.ts'

/** Where a project keeps its profile, relative to its root. */
export const profilePath = '.claude/operational-patterns.md'
const maxBytes = 256 * 1024

/** The profile a project states. `path` is null when there is no file; `prose` is the text below the front matter. */
export interface ProfileFile {
  readonly profile: Profile
  readonly path: string | null
  readonly prose: string
  /** Records this one stands on, as written: paths that start from its folder. */
  readonly extends: readonly string[]
}

/** What only a file says: the records below it, and a pin with a reason of its own, `auth: {id: workos, reason: …}`. */
const PinnedWithReason = z.strictObject({ id: z.string(), reason: line(200).optional() })
const Extends = z.union([line(300).transform((path) => [path]), z.array(line(300)).max(8)], { error: 'expected the path of a record, or a list of at most 8' })

/** Takes out of the front matter what the profile has no field for. Reasons of single pins become one text, each with its pin. */
function profileAlone(data: Record<string, unknown>, where: string): { readonly data: Record<string, unknown>, readonly extends: readonly string[] } {
  const { extends: below, decisions, ...rest } = data
  const bases = below === undefined ? [] : parseStrict(z.strictObject({ extends: Extends }), { extends: below }, where).extends
  if (decisions === null || typeof decisions !== 'object' || Array.isArray(decisions)) return { data: decisions === undefined ? rest : { ...rest, decisions }, extends: bases }
  const reasons: string[] = []
  const pins = Object.entries(decisions).map(([slot, value]) => {
    const pin = PinnedWithReason.safeParse(value)
    if (!pin.success) return [slot, value] as const
    if (pin.data.reason !== undefined) reasons.push(`${slot}: ${pin.data.reason}`)
    return [slot, pin.data.id] as const
  })
  const own = pins.find(([slot]) => slot === 'reason')?.[1]
  const reason = [...(typeof own === 'string' ? [own] : []), ...reasons].join('; ')
  return { data: { ...rest, decisions: { ...Object.fromEntries(pins), ...(reasons.length > 0 && { reason: reason.slice(0, 500) }) } }, extends: bases }
}

/** Line on which the first wrong field stands, 1-based; the front matter starts on line 2. */
function lineOfFault(data: unknown, text: string): number {
  const parsed = Profile.safeParse(data)
  if (parsed.success) return 1
  const issue = parsed.error.issues[0]
  const key = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path.findLast((part) => typeof part === 'string')
  const lines = text.split(/\r?\n/)
  const lineOf = (name: PropertyKey | undefined): number => (name === undefined ? 0 : 1 + lines.findIndex((content) => content.replace(/^[\s{"'-]*/, '').startsWith(String(name))))
  // A field inside braces stands on the line of the one that holds it.
  return lineOf(key) || lineOf(issue?.path[0]) || 1
}

function parseProfile(text: string, where: string): Omit<ProfileFile, 'path'> {
  const first = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? ''
  if (/^---\s*\S/.test(first) && !/^---\s*ya?ml\s*$/.test(first)) throw new InputError(`Unexpected front matter ${JSON.stringify(first.slice(0, 40))} at ${where}:1, expected YAML between two lines of ---. Write the first line as --- and run again.`)
  if (/^---\s*(ya?ml\s*)?$/.test(first) && !/\r?\n---[ \t]*(\r?\n|$)/.test(text)) throw new InputError(`Unexpected end of ${where}, expected a second line of --- that closes the front matter. Add it and run again.`)
  const { data, body } = splitFrontMatter(text, where)
  if (data === null || typeof data !== 'object' || Array.isArray(data)) throw new InputError(`Unexpected front matter at ${where}:2, expected lines of the form field: value. Correct it and run again.`)
  const alone = profileAlone(data as Record<string, unknown>, where)
  try {
    return { profile: parseStrict(Profile, alone.data, `${where}:${lineOfFault(alone.data, text)}`), prose: body, extends: alone.extends }
  } catch (error) {
    throw error instanceof InputError ? new InputError(`${error.message} Correct the file and run again.`) : error
  }
}

/**
 * Reads `.claude/operational-patterns.md` of the project, or `file` (relative to `root` or absolute). Without a default file the
 * profile is empty; a named file must exist. Throws InputError with file, line, field and next step.
 */
export function readProfile(root: string, file?: string): ProfileFile {
  const folder = realRoot(root)
  const path = resolve(folder, file ?? profilePath)
  const way = relative(folder, path)
  const where = (way.startsWith('..') || isAbsolute(way) ? path : way).replaceAll('\\', '/')
  const read = readText(path, maxBytes)
  if (read.kind === 'missing' && file === undefined) return { profile: {}, path: null, prose: '', extends: [] }
  if (read.kind === 'missing') throw new InputError(`Cannot read the profile ${where}: it does not exist. Name an existing file, or leave the name out to use ${profilePath}.`)
  if (read.kind === 'unusable') throw new InputError(`Cannot read the profile ${where}: ${read.problem}. It must be a text file that you may read, whose front matter holds the profile.`)
  try {
    return { ...parseProfile(read.text, where), path: where }
  } catch (error) {
    if (isSpoken(error)) throw error
    throw new InputError(`Cannot read the front matter of ${where}: ${reason(error)}. Write plain YAML without anchors and run again.`)
  }
}
