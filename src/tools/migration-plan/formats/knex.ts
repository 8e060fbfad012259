import { belongsTo, downStatements, noWayBack, upStatements, type MigrationFormat } from './format.ts'
import { templateLiteral } from './javascript.ts'
import { lintNotes } from './lint.ts'

const calls = (statements: readonly string[], by = 'knex', indent = '  '): string[] => statements.map((sql) => `${indent}await ${by}.raw(${templateLiteral(sql.replaceAll('?', '\\?'))})`)
/** All pending files share a transaction while none of them opts out; one that opts out begins its own. */
const inOwn = (statements: readonly string[]): string[] => ['  await knex.transaction(async (own) => {', ...calls(statements, 'own', '    '), '  })']

export const knex: MigrationFormat = {
  path: ({ stamp, name }) => `${stamp}_${name}.cjs`,
  text: (request) => {
    const { step } = request
    const down = downStatements(step)
    const body = (statements: readonly string[]): string[] => (statements.length > 0 && step.apart && step.transactional ? inOwn(statements) : calls(statements))
    return [
      `// ${belongsTo(request)}`, ...lintNotes(step).map((line) => `// ${line}`),
      'exports.up = async (knex) => {', ...body(upStatements(step)), '}', '',
      ...(down === undefined ? ['exports.down = async () => {', `  throw new Error('${noWayBack}')`] : [`exports.down = async (${down.length === 0 ? '' : 'knex'}) => {`, ...body(down)]), '}',
      ...(step.transactional && !step.apart ? [] : ['', 'exports.config = { transaction: false }']),
    ].join('\n')
  },
}
