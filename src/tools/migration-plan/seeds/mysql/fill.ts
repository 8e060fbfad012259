import { isUnique, valueOf } from './values.ts'

/** Tables that migration tools keep for themselves. */
const bookkeeping = "'^(schema_migrations|ar_internal_metadata|knex_migrations(_lock)?|migrations|alembic_version|django_migrations|flyway_schema_history|__EFMigrationsHistory|__drizzle_migrations|_prisma_migrations|migration_progress)$'"
/** Rows in a database from which it holds more than somebody could have seeded. */
const realRows = 100_000

const columns = 'information_schema.COLUMNS AS c'
const keys = 'information_schema.KEY_COLUMN_USAGE AS k'
const ofTable = 'c.TABLE_SCHEMA = DATABASE() AND c.TABLE_NAME = this_table'
const foreign = 'k.TABLE_SCHEMA = DATABASE() AND k.REFERENCED_TABLE_SCHEMA = DATABASE()'
const name = (column: string): string => `CONCAT('\`', REPLACE(${column}, '\`', '\`\`'), '\`')`
const refuse = (why: string): string => `SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = ${why}`

/** What the seed needs while it runs, and drops when it is done. MySQL knows no routine or table that ends with the session and can be read twice in a query. */
export const dropSeed = ['DROP PROCEDURE IF EXISTS ops_seed', 'DROP TABLE IF EXISTS ops_seed_values, ops_seed_tables, ops_seed_numbers']
export const seedTables = [
  'CREATE TABLE ops_seed_tables (name varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PRIMARY KEY, ready boolean NOT NULL DEFAULT false)',
  'CREATE TABLE ops_seed_values (tbl varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, col varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, expression text, PRIMARY KEY (tbl, col))',
  'CREATE TABLE ops_seed_numbers (n int PRIMARY KEY)',
]

