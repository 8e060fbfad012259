import { belongsTo, className, downStatements, noWayBack, upStatements, type MigrationFormat } from './format.ts'
import { reasons } from './lint.ts'

const call = (sql: string, transactional: boolean): string => `        migrationBuilder.Sql(@"${sql.replaceAll('"', '""')}"${transactional ? '' : ', suppressTransaction: true'});`

/** The attributes stand in the same file, so that no designer file is needed; the snapshot of the model does not change. */
export const efCore: MigrationFormat = {
  path: ({ stamp, name }) => `${stamp}_${className(name)}.cs`,
  text: (request) => {
    const { step, stamp, name } = request
    const down = downStatements(step)
    return [
      `// ${belongsTo(request)}. AppDbContext stands for your context.`, ...reasons(step).map((line) => `// ${line}`),
      'using System;', 'using Microsoft.EntityFrameworkCore.Infrastructure;', 'using Microsoft.EntityFrameworkCore.Migrations;', '',
      '[DbContext(typeof(AppDbContext))]', `[Migration("${stamp}_${className(name)}")]`, `public class ${className(name)} : Migration`, '{',
      '    protected override void Up(MigrationBuilder migrationBuilder)', '    {', ...upStatements(step).map((sql) => call(sql, step.transactional)), '    }', '',
      '    protected override void Down(MigrationBuilder migrationBuilder)', '    {', ...(down === undefined ? [`        throw new NotSupportedException("${noWayBack}");`] : down.map((sql) => call(sql, step.transactional))), '    }',
      '}',
    ].join('\n')
  },
}
