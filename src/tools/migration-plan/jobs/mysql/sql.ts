import { reportSeconds, type Job } from '../job.ts'
import { busyThreads, jobLock, noteProgress, progressTable } from './job.ts'

/** A backfill for the client program. It cannot see replicas; it waits while the server is busy, and between batches. */
export function sqlJob({ name, batches }: Job): string {
  const { table, key, work, rows, pauseSeconds } = batches
  const procedure = `\`ops_${name.slice(-58)}\``
  const lines = [
    `CREATE PROCEDURE ${procedure}()`,
    'BEGIN',
    '  DECLARE ops_done bigint DEFAULT 0;',
    '  DECLARE ops_count bigint DEFAULT 0;',
    '  DECLARE ops_running bigint DEFAULT 0;',
    '  DECLARE ops_started, ops_reported datetime DEFAULT now();',
    `  DECLARE ops_total bigint DEFAULT (${batches.estimate ?? 'SELECT 0'});`,
    `  IF GET_LOCK(${jobLock(name)}, 0) <> 1 THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${name.slice(-90)} is running already.'; END IF;`,
    `  SELECT min(t.${key}), max(t.${key}) INTO @ops_low, @ops_last FROM ${table} AS t;`,
    // As a constant the note takes the type and the order of the key.
    `  SET @ops_note = (SELECT p.last_key FROM migration_progress AS p WHERE p.job = '${name}');`,
    '  IF @ops_note IS NOT NULL THEN',
    `    SET @ops_text = CONCAT(${quoted(`SELECT min(t.${key}) INTO @ops_low FROM ${table} AS t WHERE t.${key} >= `)}, QUOTE(@ops_note));`,
    '    PREPARE ops_resume FROM @ops_text; EXECUTE ops_resume; DEALLOCATE PREPARE ops_resume;',
    '  END IF;',
    '  WHILE @ops_low IS NOT NULL DO',
    `    SELECT max(b.k), count(*) INTO @ops_high, ops_count FROM (SELECT t.${key} AS k FROM ${table} AS t WHERE t.${key} >= @ops_low ORDER BY t.${key} LIMIT ${rows}) AS b;`,
    '    START TRANSACTION;',
    `    ${work(`t.${key} BETWEEN @ops_low AND @ops_high`)};`,
    `    ${noteProgress(`'${name}'`, '@ops_high', 'ops_count')};`,
    '    COMMIT;',
    '    SET ops_done = ops_done + ops_count;',
    '    SET @ops_low = IF(@ops_high > @ops_low AND @ops_high < @ops_last, @ops_high, NULL);',
    `    IF TIMESTAMPDIFF(SECOND, ops_reported, now()) >= ${reportSeconds} THEN`,
    '      SET ops_reported = now();',
    `      SELECT CONCAT('${name}: ', ops_done, ' rows, about ', CEIL(GREATEST(ops_total - ops_done, 0) / ops_done * TIMESTAMPDIFF(SECOND, ops_started, now()) / 60), ' min left') AS progress;`,
    '    END IF;',
    '    REPEAT',
    `      DO SLEEP(${pauseSeconds});`,
    "      SET ops_running = (SELECT count(*) FROM information_schema.PROCESSLIST WHERE COMMAND IN ('Query', 'Execute'));",
    `    UNTIL ops_running <= ${busyThreads} END REPEAT;`,
    '  END WHILE;',
    `  DELETE FROM migration_progress WHERE job = '${name}';`,
    `  SELECT CONCAT('${name}: done, ', ops_done, ' rows looked at') AS progress;`,
    'END',
  ].join('\n')
  let end = '//'
  while (lines.includes(end)) end += '/'
  return [
    '-- Backfill in batches. Stop it at any moment (Ctrl-C); started again it goes on after the last batch that it committed.',
    'SET SESSION innodb_lock_wait_timeout = 5;', 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED;', `${progressTable};`, `DROP PROCEDURE IF EXISTS ${procedure};`,
    `DELIMITER ${end}`, `${lines}${end}`, 'DELIMITER ;', `CALL ${procedure}();`, `DROP PROCEDURE ${procedure};`,
  ].join('\n')
}

const quoted = (text: string): string => (text.includes('\\') ? `CONVERT(0x${Buffer.from(text, 'utf8').toString('hex')} USING utf8mb4)` : `'${text.replaceAll("'", "''")}'`)
