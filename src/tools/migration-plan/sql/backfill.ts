import type { Target } from '../target.ts'
import { dollarQuote } from './identifiers.ts'
import { outside, type Statement } from './statement.ts'

/**
 * A loop over the table in batches of its key, with a commit after each. `work` gives the statement for one batch from the condition that picks
 * its rows, where the table is `t.`. It must change nothing the second time: then the loop can be stopped and started again. Run it alone, outside
 * a transaction; `mostRows` is for work that costs more for each row. It ends at the last key of its start: rows written later are the trigger's, and a loop that chased them would never end on a busy table.
 */
export function inBatches(target: Target, work: (rows: string) => string, mostRows = Infinity): Statement {
  const { table, key, pauseSeconds, watchReplicas } = target
  const batchRows = Math.min(target.batchRows, mostRows)
  const body = [
    // Columns are always reached through a table, so a bare name is a variable, also beside a column of that name.
    '#variable_conflict use_variable',
    'DECLARE',
    // No min() or max(): uuid has neither before PostgreSQL 18.
    `  low ${table}.${key}%TYPE := (SELECT t.${key} FROM ${table} t ORDER BY 1 LIMIT 1);`,
    `  last low%TYPE := (SELECT t.${key} FROM ${table} t ORDER BY 1 DESC LIMIT 1);`,
    '  high low%TYPE;',
    'BEGIN',
    // Others see no lag, and would never wait.
    ...(watchReplicas ? ["  IF EXISTS (SELECT 1 FROM pg_stat_replication) AND NOT pg_has_role('pg_read_all_stats', 'USAGE') THEN RAISE EXCEPTION 'This role cannot see how far replicas are behind: GRANT pg_monitor to it first'; END IF;"] : []),
    '  LOOP',
    // Locks in the order of the key: rows locked as they lie on disk meet code that changes two of them in that order in a deadlock.
    `    SELECT b.k INTO high FROM (SELECT t.${key} AS k FROM ${table} t WHERE t.${key} >= low ORDER BY 1 LIMIT ${batchRows} FOR NO KEY UPDATE) b ORDER BY 1 DESC LIMIT 1;`,
    `    ${work(`t.${key} BETWEEN low AND high`)};`,
    '    COMMIT;',
    // The batch starts again at its last key; it also ends when nothing is left above that, or nothing at all.
    '    EXIT WHEN (high > low AND high < last) IS NOT TRUE;',
    ...(watchReplicas ? ["    WHILE EXISTS (SELECT 1 FROM pg_stat_replication WHERE replay_lag > '5s') LOOP PERFORM pg_sleep(1); END LOOP;"] : []),
    '    low := high;',
    `    PERFORM pg_sleep(${pauseSeconds});`,
    '  END LOOP;',
    'END',
  ].join('\n')
  return { ...outside(`DO ${dollarQuote(body, 'backfill')}`, 'ROW EXCLUSIVE'), batches: { table, key, work, rows: batchRows, pauseSeconds } }
}

/** Updates in batches. `set` and `where` refer to the table as `t.`; `where` must be false for rows already done. */
export const backfill = (target: Target, set: string, where: string): Statement =>
  inBatches(target, (rows) => `UPDATE ${target.table} AS t SET ${set} WHERE ${rows} AND ${where}`)
