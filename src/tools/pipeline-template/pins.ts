import { KnowledgeError } from '../../core/errors.ts'
import type { Citations } from '../../knowledge/cite.ts'
import type { Knowledge } from '../../knowledge/collections.ts'

/** Turns `owner/name` or `owner/name/folder` into a pinned reference, and remembers the version for the comment. */
export interface Pins {
  readonly pin: (uses: string) => string
  readonly versions: ReadonlyMap<string, string>
}

/** Pins come from the sheets and from nowhere else. Throws KnowledgeError for an action without a sheet. */
export function pinsFrom(knowledge: Knowledge, citations: Citations): Pins {
  const sheets = new Map(Object.values(knowledge.actions).map((sheet) => [sheet.facts.action.value, sheet]))
  const versions = new Map<string, string>()
  const pin = (uses: string): string => {
    const sheet = sheets.get(uses.split('/').slice(0, 2).join('/'))
    const { sha, version } = sheet?.facts ?? {}
    if (sheet === undefined || sha?.value == null || version?.value == null) throw new KnowledgeError(`No pinned commit for ${uses}, expected a sheet in references/actions.`)
    citations.cite(sheet, sha.source)
    const pinned = `${uses}@${sha.value}`
    versions.set(pinned, version.value)
    return pinned
  }
  return { pin, versions }
}
