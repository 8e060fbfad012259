import { blocks, code, plain } from '../../core/markdown.ts'
import { documentsIn, mergeManaged, readDeliverable } from '../../project/managed-files.ts'
import type { FileToWrite } from '../../project/write.ts'
import type { Decision } from './decisions.ts'

/** Folder of the records below the output folder. */
export const recordsFolder = 'adr'

/** A record on disk: what it decided, and whether a later one took its place. */
interface Existing { readonly number: number, readonly file: string, readonly id: string | undefined, readonly choice: string | undefined, readonly superseded: boolean }

const statusLine = /^Decides `([a-z-]+)`: `([^`\n]*)`\.$/m

function readRecords(folder: string): Existing[] {
  return documentsIn(folder, recordsFolder).filter((name) => /^\d{4}-[\w.-]+\.md$/.test(name)).map((name) => {
    const text = readDeliverable(folder, `${recordsFolder}/${name}`) ?? ''
    const [, id, choice] = statusLine.exec(text) ?? []
    return { number: Number(name.slice(0, 4)), file: name, id, choice, superseded: /^Superseded by /m.test(text) }
  })
}

const fileOf = (number: number, id: string): string => `${String(number).padStart(4, '0')}-${id}.md`
const decides = ({ id, choice }: Decision): string => `Decides ${code(id)}: ${code(choice.replaceAll('`', ''))}.`
const status = (text: string): { readonly id: string, readonly body: string } => ({ id: 'status', body: text })

/** The old record with its status changed; everything else in it, and a status that a person wrote, stays. */
function superseded(folder: string, old: Existing, by: string, asOf: string): FileToWrite {
  const path = `${recordsFolder}/${old.file}`
  const text = readDeliverable(folder, path)
  const line = old.id === undefined ? '' : `Decides ${code(old.id)}: ${code(old.choice ?? '')}.`
  return { path, body: mergeManaged(text, '', [status(blocks(`Superseded by [${by.replace(/\.md$/, '')}](${by}) on ${asOf}.`, line))], path).text, merged: true, from: text ?? null }
}

/**
 * Records to write for today's decisions. A record is history: one that decided the same is left alone, whatever else changed since; another
 * decision gets the next number and the old one says which took its place. Records that people wrote keep their numbers.
 */
export function recordFiles(folder: string, decisions: readonly Decision[], asOf: string): FileToWrite[] {
  const existing = readRecords(folder)
  let last = Math.max(0, ...existing.map(({ number }) => number))
  return decisions.flatMap((decision): FileToWrite[] => {
    const before = existing.filter((record) => record.id === decision.id && !record.superseded).at(-1)
    if (before !== undefined && before.choice === decision.choice.replaceAll('`', '')) return []
    last += 1
    const file = fileOf(last, decision.id)
    const accepted = blocks(`Accepted on ${asOf}.${before === undefined ? '' : ` It takes the place of [${before.file.replace(/\.md$/, '')}](${before.file}).`}`, decides(decision))
    const parts = [status(accepted), ...decision.parts.map(({ id, title, body }) => ({ id, body: blocks(`## ${title}`, body) }))]
    const fresh = { path: `${recordsFolder}/${file}`, body: mergeManaged(undefined, `# ${last}. ${decision.title}: ${plain(decision.choice)}`, parts, file).text }
    return before === undefined ? [fresh] : [fresh, superseded(folder, before, file, asOf)]
  })
}
