import { InputError } from '../../core/errors.ts'
import { didYouMean } from '../../core/nearest.ts'
import { readStack, technologyId } from '../../core/stack.ts'
import { databaseNamed, foreignIn, versionIn } from './database-names.ts'
import type { MigrationInput } from './input.ts'

const relational = ['postgresql', 'mysql', 'mariadb', 'sqlite', 'sqlserver'] as const
const documents = ['mongodb', 'dynamodb', 'firestore'] as const
const supported = [...relational, ...documents]
export type DatabaseId = (typeof supported)[number] | 'none'

/** The database a plan is for. `stated` is false when nobody named one; `version` is what was written, digits and dots; `foreign` names one that no plan here is for. */
export interface Database { readonly id: DatabaseId, readonly version: string | undefined, readonly stated: boolean, readonly foreign?: string }

const isSupported = (id: string | undefined): id is Exclude<DatabaseId, 'none'> => supported.some((known) => known === id)

/** True when documents carry their own shape and readers cope with old ones. */
export const isSchemaless = (id: DatabaseId): boolean => documents.some((known) => known === id)

const versionOf = (...texts: readonly (string | undefined)[]): string | undefined => {
  for (const text of texts) {
    const version = text === undefined ? undefined : versionIn(text)
    if (version !== undefined) return version
  }
  return undefined
}

/**
 * Reads the database from `database`, else from the stack. A plan for a change needs one: PostgreSQL is then assumed.
 * Throws InputError for a database we cannot advise on.
 */
export function readDatabase(input: MigrationInput): Database {
  if (input.database !== undefined) {
    const id = databaseNamed(input.database)
    if (!isSupported(id)) throw new InputError(`Unexpected database ${JSON.stringify(input.database)}, expected one of ${supported.join(', ')}.${didYouMean(input.database, supported)}`)
    return { id, version: versionOf(input.databaseVersion, input.database), stated: true }
  }
  const id = readStack(input).databases.find(isSupported)
  if (id !== undefined) return { id, version: versionOf(input.databaseVersion, (input.stack ?? []).find((word) => technologyId(word) === id)), stated: true }
  const [foreign] = foreignIn(input.stack ?? [])
  if (foreign !== undefined && input.change !== undefined) throw new InputError(`Unexpected database ${JSON.stringify(foreign)} in stack, expected one of ${supported.join(', ')}. Name \`database\` when the change is for another one.`)
  if (foreign !== undefined) return { id: 'none', version: undefined, stated: true, foreign }
  return { id: input.change === undefined ? 'none' : 'postgresql', version: versionOf(input.databaseVersion), stated: false }
}
