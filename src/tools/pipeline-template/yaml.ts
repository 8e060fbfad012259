import { Document, isPair, isScalar, visit, type YAMLMap } from 'yaml'

/** What a generated YAML file starts with; every line becomes a comment. */
export type Header = readonly string[]

interface Style {
  /** Version of each pinned `uses:`, printed as a comment beside it. */
  readonly versions?: ReadonlyMap<string, string>
  /** YAML 1.1 quotes words such as `on` and `yes`: for readers that still know the old rules. */
  readonly yaml?: '1.1' | '1.2'
  /** True where the same object in several places is written once, under an anchor made of its `name`, and referred to. */
  readonly anchors?: boolean
}

/** Gives anchors the name of what they stand for, in place of a number. */
function nameAnchors(document: Document): void {
  const names = new Map<string, string>()
  visit(document, {
    Map(_, map: YAMLMap) {
      if (map.anchor === undefined) return
      names.set(map.anchor, String(map.get('name') ?? map.anchor).toLowerCase().replace(/[^a-z0-9]+/g, '-'))
      map.anchor = names.get(map.anchor) ?? map.anchor
    },
    Alias(_, alias) { alias.source = names.get(alias.source) ?? alias.source },
  })
}

/**
 * Plain data as YAML text. Values are never spliced into text: quoting is the library's. One empty line stands between
 * the keys of the top level and between jobs.
 */
export function toYaml(data: Readonly<Record<string, unknown>>, header: Header, { versions, yaml = '1.2', anchors = false }: Style = {}): string {
  const document = new Document(data, { version: yaml, aliasDuplicateObjects: anchors })
  if (anchors) nameAnchors(document)
  document.commentBefore = header.map((line) => ` ${line.replace(/[\r\n]+/g, ' ')}`).join('\n')
  visit(document, {
    Pair(_, pair) {
      if (!isScalar(pair.key) || !isScalar(pair.value) || pair.key.value !== 'uses') return
      const version = versions?.get(String(pair.value.value))
      if (version !== undefined) pair.value.comment = ` ${version}`
    },
    Map(key, map, path) {
      const parent = path[path.length - 1]
      const isTop = key === null
      const isJobs = isPair(parent) && isScalar(parent.key) && parent.key.value === 'jobs' && path.length <= 3
      if (!isTop && !isJobs) return
      map.items.forEach((item, index) => {
        if (index > 0 && isPair(item) && isScalar(item.key)) item.key.spaceBefore = true
      })
    },
  })
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}
