import { asWord } from '../../core/words.ts'
import type { DatabaseId } from './database.ts'

/** What people call a change, with dashes for spaces, under the id it has here. */
const names: Readonly<Record<string, readonly string[]>> = {
  'add-check': ['check', 'check-constraint', 'add-check-constraint'],
  'add-column-not-null-computed': ['add-computed-column', 'add-required-computed-column'],
  'add-column-not-null-constant-default': ['add-not-null-column', 'add-column-not-null', 'add-required-column', 'add-column-with-default', 'add-column-default'],
  'add-column-volatile-default': ['add-uuid-column', 'add-column-uuid-default', 'add-column-random-default'],
  'add-foreign-key': ['add-fk', 'fk', 'foreign-key', 'foreign-key-constraint', 'add-foreign-key-constraint'],
  'add-index': ['index', 'create-index', 'new-index', 'add-index-concurrently', 'create-index-concurrently', 'add-composite-index'],
  'add-nullable-column': ['add-column', 'new-column', 'create-column', 'add-optional-column', 'add-field', 'new-field'],
  'add-stored-generated-column': ['generated-column', 'add-generated-column', 'stored-generated-column'],
  'add-tenant-id': ['rls', 'row-level-security', 'enable-rls', 'add-rls', 'multi-tenant', 'multi-tenancy', 'tenant-id', 'add-tenant', 'tenant-isolation'],
  'add-unique': ['unique', 'unique-constraint', 'add-unique-constraint', 'unique-index', 'add-unique-index', 'create-unique-index', 'unique-key', 'add-unique-key'],
  'adopt-tool': ['baseline', 'adopt', 'adopt-migrations', 'adopt-migration-tool', 'introduce-migrations', 'existing-database'],
  'backfill-only': ['backfill', 'backfill-column', 'data-migration', 'update-rows', 'fill-column'],
  'change-collation': ['collation', 'alter-collation'],
  'change-column-default': ['set-default', 'change-default', 'alter-default', 'drop-default', 'add-default', 'column-default'],
  'ci-integration': ['ci', 'ci-cd', 'pipeline', 'migrations-in-ci'],
  'drop-column': ['remove-column', 'delete-column', 'drop-field', 'remove-field', 'delete-field'],
  'drop-foreign-key': ['drop-fk', 'remove-fk', 'remove-foreign-key', 'delete-foreign-key'],
  'drop-index': ['remove-index', 'delete-index'],
  'drop-not-null': ['make-nullable', 'set-nullable', 'make-optional', 'allow-null'],
  'drop-table': ['remove-table', 'delete-table'],
  'encrypt-column': ['encrypt', 'column-encryption', 'encrypt-field'],
  'enum-add-value': ['add-enum-value', 'enum-value', 'add-enum', 'extend-enum', 'add-value-to-enum'],
  'enum-remove-value': ['remove-enum-value', 'drop-enum-value', 'delete-enum-value'],
  'enum-to-text-check': ['enum-to-text', 'enum-to-varchar', 'enum-to-string'],
  'json-key-rename': ['rename-json-key', 'rename-jsonb-key'],
  'json-to-column': ['json-key-to-column', 'jsonb-to-column', 'extract-json-key'],
  'merge-columns': ['combine-columns', 'join-columns'],
  'merge-tables': ['combine-tables', 'join-tables'],
  'mongo-embed-to-reference': ['embed-to-reference'],
  'mongo-reference-to-embed': ['reference-to-embed', 'embed', 'denormalize'],
  'mongo-schema-validator': ['schema-validator', 'validator', 'json-schema', 'add-validator'],
  'mongo-shard-key': ['shard-key', 'shard', 'reshard', 'shard-collection', 'reshard-collection'],
  'mongo-ttl-retention': ['ttl', 'ttl-index', 'add-ttl-index', 'expire-documents'],
  'one-to-many-to-join-table': ['join-table', 'many-to-many', 'one-to-many-to-many-to-many', 'pivot-table'],
  'partition-existing-table': ['partition', 'partitioning', 'partition-table'],
  'pk-int-to-bigint': ['primary-key-to-bigint', 'pk-to-bigint', 'id-to-bigint', 'bigint-primary-key', 'int-to-bigint-primary-key'],
  'purge-rows': ['purge', 'delete-rows', 'delete-old-rows', 'delete-old-data', 'retention', 'data-retention'],
  'rename-column': ['column-rename', 'rename-field', 'change-column-name'],
  'rename-table': ['table-rename', 'change-table-name'],
  'replace-index': ['change-index', 'swap-index'],
  seeds: ['seed', 'seeding', 'seed-data', 'seed-database', 'fixtures'],
  'serial-to-identity': ['identity', 'identity-column', 'serial-to-identity-column'],
  'set-not-null': ['not-null', 'add-not-null', 'make-not-null', 'make-required', 'not-null-constraint', 'set-required', 'make-mandatory'],
  'soft-delete': ['soft-deletes', 'soft-deletion', 'add-deleted-at', 'deleted-at'],
  'split-table-move-columns': ['split-table', 'move-columns', 'extract-table', 'vertical-split'],
  'type-change-rewrite': ['change-type', 'change-column-type', 'alter-type', 'alter-column-type', 'retype', 'retype-column', 'type-change', 'int-to-bigint', 'integer-to-bigint', 'change-data-type', 'change-field-type'],
  'type-convert-text-to-typed': ['text-to-date', 'text-to-typed', 'text-to-int', 'text-to-integer', 'string-to-date', 'text-to-timestamp'],
  'type-narrow': ['narrow', 'narrow-type', 'narrow-column', 'shorten-column', 'shrink-varchar'],
  'type-widen-metadata-only': ['widen', 'widen-type', 'widen-column', 'widen-varchar', 'enlarge-column', 'varchar-to-text', 'increase-varchar'],
  'view-or-matview-change': ['view', 'change-view', 'replace-view', 'materialized-view', 'matview', 'view-change'],
}
/** The same wish on documents. */
const onDocuments: Readonly<Record<string, string>> = {
  'add-index': 'mongo-add-index', 'add-unique': 'mongo-add-unique-index', 'add-nullable-column': 'mongo-add-field', 'rename-column': 'mongo-rename-field', 'type-change-rewrite': 'mongo-change-field-type',
  'drop-column': 'mongo-drop-field-or-collection', 'drop-table': 'mongo-drop-field-or-collection', 'add-check': 'mongo-schema-validator', 'set-not-null': 'mongo-schema-validator',
}
const byName: ReadonlyMap<string, string> = new Map(Object.entries(names).flatMap(([id, words]) => words.map((word) => [word, id] as const)))

/** Every way to write a change beside its id, for the nearest match. */
export const changeWords: readonly string[] = [...byName.keys()]

/** Id of the change a person wrote; what nobody knows comes back with dashes, so that the planner can refuse it by name. */
export function changeId(text: string, database: DatabaseId, nullable?: boolean): string {
  const word = asWord(text.replace(/([a-z0-9])([A-Z])/g, '$1-$2')).replace(/-+/g, '-')
  const plain = word.replace(/(?<=-)(?:a|an|the|our|my)-/g, '')
  const found = byName.get(word) ?? byName.get(plain) ?? plain
  // A column that may not be empty needs a value for the rows that are there.
  const id = found === 'add-nullable-column' && found !== word && nullable === false ? 'add-column-not-null-constant-default' : found
  return database === 'mongodb' ? onDocuments[id] ?? id : id
}
