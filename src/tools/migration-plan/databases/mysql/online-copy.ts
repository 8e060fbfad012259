import { InputError } from '../../../../core/errors.ts'
import { nothingToUndo, phase, precheck, type Phase, type Rollback, type Statement } from '../../sql/statement.ts'
import { alter } from './alter.ts'
import { copyable } from './asks.ts'
import type { MysqlTarget } from './target.ts'

const shell = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** The tools take names in lists of their own, where only plain ones are safe. */
function plainName(name: string): string {
  if (!/^[A-Za-z0-9_$-]+$/.test(name)) throw new InputError(`Unexpected table ${JSON.stringify(name)}, expected letters, digits, _, $ or -: pt-online-schema-change and gh-ost take no other names. Set downtimeTolerance to window for one statement.`)
  return name
}

const command = (sql: string): Statement => ({ sql, lock: 'none', blocks: 'nothing', rewritesTable: true, transaction: 'none', language: 'shell' })

/** gh-ost reads the log of the server: no triggers and no foreign keys, and it was made for MySQL. Without a word on foreign keys the other one is taken. */
const usesGhOst = ({ engine, input }: MysqlTarget): boolean => engine === 'mysql' && input.inboundForeignKeys === 0

function ghOst({ input, tableName }: MysqlTarget, action: string): readonly string[] {
  const database = input.schema === undefined ? '"$DATABASE_NAME"' : plainName(input.schema)
  const words = [
    'gh-ost --conf "$MYSQL_DEFAULTS_FILE" --host "$REPLICA_HOST"', `--database ${database} --table ${plainName(tableName)} --alter ${shell(action)}`,
    '--max-lag-millis 1500 --max-load Threads_running=25 --critical-load Threads_running=100 --chunk-size 1000', '--cut-over-lock-timeout-seconds 1 --default-retries 60',
  ].join(' ')
  return [words, `${words} --postpone-cut-over-flag-file /tmp/gh-ost.wait --execute`]
}

function ptOnlineSchemaChange({ input, tableName }: MysqlTarget, action: string): readonly string[] {
  const database = input.schema === undefined ? '"$DATABASE_NAME"' : plainName(input.schema)
  const words = [
    'pt-online-schema-change --defaults-file "$MYSQL_DEFAULTS_FILE"', `--alter ${shell(action)}`, ...((input.inboundForeignKeys ?? 0) > 0 ? ['--alter-foreign-keys-method rebuild_constraints'] : []),
    '--set-vars lock_wait_timeout=1 --max-load Threads_running=25 --critical-load Threads_running=100 --chunk-time 0.3', ...(input.replicas === 0 ? ['--recursion-method none'] : ['--max-lag 2']),
  ].join(' ')
  const table = `D=${database},t=${plainName(tableName)}`
  return [`${words} --dry-run ${table}`, `${words} --execute ${table}`]
}

/**
 * A change that the server makes by copying the table, without stopping writes: by the server itself where it can, else by a tool that
 * copies the rows beside it and swaps the tables. Before the swap nothing of the table has changed.
 */
export function copyOnline(target: MysqlTarget, operation: string, action: string, rollback: Rollback): readonly Phase[] {
  if (target.copiesOnline) return [phase('expand', 1, [alter(target, operation, action)], rollback, 'retry-lock')]
  const ghost = usesGhOst(target)
  const [rehearse, execute] = (ghost ? ghOst(target, action) : ptOnlineSchemaChange(target, action)) as [string, string]
  return [
    precheck(copyable(target, ghost)),
    phase('verify', 1, [command(rehearse)], nothingToUndo, 'stop-and-ask'),
    phase('expand', 1, [command(execute)], rollback, 'retry-lock'),
  ]
}
