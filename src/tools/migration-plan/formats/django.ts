import { belongsTo, downStatements, upStatements, type MigrationFormat } from './format.ts'
import { lintNotes } from './lint.ts'

const list = (statements: readonly string[]): string[] => statements.map((sql) => `                ${JSON.stringify(sql)},`)

/** Statements as a list are sent one by one and as they are; models learn of them through `state_operations`. */
export const django: MigrationFormat = {
  path: ({ stamp, name }) => `${stamp}_${name}.py`,
  text: (request) => {
    const { step, previous } = request
    const down = downStatements(step)
    return [
      `"""${belongsTo(request)}"""`, ...lintNotes(step).map((line) => `# ${line}`), 'from django.db import migrations', '', '',
      'class Migration(migrations.Migration):',
      ...(step.transactional ? [] : ['    atomic = False']),
      `    dependencies = [("SET-TO-APP", "${previous === undefined ? 'SET-TO-LATEST' : `${previous.stamp}_${previous.name}`}")]`, '',
      '    operations = [', '        migrations.RunSQL(',
      '            sql=[', ...list(upStatements(step)), '            ],',
      // Without reverse SQL Django refuses to go back, and says so.
      ...(down === undefined ? [] : down.length === 0 ? ['            reverse_sql=migrations.RunSQL.noop,'] : ['            reverse_sql=[', ...list(down), '            ],']),
      '            # What makemigrations writes for the changed model goes here, so that it is not written again.',
      '            state_operations=[],',
      '        ),', '    ]',
    ].join('\n')
  },
}