/** `ops_seed(rows, factories)` fills every table of the database, parents first; rows that are there are set back to what they should be. */
export const seedProcedure = `CREATE PROCEDURE ops_seed(IN rows_wanted INT, IN factories LONGTEXT)
BEGIN
  DECLARE this_table VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
  DECLARE missing VARCHAR(64);
  DECLARE tables_done INT DEFAULT 0;
  DECLARE why VARCHAR(128);
  SET SESSION group_concat_max_len = 1000000;
  IF LOWER(DATABASE()) RLIKE '(^|[^a-z])(prod|production|live)([^a-z]|$)' THEN ${refuse("'Refused: the name of the database looks like production.'")}; END IF;
  IF (SELECT SUM(t.TABLE_ROWS) FROM information_schema.TABLES AS t WHERE t.TABLE_SCHEMA = DATABASE()) > ${realRows} THEN ${refuse("'Refused: more rows than seeds would make.'")}; END IF;
  INSERT INTO ops_seed_numbers VALUES (1);
  WHILE (SELECT MAX(n) FROM ops_seed_numbers) < rows_wanted DO
    SET @ops_top = (SELECT MAX(n) FROM ops_seed_numbers);
    INSERT INTO ops_seed_numbers SELECT n + @ops_top FROM ops_seed_numbers WHERE n + @ops_top <= rows_wanted;
  END WHILE;
  INSERT INTO ops_seed_tables (name) SELECT t.TABLE_NAME FROM information_schema.TABLES AS t WHERE t.TABLE_SCHEMA = DATABASE() AND t.TABLE_TYPE = 'BASE TABLE' AND t.TABLE_NAME NOT RLIKE ${bookkeeping} AND t.TABLE_NAME NOT LIKE 'ops\\_seed\\_%'
    AND EXISTS (SELECT 1 FROM information_schema.STATISTICS AS s WHERE s.TABLE_SCHEMA = DATABASE() AND s.TABLE_NAME = t.TABLE_NAME AND s.INDEX_NAME = 'PRIMARY');
  WHILE EXISTS (SELECT 1 FROM ops_seed_tables WHERE NOT ready) DO
    -- Next a table whose parents are there; when a circle is left, one whose keys to the others may be empty and for which most wait.
    SELECT w.name INTO this_table FROM ops_seed_tables AS w LEFT JOIN ${keys} ON ${foreign} AND k.TABLE_NAME = w.name AND k.REFERENCED_TABLE_NAME <> w.name
      LEFT JOIN ops_seed_tables AS p ON p.name = k.REFERENCED_TABLE_NAME LEFT JOIN ${columns} ON c.TABLE_SCHEMA = DATABASE() AND c.TABLE_NAME = k.TABLE_NAME AND c.COLUMN_NAME = k.COLUMN_NAME
      WHERE NOT w.ready GROUP BY w.name ORDER BY MAX(COALESCE(NOT p.ready AND c.IS_NULLABLE = 'NO', 0)), MAX(COALESCE(NOT p.ready, 0)),
      (SELECT COUNT(*) FROM information_schema.KEY_COLUMN_USAGE AS waits JOIN ops_seed_tables AS o ON o.name = waits.TABLE_NAME AND NOT o.ready WHERE waits.REFERENCED_TABLE_SCHEMA = DATABASE() AND waits.REFERENCED_TABLE_NAME = w.name) DESC, w.name LIMIT 1;
    -- What a person wrote, then keys to other tables, then what the type asks for.
    INSERT INTO ops_seed_values SELECT this_table, c.COLUMN_NAME, CONCAT('(', REGEXP_REPLACE(JSON_UNQUOTE(JSON_EXTRACT(factories, CONCAT('$."', this_table, '.', c.COLUMN_NAME, '"'))), '\\\\bn\\\\b', '{n}'), ')') FROM ${columns}
      WHERE ${ofTable} AND COALESCE(c.GENERATION_EXPRESSION, '') = '' AND JSON_EXTRACT(factories, CONCAT('$."', this_table, '.', c.COLUMN_NAME, '"')) IS NOT NULL;
    INSERT IGNORE INTO ops_seed_values SELECT this_table, c.COLUMN_NAME, ${valueOf} FROM ${columns}
      WHERE ${ofTable} AND COALESCE(c.GENERATION_EXPRESSION, '') = '' AND NOT EXISTS (SELECT 1 FROM ${keys} WHERE ${foreign} AND k.TABLE_NAME = this_table AND k.COLUMN_NAME = c.COLUMN_NAME);
    -- One parent each where the key must be unique, else spread over the parents.
    INSERT IGNORE INTO ops_seed_values SELECT this_table, c.COLUMN_NAME, CASE
        WHEN v.expression IS NULL THEN IF(c.IS_NULLABLE = 'YES', 'NULL', NULL)
        WHEN k.REFERENCED_TABLE_NAME = this_table OR ${isUnique} THEN v.expression
        ELSE REPLACE(v.expression, '{n}', CONCAT('(1 + ({n} * 7) MOD ', rows_wanted, ')')) END
      FROM ${columns} JOIN ${keys} ON ${foreign} AND k.TABLE_NAME = c.TABLE_NAME AND k.COLUMN_NAME = c.COLUMN_NAME
      LEFT JOIN ops_seed_values AS v ON v.tbl = k.REFERENCED_TABLE_NAME AND v.col = k.REFERENCED_COLUMN_NAME
      WHERE ${ofTable} ORDER BY (SELECT COUNT(*) FROM information_schema.KEY_COLUMN_USAGE AS other WHERE other.CONSTRAINT_SCHEMA = DATABASE() AND other.TABLE_NAME = this_table AND other.CONSTRAINT_NAME = k.CONSTRAINT_NAME) DESC;
    SET missing = (SELECT c.COLUMN_NAME FROM ${columns} JOIN ops_seed_values AS v ON v.tbl = this_table AND v.col = c.COLUMN_NAME WHERE ${ofTable} AND v.expression IS NULL AND c.IS_NULLABLE = 'NO' AND c.COLUMN_DEFAULT IS NULL LIMIT 1);
    IF missing IS NOT NULL THEN
      SET why = LEFT(CONCAT('No value for ', this_table, '.', missing, ': give it a factory.'), 128);
      ${refuse('why')};
    END IF;
    SELECT GROUP_CONCAT(${name('v.col')} ORDER BY v.col), GROUP_CONCAT(REPLACE(v.expression, '{n}', 'x.n') ORDER BY v.col), GROUP_CONCAT(CONCAT(${name('v.col')}, ' = VALUES(', ${name('v.col')}, ')') ORDER BY v.col)
      INTO @ops_columns, @ops_values, @ops_sets FROM ops_seed_values AS v WHERE v.tbl = this_table AND v.expression IS NOT NULL;
    SET @ops_insert = CONCAT('INSERT INTO ', ${name('this_table')}, ' (', @ops_columns, ') SELECT ', @ops_values, ' FROM ops_seed_numbers AS x ON DUPLICATE KEY UPDATE ', @ops_sets);
    PREPARE ops_insert FROM @ops_insert;
    EXECUTE ops_insert;
    DEALLOCATE PREPARE ops_insert;
    UPDATE ops_seed_tables SET ready = true WHERE name = this_table;
    SET tables_done = tables_done + 1;
  END WHILE;
  SELECT tables_done AS tables;
END`
