import { blocks, code, plain } from '../../core/markdown.ts'
import { isSpoken } from '../../core/errors.ts'
import { documentsIn, mergeManaged, readDeliverable } from '../../project/managed-files.ts'
import type { FileToWrite } from '../../project/write.ts'
import type { Kept } from '../kept.ts'
import { recordIds, type Decision } from './decisions.ts'

/** Folder of the records below the output folder. */
export const recordsFolder = 'adr'

/** Records to write, and those that should say that they were replaced and cannot be changed. */
export interface RecordFiles { readonly files: readonly FileToWrite[], readonly kept: readonly Kept[] }

/** A record on disk: what it decided and when, and whether that is over. */
interface Existing { readonly number: number, readonly file: string, readonly id: string | undefined, readonly choice: string | undefined, readonly accepted: string | undefined, readonly over: boolean }

/** Lines may have been wrapped by an editor. */
const statusLine = /^Decides\s+`([a-z-]+)`:\s+`([^`]*)`\.$/m

/** A record of a person may be anything: one that cannot be read keeps its number and decides nothing of ours. */
function textOf(folder: string, name: string): string {
  try {
    return readDeliverable(folder, `${recordsFolder}/${name}`) ?? ''
  } catch (error) {
    if (isSpoken(error)) return ''
    throw error
  }
}

/** Names people give to records: `0012-use-a-monorepo.md`, `adr-12 größe.md`. All of them keep their number. */
const numbered = /^(?:adr[-_ ]?)?(\d{1,6})[-_. ].*\.(?:md|markdown)$/i

function readRecords(folder: string): Existing[] {
  return documentsIn(folder, recordsFolder).flatMap((name) => {
    const number = numbered.exec(name)?.[1]
    if (number === undefined) return []
    const text = name.endsWith('.md') ? textOf(folder, name) : ''
    const [, id, choice] = statusLine.exec(text) ?? []
    return [{ number: Number(number), file: name, id, choice: choice?.replace(/\s+/g, ' '), accepted: /^Accepted on .*$/m.exec(text)?.[0], over: /^(?:Superseded by|No longer applies) /m.test(text) }]
  })
}

const link = (file: string): string => `[${file.replace(/\.md$/, '')}](${file})`
const fileOf = (number: number, id: string): string => `${String(number).padStart(4, '0')}-${id}.md`
const decides = (id: string, choice: string): string => `Decides ${code(id)}: ${code(choice)}.`
const choiceOf = ({ choice }: Decision): string => choice.replaceAll('`', '')
const status = (text: string): { readonly id: string, readonly body: string } => ({ id: 'status', body: text })

/** The record with its end in its status; when it began and what it replaced stays, and all else in it. Beside a status that a person wrote, a part of its own says it. */
function ended(folder: string, { file, id = '', choice = '', accepted }: Existing, mark: string): FileToWrite {
  const path = `${recordsFolder}/${file}`
  const text = readDeliverable(folder, path)
  const parts = [status(blocks(mark, accepted, decides(id, choice)))]
  const merged = mergeManaged(text, '', parts, path)
  const keeps = merged.changes.some((change) => change.status === 'kept-edited')
  return { path, body: keeps ? mergeManaged(text, '', [...parts, { id: 'superseded', body: mark }], path).text : merged.text, merged: true, from: text ?? null }
}

/** The record that ends as a file to write, or why it stays as it is. */
function end(folder: string, old: Existing, line: string): RecordFiles {
  try {
    return { files: [ended(folder, old, line)], kept: [] }
  } catch (error) {
    if (!isSpoken(error)) throw error
    return { files: [], kept: [{ file: `${recordsFolder}/${old.file}`, unmarked: { why: error.message.replace(' Nothing was written.', ''), line } }] }
  }
}

/**
 * Records to write for today's decisions. A record is history: one that decided the same is left alone, whatever else changed since; another
 * decision gets the next number and the old one says which took its place; where nothing is to be decided any more, the old one says that.
 * Records that people wrote keep their numbers.
 */
export function recordFiles(folder: string, decisions: readonly Decision[], asOf: string): RecordFiles {
  const existing = readRecords(folder).sort((a, b) => a.number - b.number)
  let last = Math.max(0, ...existing.map(({ number }) => number))
  const written = decisions.map((decision): RecordFiles => {
    const before = existing.filter((record) => record.id === decision.id && !record.over).at(-1)
    if (before?.choice === choiceOf(decision)) return { files: [], kept: [] }
    last += 1
    const file = fileOf(last, decision.id)
    const accepted = blocks(`Accepted on ${asOf}.${before === undefined ? '' : ` It takes the place of ${link(before.file)}.`}`, decides(decision.id, choiceOf(decision)))
    const parts = [status(accepted), ...decision.parts.map(({ id, title, body }) => ({ id, body: blocks(`## ${title}`, body) }))]
    const fresh = { path: `${recordsFolder}/${file}`, body: mergeManaged(undefined, `# ${last}. ${decision.title}: ${plain(decision.choice)}`, parts, file).text }
    const old = before === undefined ? undefined : end(folder, before, `Superseded by ${link(file)} on ${asOf}.`)
    return { files: [fresh, ...(old?.files ?? [])], kept: old?.kept ?? [] }
  })
  const gone = existing.filter(({ id, over }) => id !== undefined && recordIds.includes(id) && !over && !decisions.some((decision) => decision.id === id))
  const all = [...written, ...gone.map((old) => end(folder, old, `No longer applies since ${asOf}: there is nothing of the kind to decide.`))]
  return { files: all.flatMap(({ files }) => files), kept: all.flatMap(({ kept }) => kept) }
}
