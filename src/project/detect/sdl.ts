import { isMap, isSeq, LineCounter, parseDocument, type Node } from 'yaml'
import type { Detector } from './findings.ts'
import { sdlFields } from './sdl-fields.ts'

/** Nodes at a dotted path in which `*` stands for every item of a list. */
function nodesAt(node: unknown, path: readonly string[]): Node[] {
  const [head, ...rest] = path
  if (node === null || node === undefined) return []
  if (head === undefined) return [node as Node]
  if (head === '*') return isSeq(node) ? node.items.flatMap((item) => nodesAt(item, rest)) : []
  return isMap(node) ? nodesAt(node.get(head, true), rest) : []
}

/** SDL files: `solution.sdl.yaml` (or `sdl.yaml`) in the root and the parts beside it or in `sdl/`. Sections may stand in any of them. */
export const detectSdl: Detector = (files, found) => {
  for (const file of files.named('*.yaml', '*.yml').filter((path) => /^(sdl\/)?[\w-]+\.sdl\.ya?ml$|^sdl\.ya?ml$/.test(path))) {
    const text = files.text(file)
    if (text === undefined) continue
    const lines = new LineCounter()
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, schema: 'core' })
    const error = document.errors[0]
    if (error !== undefined) {
      found.note(file, `it is not valid YAML: line ${lines.linePos(error.pos[0]).line}`)
      continue
    }
    const version = nodesAt(document.contents, ['sdlVersion'])[0]?.toJS(document)
    if (version !== undefined && version !== '1.1') found.note(file, `it states SDL version ${JSON.stringify(version).slice(0, 20)}; fields were read as those of 1.1`)
    for (const { path, weight, says } of sdlFields) {
      for (const node of nodesAt(document.contents, path.split('.'))) {
        const line = lines.linePos(node.range?.[0] ?? 0).line
        for (const [field, value] of says(node.toJS(document, { maxAliasCount: 50 }))) found.add(field, value, file, line, weight)
      }
    }
  }
}
