import type { Batches, Statement } from '../../sql/statement.ts'
import { quoteText } from './names.ts'
import type { MysqlTarget } from './target.ts'

const rows = (sql: string): Statement => ({ sql, lock: 'ROW EXCLUSIVE', blocks: 'rows', rewritesTable: false, transaction: 'none' })

/**
 * A procedure that works on rows in batches of the key and commits after each one, its call and its removal. `work` is a statement up
 * to its WHERE; `where` must be false for rows already done, so the call can be repeated. It ends at the last key of its start. The job
 * in the files does the same and notes how far it got.
 */
export function inBatches(target: MysqlTarget, work: string, where: string): readonly Statement[] {
  const { table, key, batchRows, pauseSeconds } = target
  const procedure = target.beside(target.named('backfill'))
  const body = [
    `CREATE PROCEDURE ${procedure}()`,
    'BEGIN',
    `  SELECT min(t.${key}), max(t.${key}) INTO @ops_low, @ops_last FROM ${table} AS t;`,
    '  WHILE @ops_low IS NOT NULL DO',
    `    SELECT max(b.k) INTO @ops_high FROM (SELECT t.${key} AS k FROM ${table} AS t WHERE t.${key} >= @ops_low ORDER BY t.${key} LIMIT ${batchRows}) AS b;`,
    `    ${work} WHERE t.${key} BETWEEN @ops_low AND @ops_high AND (${where});`,
    '    COMMIT;',
    '    SET @ops_low = IF(@ops_high > @ops_low AND @ops_high < @ops_last, @ops_high, NULL);',
    `    DO sleep(${pauseSeconds});`,
    '  END WHILE;',
    'END',
  ].join('\n')
  const batches: Batches = {
    table, key, rows: batchRows, pauseSeconds, work: (picked) => `${work} WHERE ${picked} AND (${where})`,
    estimate: `SELECT COALESCE(max(TABLE_ROWS), 0) FROM information_schema.TABLES WHERE TABLE_SCHEMA = ${target.schema} AND TABLE_NAME = ${quoteText(target.tableName)}`,
  }
  return [rows(`DROP PROCEDURE IF EXISTS ${procedure}`), { ...rows(body), batches }, rows(`CALL ${procedure}()`), rows(`DROP PROCEDURE ${procedure}`)]
}

export const backfill = (target: MysqlTarget, set: string, where: string): readonly Statement[] => inBatches(target, `UPDATE ${target.table} AS t SET ${set}`, where)
