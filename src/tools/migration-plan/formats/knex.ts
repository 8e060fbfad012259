import { downStatements, noWayBack, upStatements, type MigrationFormat } from './format.ts'
import { templateLiteral } from './javascript.ts'

const calls = (statements: readonly string[]): string[] => statements.map((sql) => `  await knex.raw(${templateLiteral(sql.replaceAll('?', '\\?'))})`)

export const knex: MigrationFormat = {
  path: ({ stamp, name }) => `${stamp}_${name}.cjs`,
  text: ({ step }) => {
    const down = downStatements(step)
    return [
      'exports.up = async (knex) => {', ...calls(upStatements(step)), '}', '',
      ...(down === undefined ? ['exports.down = async () => {', `  throw new Error('${noWayBack}')`] : ['exports.down = async (knex) => {', ...calls(down)]), '}',
      ...(step.transactional ? [] : ['', 'exports.config = { transaction: false }']),
    ].join('\n')
  },
}
