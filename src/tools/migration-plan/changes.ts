import { addCheck } from './changes/add-check.ts'
import { addColumnNotNullComputed } from './changes/add-column-not-null-computed.ts'
import { addColumnNotNullConstantDefault } from './changes/add-column-not-null-constant-default.ts'
import { addForeignKey } from './changes/add-foreign-key.ts'
import { addIndex } from './changes/add-index.ts'
import { addNullableColumn } from './changes/add-nullable-column.ts'
import { addUnique } from './changes/add-unique.ts'
import { backfillOnly } from './changes/backfill-only.ts'
import type { Change } from './changes/change.ts'
import { dropColumn } from './changes/drop-column.ts'
import { dropForeignKey } from './changes/drop-foreign-key.ts'
import { dropIndex } from './changes/drop-index.ts'
import { dropNotNull } from './changes/drop-not-null.ts'
import { dropTable } from './changes/drop-table.ts'
import { enumAddValue } from './changes/enum-add-value.ts'
import { renameColumn } from './changes/rename-column.ts'
import { renameTable } from './changes/rename-table.ts'
import { setNotNull } from './changes/set-not-null.ts'
import { typeChangeRewrite } from './changes/type-change-rewrite.ts'
import { typeWidenMetadataOnly } from './changes/type-widen-metadata-only.ts'

const list: readonly Change[] = [
  addCheck, addColumnNotNullComputed, addColumnNotNullConstantDefault, addForeignKey, addIndex, addNullableColumn, addUnique, backfillOnly, dropColumn, dropForeignKey,
  dropIndex, dropNotNull, dropTable, enumAddValue, renameColumn, renameTable, setNotNull, typeChangeRewrite, typeWidenMetadataOnly,
]

/** The changes that can be planned for PostgreSQL, by id, in alphabetical order. */
export const changes: Readonly<Record<string, Change>> = Object.fromEntries(list.map((change) => [change.id, change]))

/** What can be asked besides a change of the schema: answered with advice and files, without phases. */
export const topics = ['adopt-tool', 'ci-integration', 'seeds'] as const
export type Topic = (typeof topics)[number]
export const isTopic = (id: string): id is Topic => topics.some((topic) => topic === id)
