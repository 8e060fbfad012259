import type { MigrationFormat } from './format.ts'
import { sqlFile } from './sql-file.ts'

/** A file with several statements is one transaction on the server, so one that refuses a transaction is alone in its file. */
export const prisma: MigrationFormat = {
  path: ({ stamp, name }) => `${stamp}_${name}/migration.sql`,
  text: sqlFile,
}
