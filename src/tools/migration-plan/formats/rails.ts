import { belongsTo, className, downStatements, noWayBack, upStatements, type MigrationFormat } from './format.ts'
import { closingWord } from './heredoc.ts'
import { reasons } from './lint.ts'

const call = (sql: string): string[] => {
  const end = closingWord(sql)
  return [`    run_sql(<<'${end}')`, sql, end]
}

/** Nothing in the text is replaced between such quotes. The strong_migrations gem asks for a word that somebody has read raw SQL; without the gem there is no such word. */
export const rails: MigrationFormat = {
  path: ({ stamp, name }) => `${stamp}_${name}.rb`,
  text: (request) => {
    const { step, name } = request
    const down = downStatements(step)
    return [
      `# ${belongsTo(request)}`, ...reasons(step).map((line) => `# ${line}`),
      `class ${className(name)} < ActiveRecord::Migration[ActiveRecord::Migration.current_version]`,
      ...(step.transactional ? [] : ['  disable_ddl_transaction!', '']),
      '  def up', ...upStatements(step).flatMap(call), '  end', '',
      '  def down', ...(down === undefined ? [`    raise ActiveRecord::IrreversibleMigration, '${noWayBack}'`] : down.flatMap(call)), '  end', '',
      '  private', '', '  def run_sql(sql)', '    respond_to?(:safety_assured) ? safety_assured { execute(sql) } : execute(sql)', '  end',
      'end',
    ].join('\n')
  },
}
