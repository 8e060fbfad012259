import { belongsTo, className, downStatements, noWayBack, upStatements, type MigrationFormat } from './format.ts'
import { templateLiteral } from './javascript.ts'
import { lintNotes } from './lint.ts'

/** The stamp as milliseconds: TypeORM reads the order of its migrations from the thirteen digits at the end of the class name. */
const milliseconds = (stamp: string): number => {
  const part = (from: number, length: number): number => Number(stamp.slice(from, from + length))
  return Date.UTC(part(0, 4), part(4, 2) - 1, part(6, 2), part(8, 2), part(10, 2), part(12, 2))
}
const calls = (statements: readonly string[]): string[] => statements.map((sql) => `    await queryRunner.query(${templateLiteral(sql)})`)
const method = (name: string, statements: readonly string[]): string[] => [`  async ${name}(${statements.length === 0 ? '' : 'queryRunner: QueryRunner'}): Promise<void> {`, ...calls(statements), '  }']

export const typeorm: MigrationFormat = {
  path: ({ stamp, name }) => `${milliseconds(stamp)}-${className(name)}.ts`,
  text: (request) => {
    const { step, stamp, name } = request
    const down = downStatements(step)
    const id = `${className(name)}${milliseconds(stamp)}`
    return [
      `// ${belongsTo(request)}. Run with --transaction each: by default all pending migrations share a transaction and its locks.${step.transactional ? '' : ' Revert it with --transaction none.'}`, ...lintNotes(step).map((line) => `// ${line}`),
      "import type { MigrationInterface, QueryRunner } from 'typeorm'", '',
      `export class ${id} implements MigrationInterface {`,
      `  name = '${id}'`, ...(step.transactional ? [] : ['  transaction = false as const']), '',
      ...method('up', upStatements(step)), '',
      ...(down === undefined ? ['  async down(): Promise<void> {', `    throw new Error('${noWayBack}')`, '  }'] : method('down', down)),
      '}',
    ].join('\n')
  },
}
