import { familyOf } from '../names.ts'
import { rule, type Hit } from '../subject.ts'

/** What the team has ruled out, or asked for. */
export const houseRule = rule({
  id: 'house-rule', severity: 'error',
  about: 'A document chooses what a house rule forbids, or lacks what one requires.',
  expected: 'documents that keep the house rules', next: 'Follow the rule, or have it changed in the profile.',
  check: ({ facts: { record, products }, stands, documents }) => {
    if (record === undefined) return []
    const { forbid = [], require = [] } = record.profile.houseRules ?? {}
    const place = (id: string) => record.places[`houseRules.${id}`] ?? record.places['houseRules'] ?? { file: record.path, line: 1 }
    const because = (reason: string | undefined): string => (reason === undefined ? '' : ` (${reason})`)
    const broken = forbid.flatMap((ruled) => stands.filter(({ weight, values }) => weight === 'statement' && values.some((value) => familyOf(value) === familyOf(ruled.id)))
      .map((stand): Hit => ({ file: stand.file, line: stand.line, found: `${stand.said}, which a house rule forbids${because('reason' in ruled ? ruled.reason : undefined)}`, expected: `no ${ruled.id}`, other: place(ruled.id) })))
    const lacking = require.flatMap((ruled): readonly Hit[] => {
      const product = products.find(({ id }) => id === ruled.id)
      const [kind] = product?.kinds ?? []
      const [first] = documents
      if (product === undefined || kind === undefined || first === undefined || stands.some(({ values }) => values.some((value) => familyOf(value) === familyOf(ruled.id)))) return []
      const stand = stands.find((each) => product.kinds.includes(each.kind) && each.weight === 'statement')
      return [{ file: stand?.file ?? first.file, line: stand?.line ?? 1, found: stand === undefined ? `no ${product.name} anywhere` : `${stand.said}, where a house rule asks for ${product.name}${because('reason' in ruled ? ruled.reason : undefined)}`, expected: product.name, other: place(ruled.id) }]
    })
    return [...broken, ...lacking]
  },
})
