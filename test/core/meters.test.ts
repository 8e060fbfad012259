import { expect, test } from 'vitest'
import { dollars } from '../../src/core/meters.ts'

test.each([[0, '$0'], [26, '$26'], [1666.54, '$1,666.54'], [324.6, '$324.60'], [0.4, '$0.40'], [0.02, '$0.02'], [0.00325, '$0.00325'], [0.005, '$0.005'], [0.0055, '$0.0055'], [32225, '$32,225'], [1234567.5, '$1,234,567.50'], [0.5, '$0.50']])('%d dollars read %s', (amount, text) => expect(dollars(amount)).toBe(text))
