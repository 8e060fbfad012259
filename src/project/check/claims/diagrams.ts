import type { Claim } from '../claim.ts'
import type { Document } from '../document.ts'
import { isAside } from '../document.ts'
import type { NameIndex } from '../names.ts'

/** What the diagrams of a document show: nodes that are, as a whole, an identity provider. */
export function diagramClaims({ blocks, file }: Document, names: NameIndex): readonly Claim[] {
  return blocks.flatMap(({ block, sections }) => {
    if (block.kind !== 'code' || block.language !== 'mermaid' || isAside(sections)) return []
    return block.body.flatMap(({ line, text }) => [...text.matchAll(/["[(]+([^"[\](){}|]{2,60})["\])]+/g)].flatMap((match): readonly Claim[] => {
      const product = names.whole(match[1] ?? '', ['identity-provider'])
      return product === undefined ? [] : [{ kind: 'identity-provider', key: '', value: product.id, said: `node ${match[1]}`, file, line, weight: 'trace' }]
    }))
  })
}
