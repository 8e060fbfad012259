import { addCheck } from './changes/add-check.ts'
import { addColumnNotNullComputed } from './changes/add-column-not-null-computed.ts'
import { addColumnNotNullConstantDefault } from './changes/add-column-not-null-constant-default.ts'
import { addColumnVolatileDefault } from './changes/add-column-volatile-default.ts'
import { addForeignKey } from './changes/add-foreign-key.ts'
import { addIndex } from './changes/add-index.ts'
import { addNullableColumn } from './changes/add-nullable-column.ts'
import { addStoredGeneratedColumn } from './changes/add-stored-generated-column.ts'
import { addTenantId } from './changes/add-tenant-id.ts'
import { addUnique } from './changes/add-unique.ts'
import { backfillOnly } from './changes/backfill-only.ts'
import type { Change } from './changes/change.ts'
import { changeCollation } from './changes/change-collation.ts'
import { changeColumnDefault } from './changes/change-column-default.ts'
import { dropColumn } from './changes/drop-column.ts'
import { dropForeignKey } from './changes/drop-foreign-key.ts'
import { dropIndex } from './changes/drop-index.ts'
import { dropNotNull } from './changes/drop-not-null.ts'
import { dropTable } from './changes/drop-table.ts'
import { encryptColumn } from './changes/encrypt-column.ts'
import { enumAddValue } from './changes/enum-add-value.ts'
import { enumRemoveValue } from './changes/enum-remove-value.ts'
import { enumToTextCheck } from './changes/enum-to-text-check.ts'
import { jsonKeyRename } from './changes/json-key-rename.ts'
import { jsonToColumn } from './changes/json-to-column.ts'
import { mergeColumns } from './changes/merge-columns.ts'
import { mergeTables } from './changes/merge-tables.ts'
import { oneToManyToJoinTable } from './changes/one-to-many-to-join-table.ts'
import { partitionExistingTable } from './changes/partition-existing-table.ts'
import { pkIntToBigint } from './changes/pk-int-to-bigint.ts'
import { purgeRows } from './changes/purge-rows.ts'
import { renameColumn } from './changes/rename-column.ts'
import { renameTable } from './changes/rename-table.ts'
import { replaceIndex } from './changes/replace-index.ts'
import { serialToIdentity } from './changes/serial-to-identity.ts'
import { setNotNull } from './changes/set-not-null.ts'
import { softDelete } from './changes/soft-delete.ts'
import { splitColumn } from './changes/split-column.ts'
import { splitTableMoveColumns } from './changes/split-table-move-columns.ts'
import { typeChangeRewrite } from './changes/type-change-rewrite.ts'
import { typeConvertTextToTyped } from './changes/type-convert-text-to-typed.ts'
import { typeNarrow } from './changes/type-narrow.ts'
import { typeWidenMetadataOnly } from './changes/type-widen-metadata-only.ts'
import { viewOrMatviewChange } from './changes/view-or-matview-change.ts'

const list: readonly Change[] = [
  addCheck, addColumnNotNullComputed, addColumnNotNullConstantDefault, addColumnVolatileDefault, addForeignKey, addIndex, addNullableColumn, addStoredGeneratedColumn,
  addTenantId, addUnique, backfillOnly, changeCollation, changeColumnDefault, dropColumn, dropForeignKey, dropIndex, dropNotNull, dropTable, encryptColumn, enumAddValue,
  enumRemoveValue, enumToTextCheck, jsonKeyRename, jsonToColumn, mergeColumns, mergeTables, oneToManyToJoinTable, partitionExistingTable, pkIntToBigint, purgeRows, renameColumn,
  renameTable, replaceIndex, serialToIdentity, setNotNull, softDelete, splitColumn, splitTableMoveColumns, typeChangeRewrite, typeConvertTextToTyped, typeNarrow,
  typeWidenMetadataOnly, viewOrMatviewChange,
]

/** The changes that can be planned for PostgreSQL, by id, in alphabetical order. */
export const changes: Readonly<Record<string, Change>> = Object.fromEntries(list.map((change) => [change.id, change]))

/** What can be asked besides a change of the schema: answered with advice and files, without phases. */
export const topics = ['adopt-tool', 'ci-integration', 'seeds'] as const
export type Topic = (typeof topics)[number]
export const isTopic = (id: string): id is Topic => topics.some((topic) => topic === id)
