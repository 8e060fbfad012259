import { basename, isAbsolute, resolve } from 'node:path'
import { isSpoken } from '../core/errors.ts'
import type { CheckFacts } from '../project/check/facts.ts'
import type { Repository } from '../project/check/subject.ts'
import { filesFolder } from '../project/deliverables.ts'
import { detectProject } from '../project/detect.ts'
import { openProject } from '../project/detect/files.ts'
import type { Note } from '../project/detect/findings.ts'
import { resolveInside } from '../project/inside.ts'
import { readText } from '../project/read-text.ts'
import { readRecord } from '../project/record.ts'
import { checkFacts } from './check-facts.ts'
import type { World } from './engine.ts'
import { unknownHouseRules } from './house-rules.ts'

/** What is looked at beside the documents. `notes` says what could not be checked, and why. */
export interface Looked { readonly facts: CheckFacts, readonly repository: Repository, readonly notes: readonly string[] }

type Places = Record<string, { readonly file: string, readonly line: number }>

/** Where one record says each field, pin and house rule. Each stands where it is first named. */
function placesIn(path: string, file: string): Places {
  const read = readText(path, 256 * 1024)
  const found: Places = {}
  if (read.kind !== 'text') return found
  let top = ''
  for (const [index, text] of read.text.replace(/^\uFEFF/, '').split('\n').entries()) {
    if (index > 0 && text.startsWith('---')) break
    top = /^([A-Za-z]+):/.exec(text)?.[1] ?? top
    for (const [, field = ''] of text.matchAll(/(?:^\s*|[{,]\s*)([A-Za-z]+):/g)) found[field] ??= { file, line: index + 1 }
    if (top === 'houseRules') for (const [id] of text.matchAll(/[a-z0-9][a-z0-9.-]*/g)) found[`${top}.${id}`] ??= { file, line: index + 1 }
  }
  return found
}

/** The record of the project; one that cannot be read is no reason not to check the rest. */
function recordOf(folder: string, world: World, notes: string[]): CheckFacts['record'] {
  try {
    const { path, profile, layers } = readRecord(folder, world.records)
    const [first] = layers
    if (first !== undefined) {
      // Later layers are nearer to the project, and their values won. A record elsewhere on this machine is shown by its name.
      const places: Places = Object.assign({}, ...layers.map((layer) => placesIn(resolve(folder, layer), isAbsolute(layer) ? basename(layer) : layer)))
      return { path: path ?? basename(first), profile, places }
    }
    notes.push('There is no profile file (.claude/operational-patterns.md), so controls, stage and house rules were not checked.')
  } catch (error) {
    if (!isSpoken(error)) throw error
    notes.push(`The profile could not be used, so controls, stage and house rules were not checked. ${error.message}`)
  }
  return undefined
}

/** What the generated files beside the documents show; null where there are none. */
function waitingIn(root: string, folder: string): Repository['waiting'] {
  try {
    return detectProject(resolveInside(root, `${folder.replace(/\/+$/, '')}/${filesFolder}`.replace(/^\.\//, '')))
  } catch (error) {
    if (isSpoken(error)) return null
    throw error
  }
}

/** Reads the record and the repository once, and asks the tools what they would decide. */
export function lookAt(root: string, folder: string, world: World): Looked {
  const notes: string[] = []
  const problems: Note[] = []
  const files = openProject(root, problems)
  const detection = detectProject(root, problems, files)
  const facts = checkFacts(world.knowledge(), world.today(), detection, recordOf(root, world, notes))
  for (const { inputs, problem, resolution } of unknownHouseRules(facts.record?.profile ?? {}, world.knowledge())) notes.push(`${inputs.join()}: ${problem} ${resolution}`)
  return { facts, repository: { detection, files, problems, waiting: waitingIn(root, folder) }, notes }
}
