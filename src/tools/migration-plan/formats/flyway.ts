import { upStatements, type MigrationFormat } from './format.ts'
import { sqlFile } from './sql-file.ts'

const path = ({ stamp, name }: { readonly stamp: string, readonly name: string }): string => `V${stamp}__${name}.sql`

export const flyway: MigrationFormat = {
  path,
  text: sqlFile,
  settings: (request) => {
    const lines = [
      ...(request.step.transactional ? [] : ['executeInTransaction=false']),
      ...(upStatements(request.step).some((sql) => sql.includes('${')) ? ['placeholderReplacement=false'] : []),
    ]
    return lines.length === 0 ? undefined : { path: `${path(request)}.conf`, text: lines.join('\n') }
  },
}
