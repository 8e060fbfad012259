import { InputError } from '../../core/errors.ts'
import type { Own } from './input.ts'
import { splitName } from './target.ts'

type Field = 'from' | 'to' | 'table' | 'column'
type Pair = readonly [field: Field, other: Field]

/** Fields that name two things, by change: one name for both makes a plan that works on itself. */
const apart: Readonly<Record<string, readonly Pair[]>> = {
  'enum-remove-value': [['to', 'from']],
  'json-key-rename': [['to', 'from']],
  'json-to-column': [['column', 'from']],
  'mongo-rename-field': [['to', 'from'], ['to', 'column']],
  'rename-column': [['to', 'from'], ['to', 'column']],
  'rename-table': [['to', 'table']],
  'split-table-move-columns': [['to', 'table']],
}
/** Changes whose new columns are not among the old ones; the field that names the other side. */
const notAmong: Readonly<Record<string, readonly Field[]>> = { 'split-column': ['from', 'column'], 'merge-columns': ['to'] }

const valueOf = (own: Own, field: Field): string | undefined => {
  const text = own[field]
  if (text === undefined) return undefined
  return field === 'table' ? splitName(text, own.schema).table : text
}
const refuse = (field: string, text: string, expected: string): never => {
  throw new InputError(`Unexpected ${field} ${JSON.stringify(text)}, expected ${expected}. Change one of them and run again.`)
}

/** Throws InputError where one name stands for two things, or a column is listed twice. */
export function refuseSameNames(own: Own, change: string): void {
  for (const [field, other] of apart[change] ?? []) {
    const [one, two] = [valueOf(own, field), valueOf(own, other)]
    if (one !== undefined && one === two) refuse(field, own[field] as string, `another name than that in ${other}`)
  }
  for (const field of notAmong[change] ?? []) {
    const found = own[field]
    if (found !== undefined && own.columns?.includes(found) === true) refuse('columns', found, `other names than that in ${field}`)
  }
  if (change === 'merge-tables' && own.table !== undefined && own.references?.split('(')[0]?.trim() === own.table) refuse('references', own.references, 'a column of another table than that in table')
  const twice = own.columns?.find((name, index, all) => all.indexOf(name) !== index)
  if (twice !== undefined) refuse('columns', twice, 'each column once')
}
