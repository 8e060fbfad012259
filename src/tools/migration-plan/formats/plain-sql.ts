import { script, upStatements, type MigrationFormat } from './format.ts'

export const plainSql: MigrationFormat = {
  path: ({ stamp, name }) => `${stamp}_${name}.sql`,
  text: ({ step }) => script(upStatements(step)),
}
