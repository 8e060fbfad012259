import { belongsTo, downStatements, noWayBack, upStatements, type MigrationFormat } from './format.ts'
import { closingWord } from './heredoc.ts'
import { reasons } from './lint.ts'

const call = (sql: string): string[] => {
  const end = closingWord(sql)
  return [`        DB::unprepared(<<<'${end}'`, sql, `${end});`]
}

/** Not prepared, so a question mark in SQL is no parameter. */
export const laravel: MigrationFormat = {
  path: ({ stamp, name }) => `${stamp.slice(0, 4)}_${stamp.slice(4, 6)}_${stamp.slice(6, 8)}_${stamp.slice(8)}_${name}.php`,
  text: (request) => {
    const { step } = request
    const down = downStatements(step)
    return [
      '<?php', `// ${belongsTo(request)}`, ...reasons(step).map((line) => `// ${line}`), '', 'use Illuminate\\Database\\Migrations\\Migration;', 'use Illuminate\\Support\\Facades\\DB;', '',
      'return new class extends Migration', '{',
      ...(step.transactional ? [] : ['    public $withinTransaction = false;', '']),
      '    public function up(): void', '    {', ...upStatements(step).flatMap(call), '    }', '',
      '    public function down(): void', '    {', ...(down === undefined ? [`        throw new RuntimeException('${noWayBack}');`] : down.flatMap(call)), '    }',
      '};',
    ].join('\n')
  },
}
