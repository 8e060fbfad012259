import type { Target } from '../target.ts'
import { dollarQuote } from './identifiers.ts'
import { outside, type Statement } from './statement.ts'

/**
 * A loop that updates rows in batches of the key and commits after each one. `set` and `where` refer to the table as `t.`.
 * `where` must be false for rows already done: then the loop can be stopped and started again. Run it alone, outside a transaction.
 */
export function backfill(target: Target, set: string, where: string): Statement {
  const { table, key, batchRows, pauseSeconds, watchReplicas } = target
  const body = [
    '<<run>>',
    'DECLARE',
    `  low ${table}.${key}%TYPE;`,
    '  high low%TYPE;',
    'BEGIN',
    `  SELECT t.${key} INTO run.low FROM ${table} AS t ORDER BY t.${key} LIMIT 1;`,
    '  LOOP',
    `    SELECT b.k INTO run.high FROM (SELECT t.${key} AS k FROM ${table} AS t WHERE t.${key} >= run.low ORDER BY t.${key} LIMIT ${batchRows}) AS b ORDER BY b.k DESC LIMIT 1;`,
    `    UPDATE ${table} AS t SET ${set} WHERE t.${key} BETWEEN run.low AND run.high AND ${where};`,
    '    COMMIT;',
    // The batch starts again at its last key, so it ends when nothing is left above it, or nothing at all.
    '    EXIT WHEN (run.high > run.low) IS NOT TRUE;',
    ...(watchReplicas ? ["    WHILE EXISTS (SELECT 1 FROM pg_stat_replication WHERE replay_lag > interval '5 seconds') LOOP PERFORM pg_sleep(1); END LOOP;"] : []),
    '    run.low := run.high;',
    `    PERFORM pg_sleep(${pauseSeconds});`,
    '  END LOOP;',
    'END',
  ].join('\n')
  return outside(`DO ${dollarQuote(body, 'backfill')}`, 'ROW EXCLUSIVE')
}
