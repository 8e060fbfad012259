import { generatedFile } from '../../../core/file.ts'
import type { FileWithBody } from '../../tool.ts'
import type { MigrationDecision } from '../decide.ts'
import type { Step } from '../steps.ts'

/** Statements for the mysql client. A procedure holds semicolons, so they end with something else. */
export function mysqlScript({ statements }: Step): string {
  let delimiter = '//'
  while (statements.some(({ sql }) => sql.includes(delimiter))) delimiter += '/'
  return [`DELIMITER ${delimiter}`, ...statements.map(({ sql }) => `${sql}${delimiter}`), 'DELIMITER ;'].join('\n')
}

/** Commands that stop at the first failure. */
export const shellScript = ({ statements }: Step): string => ['#!/bin/sh', 'set -eu', ...statements.map(({ sql }) => sql)].join('\n')

const clients: Readonly<Record<string, string>> = {
  mysql: 'mysql --defaults-file="$MYSQL_DEFAULTS_FILE" "$DATABASE_NAME" < FILE', mariadb: 'mariadb --defaults-file="$MYSQL_DEFAULTS_FILE" "$DATABASE_NAME" < FILE', sqlite: 'sqlite3 "$DATABASE_FILE" < FILE', sqlserver: 'sqlcmd -b -i FILE',
}

/** The questions of a plan in one file: SQL, or for MongoDB a module with one function a question. */
export function otherChecks({ phases, database }: MigrationDecision, path: string): FileWithBody {
  const asked = phases.flatMap(({ phase, release, verify }) => (verify === null ? [] : [{ where: `release ${release}, ${phase}`, verify }]))
  const purpose = 'each query must return 0 before the next phase'
  if (database !== 'mongodb') return generatedFile(`${path}.sql`, purpose, clients[database] ?? 'run it with the client of the database', asked.flatMap(({ where, verify }) => [`-- ${where}`, `${verify};`]).join('\n'))
  return generatedFile(`${path}.js`, purpose, 'node --check FILE', ['// Each function returns 0 when all is well.', 'module.exports = {', ...asked.flatMap(({ where, verify }, index) => [`  // ${where}`, `  async check${index + 1}(db) { return ${verify} },`]), '}'].join('\n'))
}
