import { technologyId } from '../../core/stack.ts'

/** Databases that speak the protocol or the name of a supported one and are not it: their locks and schema changes are their own. */
const others = [
  'oracle', 'db2', 'cassandra', 'scylla', 'scylladb', 'cockroachdb', 'cockroach', 'crdb', 'yugabyte', 'yugabytedb', 'redshift', 'snowflake', 'bigquery', 'clickhouse', 'spanner', 'tidb', 'vitess', 'couchdb', 'couchbase', 'neo4j',
  'elasticsearch', 'opensearch', 'redis', 'dynamo', 'cosmosdb', 'cosmos', 'documentdb', 'ferretdb', 'singlestore', 'duckdb', 'firebird', 'hana', 'sybase', 'teradata', 'surrealdb', 'rethinkdb', 'greenplum', 'databricks', 'dsql', 'fauna',
]
/** Words that stand beside a name and say nothing about the dialect. */
const words = (text: string): readonly string[] => text.trim().toLowerCase().split(/[^a-z0-9.]+/).filter((word) => word !== '')

/** Beside a database and not instead of one. */
const beside = ['redis', 'elasticsearch', 'opensearch']
const plainName = (word: string): string => word.replace(/\d+(\.\d+)*$/, '')

/** Words of a stack that name a database no plan here is for. */
export const foreignIn = (stack: readonly string[]): readonly string[] =>
  stack.filter((text) => words(text).some((word) => others.includes(plainName(word)) && !beside.includes(plainName(word))))

/** The technology of a database as people write it (`aurora postgresql 16.4`, `postgres:15-alpine`, `MySQL 8.4 LTS`), or undefined when none, several or another product is named. */
export function databaseNamed(text: string): string | undefined {
  const all = words(text)
  if (all.some((word) => others.includes(plainName(word)) || others.includes(word))) return undefined
  const whole = technologyId(text)
  if (whole !== undefined) return whole
  // Two words may be one name: maria db, sql server.
  const pairs = all.slice(1).flatMap((word, index) => [`${all[index]}${word}`, `${all[index]}-${word}`])
  const found = [...new Set([...all, ...pairs].map((word) => technologyId(word)).filter((id) => id !== undefined))]
  return found.length === 1 ? found[0] : undefined
}

/** The first number in a name, as a version: digits and dots. A name that itself ends in a digit has none. */
export function versionIn(text: string): string | undefined {
  return /^d1$/i.test(text.trim()) ? undefined : /(\d+(?:\.\d+)*)/.exec(text)?.[1]
}
