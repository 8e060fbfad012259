import type { MigrationFormat } from './format.ts'
import { sqlFile } from './sql-file.ts'

export const plainSql: MigrationFormat = {
  path: ({ stamp, name }) => `${stamp}_${name}.sql`,
  text: sqlFile,
}
