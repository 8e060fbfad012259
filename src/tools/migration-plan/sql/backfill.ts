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
    '<<backfill>>',
    'DECLARE',
    `  from_key ${table}.${key}%TYPE;`,
    `  next_key ${table}.${key}%TYPE;`,
    'BEGIN',
    `  SELECT t.${key} INTO backfill.from_key FROM ${table} AS t ORDER BY t.${key} LIMIT 1;`,
    '  WHILE backfill.from_key IS NOT NULL LOOP',
    `    SELECT t.${key} INTO backfill.next_key FROM ${table} AS t WHERE t.${key} >= backfill.from_key ORDER BY t.${key} OFFSET ${batchRows} LIMIT 1;`,
    '    IF backfill.next_key IS NULL THEN',
    `      UPDATE ${table} AS t SET ${set} WHERE t.${key} >= backfill.from_key AND ${where};`,
    '    ELSE',
    `      UPDATE ${table} AS t SET ${set} WHERE t.${key} >= backfill.from_key AND t.${key} < backfill.next_key AND ${where};`,
    '    END IF;',
    '    COMMIT;',
    ...(watchReplicas ? ["    WHILE EXISTS (SELECT 1 FROM pg_stat_replication WHERE replay_lag > interval '5 seconds') LOOP PERFORM pg_sleep(1); END LOOP;"] : []),
    `    PERFORM pg_sleep(${pauseSeconds});`,
    '    backfill.from_key := backfill.next_key;',
    '  END LOOP;',
    'END',
  ].join('\n')
  return outside(`DO ${dollarQuote(body, 'backfill')}`, 'ROW EXCLUSIVE')
}
