import { rule } from '../subject.ts'

/** Real rows outside production. */
export const realData = rule({
  id: 'real-data', severity: 'error',
  about: 'An environment below production holds real rows.',
  expected: 'made-up rows, or masked ones where the profile allows them', next: 'Fill it with generated rows; mask inside production and copy the result where that is not enough.',
  check: ({ claims }) => claims.filter(({ kind, key, value }) => kind === 'environment-data' && value === 'real' && key !== 'production').map(({ file, line, key, said }) => ({ file, line, found: `${key} with ${said}` })),
})
