import { add } from '@sample/math'

export const total = (numbers) => numbers.reduce(add, 0)
