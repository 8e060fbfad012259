import type { ClaimKind } from '../facts.ts'
import { rule, type Hit } from '../subject.ts'

/** Rows that say something about the same thing twice. */
export const repeatedRow = rule({
  id: 'repeated-row', severity: 'error',
  about: 'An environment or a variable stands twice in the table that lists it.',
  expected: 'one row for each', next: 'Join the two rows, or delete the one that no longer holds.',
  check: ({ claims }) => (['environment', 'variable'] as readonly ClaimKind[]).flatMap((kind) => {
    const seen = new Map<string, number>()
    return claims.filter((claim) => claim.kind === kind && claim.weight === 'statement').flatMap(({ key, file, line, said }): readonly Hit[] => {
      const id = `${file}\n${key}`
      const earlier = seen.get(id)
      seen.set(id, earlier ?? line)
      return earlier === undefined || earlier === line ? [] : [{ file, line, found: `${kind} ${said} again, as on line ${earlier}`, other: { file, line: earlier } }]
    })
  }),
})
