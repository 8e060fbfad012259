import { InputError } from '../../../../core/errors.ts'
import type { MigrationInput } from '../../input.ts'
import { batch, gentleBatch } from '../../rules.ts'
import { need, needColumns, needReference } from '../given.ts'
import { collectionName, fieldPath, inBatches } from './code.ts'
import type { Statement } from '../../sql/statement.ts'

/** What a change is applied to. Reading what was not given throws an InputError that names it. */
export interface MongoTarget {
  readonly input: MigrationInput
  readonly change: string
  readonly collection: string
  readonly field: string
  readonly fields: readonly string[]
  readonly to: string
  readonly from: string
  readonly reference: { readonly collection: string, readonly field: string }
  /** A constant as data. */
  readonly value: string | number | boolean | null
  readonly day: string
  readonly batches: (work: readonly string[]) => Statement
}

function constant(text: string): string | number | boolean | null {
  const found = /^\s*(?:(-?\d{1,15}(?:\.\d{1,15})?)|(true|false|null)|'((?:[^']|'')*)')\s*$/i.exec(text)
  if (found === null) throw new InputError(`Unexpected expression ${JSON.stringify(text)}, expected a constant: a number, true, false, null or 'text'.`)
  if (found[1] !== undefined) return Number(found[1])
  if (found[3] !== undefined) return found[3].replaceAll("''", "'")
  return JSON.parse((found[2] as string).toLowerCase()) as boolean | null
}

export function makeMongoTarget(input: MigrationInput, change: string, options: { readonly gentle: boolean, readonly day: string }): MongoTarget {
  const { rows, pauseSeconds } = options.gentle ? gentleBatch : batch
  return {
    input,
    change,
    get collection() { return collectionName(need(input, 'table')) },
    get field() { return fieldPath(need(input, 'column')) },
    get fields() { return needColumns(input).map((name) => fieldPath(name, 'columns')) },
    get to() { return fieldPath(need(input, 'to'), 'to') },
    get from() { return fieldPath(input.from ?? need(input, 'column'), 'from') },
    get reference() {
      const { table, column } = needReference(input)
      return { collection: collectionName(table, 'references'), field: fieldPath(column, 'references') }
    },
    get value() { return constant(need(input, 'expression')) },
    day: options.day,
    batches(work) {
      return inBatches({ collection: this.collection, id: [change, this.collection, input.column ?? input.from ?? ''].join(' '), rows, pauseSeconds, work })
    },
  }
}
