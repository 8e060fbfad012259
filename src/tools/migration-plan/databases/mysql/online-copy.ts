import { InputError } from '../../../../core/errors.ts'
import { nothingToUndo, phase, precheck, rollForward, undo, type Phase, type Statement } from '../../sql/statement.ts'
import { alter, alterText, single } from './alter.ts'
import { copyable, missingRows } from './asks.ts'
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

/** A rehearsal, the change itself, and what is left of the old table. */
interface Copy { readonly rehearse: string, readonly execute: (action: string) => string, readonly leftover: string, readonly working: readonly string[] }

function ghOst({ input, tableName }: MysqlTarget, action: string): Copy {
  const database = input.schema === undefined ? '"$DATABASE_NAME"' : plainName(input.schema)
  const words = (alter: string): string => [
    `gh-ost --conf "$MYSQL_DEFAULTS_FILE" ${input.replicas === 0 ? '--host "$PRIMARY_HOST" --allow-on-master' : '--host "$REPLICA_HOST"'}`, `--database ${database} --table ${plainName(tableName)} --alter ${shell(alter)}`,
    '--max-lag-millis 1500 --max-load Threads_running=25 --critical-load Threads_running=100 --chunk-size 1000', '--cut-over-lock-timeout-seconds 1 --default-retries 60',
  ].join(' ')
  return {
    rehearse: words(action), execute: (alter) => `${words(alter)} --postpone-cut-over-flag-file /tmp/gh-ost.wait --execute`,
    leftover: `_${tableName}_del`, working: ['del', 'gho', 'ghc'].map((end) => `_${tableName}_${end}`),
  }
}

function ptOnlineSchemaChange({ input, tableName }: MysqlTarget, action: string): Copy {
  const database = input.schema === undefined ? '"$DATABASE_NAME"' : plainName(input.schema)
  const words = (alter: string): string => [
    'pt-online-schema-change --defaults-file "$MYSQL_DEFAULTS_FILE"', `--alter ${shell(alter)}`, ...(input.inboundForeignKeys === 0 ? [] : ['--alter-foreign-keys-method rebuild_constraints']),
    '--set-vars lock_wait_timeout=1 --max-load Threads_running=25 --critical-load Threads_running=100 --chunk-time 0.3 --no-drop-old-table', ...(input.replicas === 0 ? ['--recursion-method none'] : ['--max-lag 2']),
  ].join(' ')
  const table = `D=${database},t=${plainName(tableName)}`
  return {
    rehearse: `${words(action)} --dry-run ${table}`, execute: (alter) => `${words(alter)} --execute ${table}`,
    leftover: `_${tableName}_old`, working: ['old', 'new'].map((end) => `_${tableName}_${end}`),
  }
}

/**
 * A change that the server makes by copying the table, without stopping writes: by the server itself where it can, else by a tool that
 * copies the rows beside it and swaps the tables. Before the swap nothing of the table has changed; after it `back` is made in the same way,
 * and the old table stays until its rows are known to be in the new one.
 */
export function copyOnline(target: MysqlTarget, operation: string, action: string, back: string | undefined, backOperation = operation): readonly Phase[] {
  const backAtOnce = target.copiesOnline || target.operation(backOperation).algorithm !== 'COPY'
  const rollback = (execute: (action: string) => string) => (back === undefined ? rollForward : undo(backAtOnce ? alterText(target, backOperation, back) : execute(back)))
  if (target.copiesOnline) return [phase('expand', 1, [alter(target, operation, action)], rollback((text) => text), 'retry-lock')]
  const ghost = usesGhOst(target)
  const copy = (ghost ? ghOst : ptOnlineSchemaChange)(target, action)
  const leftover = target.beside(copy.leftover)
  return [
    precheck(copyable(target, ghost, copy.working)),
    phase('verify', 1, [command(copy.rehearse)], nothingToUndo, 'stop-and-ask'),
    phase('expand', 1, [command(copy.execute(action))], rollback(copy.execute), 'retry-lock', missingRows(target, leftover)),
    phase('contract', 1, [single(`DROP TABLE ${leftover}`, 'nothing')], nothingToUndo, 'retry-lock'),
  ]
}
