import { join } from 'node:path'
import { blocks } from '../core/markdown.ts'
import { filesFolder } from '../project/deliverables.ts'
import { lineDiff } from '../project/line-diff.ts'
import { mergeManaged, readDeliverable } from '../project/managed-files.ts'
import { readText } from '../project/read-text.ts'
import { ledgerFile, ledgerName, readLedger, untouchedText, type Ledger } from '../project/write-ledger.ts'
import { writeFiles, type FileToWrite, type Written } from '../project/write.ts'
import type { RecordFiles } from './adr/records.ts'
import type { Blueprint } from './blueprint-run.ts'
import type { Kept } from './kept.ts'

/** What writing a blueprint did. `kept` lists what people had changed: it stays, and the difference is shown. */
export interface Placed { readonly files: readonly Written[], readonly kept: readonly Kept[] }

export interface PlaceOptions {
  /** Replace generated files that somebody changed. */
  readonly overwrite: boolean
  /** Folder that `folder` may not lead out of through a link. Left out for a folder that a person named in a shell. */
  readonly within?: string
  /** Further generated files of the same run. */
  readonly also?: readonly FileToWrite[]
  /** Architecture decision records: history that is added to. */
  readonly records?: RecordFiles
  /** Only some of the files were asked for: what else an earlier run wrote stays. */
  readonly some?: boolean
}

/** A generated file; one that nobody changed since an earlier run wrote it may be replaced. */
function generated(folder: string, file: FileToWrite, ledger: Ledger): FileToWrite {
  const from = file.merged === true ? undefined : untouchedText(folder, file.path, ledger)
  return from === undefined ? file : { ...file, merged: true, from }
}

/** What earlier runs wrote and this one does not, where nobody changed it since. */
const leftOver = (folder: string, ledger: Ledger, files: readonly FileToWrite[]): FileToWrite[] => [...ledger.keys()].flatMap((path) => {
  const from = path.startsWith(`${filesFolder}/`) && !files.some((file) => file.path.toLowerCase() === path.toLowerCase()) ? untouchedText(folder, path, ledger) : undefined
  return from === undefined ? [] : [{ path, body: '', merged: true, from, remove: true as const }]
})

function keptFile(folder: string, { path, body }: FileToWrite): Kept {
  const there = path.endsWith('.html') ? undefined : readText(join(folder, path), 1_000_000)
  return { file: path, ...(there?.kind === 'text' && { diff: lineDiff(there.text, body, 'yours', 'generated') }) }
}

/**
 * Writes the three documents and the generated files into `folder` (absolute; made when missing). Documents that exist are merged part
 * by part; a generated file that somebody changed stays unless `overwrite`, and the rest is written. Throws InputError before anything is written.
 */
export function placeBlueprint(folder: string, blueprint: Blueprint, options: PlaceOptions): Placed {
  const kept: Kept[] = []
  const documents = blueprint.documents.map((document) => {
    const parts = document.parts.map((part) => ({ id: part.id, body: blocks(`## ${part.title}`, part.body) }))
    const existing = readDeliverable(folder, document.file)
    const merged = mergeManaged(existing, `# ${document.title}`, parts, join(folder, document.file), { complete: true })
    kept.push(...merged.changes.filter(({ status }) => status === 'kept-edited').map((change) => ({ ...change, file: document.file })))
    return { path: document.file, body: merged.text, merged: true, from: existing ?? null }
  })
  const ledger = readLedger(folder)
  const fresh = [...blueprint.files.map(({ path, body }): FileToWrite => ({ path, body })), ...(options.also ?? [])].map((file) => generated(folder, file, ledger))
  const gone = options.some === true ? [] : leftOver(folder, ledger, fresh)
  // The ledger is put in place first: wherever a run is cut off, it knows the old text and the new one.
  const noted = fresh.length + gone.length === 0 ? [] : [ledgerFile(folder, ledger, fresh, gone.map(({ path }) => path))]
  const files = [...documents, ...fresh, ...gone, ...(options.records?.files ?? []), ...noted]
  const written = writeFiles(folder, files, { overwrite: options.overwrite, partial: true, ...(options.within === undefined ? {} : { within: options.within }) })
  const refused = fresh.filter(({ path }) => written.some((one) => one.path === path && one.status === 'refused'))
  // Nobody asked for the ledger, so it says what it is for; what was refused is a conflict, which says what to do.
  const told = written.map(({ path, status }) => ({ path, status, ...(path === ledgerName && status === 'created' && { next: 'commit it: a later run knows by it which files nobody changed' }) }))
  return { files: told, kept: [...kept, ...refused.map((file) => keptFile(folder, file)), ...(options.records?.kept ?? [])] }
}
