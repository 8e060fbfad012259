import type { Target } from '../target.ts'
import { dollarQuote } from './identifiers.ts'
import { outside, type Statement } from './statement.ts'

/**
 * A loop that updates rows in batches of the key and commits after each one. `set` and `where` refer to the table as `t.`.
 * `where` must be false for rows already done: then the loop can be stopped and started again. Run it alone, outside a transaction.
 * It ends at the last key of its start: rows written later are the trigger's, and a loop that chased them would never end on a busy table.
 */
export function backfill(target: Target, set: string, where: string): Statement {
  const { table, key, batchRows, pauseSeconds, watchReplicas } = target
  const body = [
    '<<run>>',
    'DECLARE',
    // No min() or max(): uuid has neither before PostgreSQL 18.
    `  low ${table}.${key}%TYPE := (SELECT t.${key} FROM ${table} t ORDER BY 1 LIMIT 1);`,
    `  last low%TYPE := (SELECT t.${key} FROM ${table} t ORDER BY 1 DESC LIMIT 1);`,
    '  high low%TYPE;',
    'BEGIN',
    '  LOOP',
    `    run.high := coalesce((SELECT t.${key} FROM ${table} t WHERE t.${key} BETWEEN run.low AND run.last ORDER BY 1 LIMIT 1 OFFSET ${batchRows - 1}), run.last);`,
    `    UPDATE ${table} AS t SET ${set} WHERE t.${key} BETWEEN run.low AND run.high AND ${where};`,
    '    COMMIT;',
    // Also ends on an empty table, where all three are NULL.
    '    EXIT WHEN run.high IS NOT DISTINCT FROM run.last;',
    ...(watchReplicas ? ["    WHILE EXISTS (SELECT 1 FROM pg_stat_replication WHERE replay_lag > interval '5 seconds') LOOP PERFORM pg_sleep(1); END LOOP;"] : []),
    '    run.low := run.high;',
    `    PERFORM pg_sleep(${pauseSeconds});`,
    '  END LOOP;',
    'END',
  ].join('\n')
  return outside(`DO ${dollarQuote(body, 'backfill')}`, 'ROW EXCLUSIVE')
}
