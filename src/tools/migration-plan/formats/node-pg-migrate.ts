import { downStatements, noWayBack, upStatements, type MigrationFormat } from './format.ts'
import { templateLiteral } from './javascript.ts'

const calls = (statements: readonly string[]): string => statements.map((sql) => `  pgm.sql(${templateLiteral(sql)})`).join('\n')

export const nodePgMigrate: MigrationFormat = {
  path: ({ stamp, name }) => `${stamp}000_${name}.mjs`,
  text: ({ step }) => {
    const outside = step.transactional ? [] : ['  pgm.noTransaction()']
    const down = downStatements(step)
    return [
      'export const up = (pgm) => {', ...outside, calls(upStatements(step)), '}', '',
      ...(down === undefined ? ['export const down = () => {', `  throw new Error('${noWayBack}')`] : ['export const down = (pgm) => {', ...outside, calls(down)]), '}',
    ].filter((text, index, all) => text !== '' || all[index - 1] === '}').join('\n')
  },
}
