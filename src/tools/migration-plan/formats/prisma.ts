import { script, upStatements, type MigrationFormat } from './format.ts'

export const prisma: MigrationFormat = {
  path: ({ stamp, name }) => `${stamp}_${name}/migration.sql`,
  text: ({ step }) => script(upStatements(step)),
}
