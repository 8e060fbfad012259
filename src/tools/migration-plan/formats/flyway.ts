import { script, upStatements, type MigrationFormat } from './format.ts'

export const flyway: MigrationFormat = {
  path: ({ stamp, name }) => `V${stamp}__${name}.sql`,
  text: ({ step }) => script(upStatements(step)),
}
