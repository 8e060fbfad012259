import { familyOf } from '../names.ts'
import { rule, type Hit } from '../subject.ts'

/** A chosen provider none of whose variables the configuration lists. */
export const missingVariables = rule({
  id: 'missing-variables', severity: 'warning',
  about: 'The configuration lists no variable of the identity provider or error tracker that the documents choose.',
  expected: 'the variables it needs', next: 'Add them to the configuration table, with where each is stored.',
  check: ({ stands, claims, facts: { products } }) => {
    const listed = claims.filter(({ kind }) => kind === 'variable')
    const [first] = listed
    if (first === undefined) return []
    const names = new Set(listed.map(({ key }) => key))
    return (['identity-provider', 'errors'] as const).flatMap((kind): readonly Hit[] => {
      const stand = stands.find((each) => each.kind === kind && each.weight === 'statement')
      const chosen = products.filter((product) => product.kinds.includes(kind) && stand?.values.some((value) => familyOf(value) === familyOf(product.id)))
      const wanted = chosen.flatMap(({ variables }) => variables)
      // `ENTRA_TENANT_ID` is a variable of Entra ID, whatever its library calls it.
      const words = chosen.flatMap(({ id, name }) => [...id.split('-'), ...name.split(/\W+/)]).filter((word) => word.length > 3).map((word) => word.toUpperCase())
      if (stand === undefined || wanted.length === 0 || [...names].some((name) => wanted.includes(name) || words.some((word) => name.includes(word)))) return []
      return [{ file: first.file, line: first.line, found: `no variable of ${stand.said}, which ${stand.file}:${stand.line} chooses`, expected: wanted.slice(0, 4).join(', '), other: { file: stand.file, line: stand.line } }]
    })
  },
})
