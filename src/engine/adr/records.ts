import { blocks, code, plain } from '../../core/markdown.ts'
import { isSpoken } from '../../core/errors.ts'
import { documentsIn, mergeManaged, readDeliverable } from '../../project/managed-files.ts'
import type { FileToWrite } from '../../project/write.ts'
import type { Kept } from '../kept.ts'
import type { Decision } from './decisions.ts'

/** Folder of the records below the output folder. */
export const recordsFolder = 'adr'

/** Records to write, and those that should say that they were replaced and cannot be changed. */
export interface RecordFiles { readonly files: readonly FileToWrite[], readonly kept: readonly Kept[] }

/** A record on disk: what it decided, and whether a later one took its place. */
interface Existing { readonly number: number, readonly file: string, readonly id: string | undefined, readonly choice: string | undefined, readonly superseded: boolean }

const statusLine = /^Decides `([a-z-]+)`: `([^`\n]*)`\.$/m

/** A record of a person may be anything: one that cannot be read keeps its number and decides nothing of ours. */
function textOf(folder: string, name: string): string {
  try {
    return readDeliverable(folder, `${recordsFolder}/${name}`) ?? ''
  } catch (error) {
    if (isSpoken(error)) return ''
    throw error
  }
}

function readRecords(folder: string): Existing[] {
  return documentsIn(folder, recordsFolder).filter((name) => /^\d{4}-[\w.-]+\.md$/.test(name)).map((name) => {
    const text = textOf(folder, name)
    const [, id, choice] = statusLine.exec(text) ?? []
    return { number: Number(name.slice(0, 4)), file: name, id, choice, superseded: /^Superseded by /m.test(text) }
  })
}

const fileOf = (number: number, id: string): string => `${String(number).padStart(4, '0')}-${id}.md`
const decides = ({ id, choice }: Decision): string => `Decides ${code(id)}: ${code(choice.replaceAll('`', ''))}.`
const supersededLine = (by: string, asOf: string): string => `Superseded by [${by.replace(/\.md$/, '')}](${by}) on ${asOf}.`
const status = (text: string): { readonly id: string, readonly body: string } => ({ id: 'status', body: text })

/** The old record with its status changed. Everything else in it stays; beside a status that a person wrote, a part of its own says it. */
function superseded(folder: string, old: Existing, by: string, asOf: string): FileToWrite {
  const path = `${recordsFolder}/${old.file}`
  const text = readDeliverable(folder, path)
  const mark = supersededLine(by, asOf)
  const line = old.id === undefined ? '' : `Decides ${code(old.id)}: ${code(old.choice ?? '')}.`
  const parts = [status(blocks(mark, line))]
  const merged = mergeManaged(text, '', parts, path)
  const keeps = merged.changes.some((change) => change.status === 'kept-edited')
  return { path, body: keeps ? mergeManaged(text, '', [...parts, { id: 'superseded', body: mark }], path).text : merged.text, merged: true, from: text ?? null }
}

/** The old record as a file to write, or why it stays as it is. */
function supersede(folder: string, old: Existing, by: string, asOf: string): RecordFiles {
  try {
    return { files: [superseded(folder, old, by, asOf)], kept: [] }
  } catch (error) {
    if (!isSpoken(error)) throw error
    return { files: [], kept: [{ file: `${recordsFolder}/${old.file}`, unmarked: { why: error.message.replace(' Nothing was written.', ''), line: supersededLine(by, asOf) } }] }
  }
}

/**
 * Records to write for today's decisions. A record is history: one that decided the same is left alone, whatever else changed since; another
 * decision gets the next number and the old one says which took its place. Records that people wrote keep their numbers.
 */
export function recordFiles(folder: string, decisions: readonly Decision[], asOf: string): RecordFiles {
  const existing = readRecords(folder)
  let last = Math.max(0, ...existing.map(({ number }) => number))
  const all = decisions.map((decision): RecordFiles => {
    const before = existing.filter((record) => record.id === decision.id && !record.superseded).at(-1)
    if (before !== undefined && before.choice === decision.choice.replaceAll('`', '')) return { files: [], kept: [] }
    last += 1
    const file = fileOf(last, decision.id)
    const accepted = blocks(`Accepted on ${asOf}.${before === undefined ? '' : ` It takes the place of [${before.file.replace(/\.md$/, '')}](${before.file}).`}`, decides(decision))
    const parts = [status(accepted), ...decision.parts.map(({ id, title, body }) => ({ id, body: blocks(`## ${title}`, body) }))]
    const fresh = { path: `${recordsFolder}/${file}`, body: mergeManaged(undefined, `# ${last}. ${decision.title}: ${plain(decision.choice)}`, parts, file).text }
    if (before === undefined) return { files: [fresh], kept: [] }
    const old = supersede(folder, before, file, asOf)
    return { files: [fresh, ...old.files], kept: old.kept }
  })
  return { files: all.flatMap(({ files }) => files), kept: all.flatMap(({ kept }) => kept) }
}
