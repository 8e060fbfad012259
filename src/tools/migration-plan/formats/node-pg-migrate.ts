import { apartStatements, belongsTo, downStatements, noWayBack, upStatements, type MigrationFormat } from './format.ts'
import { templateLiteral } from './javascript.ts'
import { lintNotes } from './lint.ts'

const calls = (statements: readonly string[]): string[] => statements.map((sql) => `  pgm.sql(${templateLiteral(sql)})`)
/** All pending files run in one transaction unless one of them steps out of it. */
const outside = ['  pgm.noTransaction()']

export const nodePgMigrate: MigrationFormat = {
  path: ({ stamp, name }) => `${stamp}000_${name}.mjs`,
  text: (request) => {
    const { step } = request
    const down = downStatements(step)
    const up = step.transactional && !step.apart ? calls(upStatements(step)) : [...outside, ...calls(apartStatements(step))]
    return [
      `// ${belongsTo(request)}`, ...lintNotes(step).map((line) => `// ${line}`),
      'export const up = (pgm) => {', ...up, '}', '',
      ...(down === undefined ? ['export const down = () => {', `  throw new Error('${noWayBack}')`] : ['export const down = (pgm) => {', ...(step.transactional ? [] : outside), ...calls(down)]), '}',
    ].join('\n')
  },
}
