import { dollarQuote, quoteText } from '../sql/identifiers.ts'
import { blindPauses, blindWarning, estimatedRows, jobLock, maxLagSeconds, noteProgress, progressTable, replicaLag, reportSeconds, unseenReplicas, type Job } from './job.ts'

/** A backfill for psql. Its variables have a prefix: a column of that name would be taken for them. */
export function sqlJob({ name, batches }: Job): string {
  const { table, key, work, rows, pauseSeconds } = batches
  const body = [
    '#variable_conflict use_variable',
    'DECLARE',
    `  low ${table}.${key}%TYPE;`,
    '  high low%TYPE;',
    `  ops_last low%TYPE := (SELECT t.${key} FROM ${table} t ORDER BY t.${key} DESC LIMIT 1);`,
    '  ops_rows bigint := 0;', '  ops_count bigint;', `  ops_total float8 := (${estimatedRows(quoteText(table))});`,
    `  ops_unseen integer := (${unseenReplicas});`,
    '  ops_started timestamptz := clock_timestamp();', '  ops_reported timestamptz := clock_timestamp();',
    'BEGIN',
    `  IF NOT pg_try_advisory_lock(${jobLock(name)}) THEN RAISE EXCEPTION '${name} is running already.'; END IF;`,
    `  IF ops_unseen > 0 THEN RAISE WARNING '${name}: % ${blindWarning}', ops_unseen; END IF;`,
    `  low := coalesce((SELECT p.last_key FROM migration_progress p WHERE p.job = '${name}'), (SELECT t.${key}::text FROM ${table} t ORDER BY t.${key} LIMIT 1));`,
    '  LOOP',
    // Locks in the order of the key, as code takes them that changes two rows.
    `    SELECT (array_agg(b.k ORDER BY b.k DESC))[1], count(*) INTO high, ops_count FROM (SELECT t.${key} AS k FROM ${table} t WHERE t.${key} >= low ORDER BY 1 LIMIT ${rows} FOR NO KEY UPDATE) b;`,
    '    EXIT WHEN ops_count = 0;',
    `    ${work(`t.${key} BETWEEN low AND high`)};`,
    `    ${noteProgress(`'${name}', high::text, ops_count`)};`,
    '    COMMIT;',
    '    ops_rows := ops_rows + ops_count;',
    // A batch starts again at its last key; the last one ends at or beyond the last key of the start.
    '    EXIT WHEN (high > low AND high < ops_last) IS NOT TRUE;',
    '    low := high;',
    `    IF clock_timestamp() > ops_reported + interval '${reportSeconds} s' THEN`,
    '      ops_reported := clock_timestamp();',
    `      RAISE NOTICE '${name}: % rows, about % min left', ops_rows, ceil(greatest(ops_total - ops_rows, 0) / ops_rows * extract(epoch FROM ops_reported - ops_started)::float8 / 60);`,
    '    END IF;',
    `    WHILE (${replicaLag}) > ${maxLagSeconds} LOOP PERFORM pg_sleep(1); END LOOP;`,
    `    PERFORM pg_sleep(CASE WHEN ops_unseen > 0 THEN ${pauseSeconds * blindPauses} ELSE ${pauseSeconds} END);`,
    '  END LOOP;',
    `  DELETE FROM migration_progress p WHERE p.job = '${name}';`,
    `  RAISE NOTICE '${name}: done, % rows looked at', ops_rows;`,
    'END',
  ].join('\n')
  return [
    '-- Backfill in batches. Stop it at any moment (Ctrl-C); started again it goes on after the last batch that it committed.',
    '\\set ON_ERROR_STOP on',
    // The loop is one statement: a limit of the role would end it. A lock that does not come ends the batch, and the next start goes on.
    'SET statement_timeout = 0;', "SET lock_timeout = '5s';", 'SET client_min_messages = notice;',
    `${progressTable};`, `DO ${dollarQuote(body, 'backfill')};`,
  ].join('\n')
}
