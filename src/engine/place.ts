import { join } from 'node:path'
import { mergeManaged, readDeliverable, type PartChange } from '../project/managed-files.ts'
import { writeFiles, type FileToWrite, type Written } from '../project/write.ts'
import { blocks } from '../core/markdown.ts'
import type { Blueprint } from './blueprint-run.ts'

/** What writing a blueprint did. `kept` lists managed parts that a person had changed: they stay, and the difference is shown. */
export interface Placed { readonly files: readonly Written[], readonly kept: readonly (PartChange & { readonly file: string })[] }

export interface PlaceOptions {
  /** Replace generated files that differ. */
  readonly overwrite: boolean
  /** Folder that `folder` may not lead out of through a link. Left out for a folder that a person named in a shell. */
  readonly within?: string
  /** Further files that belong to the same run. */
  readonly also?: readonly FileToWrite[]
}

/**
 * Writes the three documents and the generated files into `folder` (absolute; made when missing). Documents that exist are
 * merged part by part; generated files that differ are refused unless `overwrite`. Throws InputError before anything is written.
 */
export function placeBlueprint(folder: string, blueprint: Blueprint, options: PlaceOptions): Placed {
  const kept: (PartChange & { file: string })[] = []
  const documents = blueprint.documents.map((document) => {
    const parts = document.parts.map((part) => ({ id: part.id, body: blocks(`## ${part.title}`, part.body) }))
    const existing = readDeliverable(folder, document.file)
    const merged = mergeManaged(existing, `# ${document.title}`, parts, join(folder, document.file), { complete: true })
    kept.push(...merged.changes.filter(({ status }) => status === 'kept-edited').map((change) => ({ ...change, file: document.file })))
    return { path: document.file, body: merged.text, merged: true, from: existing ?? null }
  })
  const files = blueprint.files.map(({ path, body }) => ({ path, body }))
  return { files: writeFiles(folder, [...documents, ...files, ...(options.also ?? [])], options), kept }
}
