import fc from 'fast-check'
import { expect, test } from 'vitest'
import { faults, hostile, pageOf, shape, shown } from '../../engine/page/hostile.ts'

const plain = shape(pageOf('plain words'))

test.each(hostile)('%j leaves every element as it was', (text) => {
  const { elements, document } = shape(pageOf(text))
  expect(elements).toEqual(plain.elements)
  expect(faults(document)).toEqual([])
  expect(document.querySelector('h1')?.textContent).toBe(shown(text))
})

test('so does any text at all', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }).filter((text) => text.trim() !== ''), (text) => {
    const { elements, document } = shape(pageOf(text))
    expect(elements).toEqual(plain.elements)
    expect(faults(document)).toEqual([])
  }), { numRuns: 60, seed: 6 })
})
