/**
 * SQL that says, for the columns of a table, what gives the n-th row its value: `{n}` stands for the number. Rows depend on nothing but their
 * number, so a second run writes the same ones. `c` is a row of information_schema.COLUMNS; null where a type is unknown.
 */
const unique = 'EXISTS (SELECT 1 FROM information_schema.STATISTICS AS u WHERE u.TABLE_SCHEMA = DATABASE() AND u.TABLE_NAME = c.TABLE_NAME AND u.COLUMN_NAME = c.COLUMN_NAME AND u.NON_UNIQUE = 0)'
const json = "(c.DATA_TYPE = 'json' OR EXISTS (SELECT 1 FROM information_schema.CHECK_CONSTRAINTS AS k WHERE k.CONSTRAINT_SCHEMA = DATABASE() AND k.CHECK_CLAUSE LIKE CONCAT('%json_valid(`', c.COLUMN_NAME, '`)%')))"
const members = "(1 + (CHAR_LENGTH(c.COLUMN_TYPE) - CHAR_LENGTH(REPLACE(c.COLUMN_TYPE, ''',''', ''))) DIV 3)"
// Of version 4 and the usual variant: MariaDB looks at both.
const uuid = "CONCAT('INSERT(INSERT(INSERT(INSERT(INSERT(INSERT(MD5(CONCAT(', QUOTE(CONCAT(c.TABLE_NAME, '.', c.COLUMN_NAME, '.')), ', {n})), 13, 1, ''4''), 17, 1, ''8''), 21, 0, ''-''), 17, 0, ''-''), 13, 0, ''-''), 9, 0, ''-'')')"
const text = (value: string): string => `CONCAT('CONCAT(', ${value}, ')')`

export const valueOf = `CASE
    WHEN ${json} THEN QUOTE('{}')
    WHEN c.DATA_TYPE = 'enum' THEN CONCAT('1 + {n} MOD ', ${members})
    WHEN c.DATA_TYPE = 'set' THEN '1'
    WHEN c.COLUMN_TYPE LIKE 'tinyint(1)%' OR c.DATA_TYPE = 'bit' THEN '{n} MOD 2'
    WHEN c.DATA_TYPE = 'tinyint' THEN '{n} MOD 120'
    WHEN c.DATA_TYPE = 'smallint' THEN '{n} MOD 32000'
    WHEN c.DATA_TYPE IN ('mediumint', 'int', 'bigint') THEN '{n}'
    WHEN c.DATA_TYPE IN ('decimal', 'float', 'double') THEN IF(${unique}, '{n}', '{n} MOD 10')
    WHEN c.DATA_TYPE = 'year' THEN '2000 + {n} MOD 100'
    WHEN c.DATA_TYPE = 'date' THEN 'DATE_ADD(''2026-01-01'', INTERVAL {n} DAY)'
    WHEN c.DATA_TYPE IN ('datetime', 'timestamp') THEN 'DATE_ADD(''2026-01-01 00:00:00'', INTERVAL {n} HOUR)'
    WHEN c.DATA_TYPE = 'time' THEN 'SEC_TO_TIME(60 * ({n} MOD 1000))'
    WHEN c.DATA_TYPE = 'uuid' OR (c.DATA_TYPE = 'char' AND c.CHARACTER_MAXIMUM_LENGTH = 36) THEN ${uuid}
    WHEN c.DATA_TYPE IN ('inet4', 'inet6') THEN CONCAT('CONCAT(', QUOTE(IF(c.DATA_TYPE = 'inet6', '::192.0.2.', '192.0.2.')), ', {n} MOD 250)')
    WHEN c.DATA_TYPE LIKE '%binary' OR c.DATA_TYPE LIKE '%blob' THEN CONCAT('LEFT(UNHEX(MD5({n})), ', LEAST(c.CHARACTER_MAXIMUM_LENGTH, 16), ')')
    WHEN c.CHARACTER_MAXIMUM_LENGTH < 20 THEN CONCAT('LEFT(CONCAT(', QUOTE(LEFT(c.COLUMN_NAME, c.CHARACTER_MAXIMUM_LENGTH DIV 3)), ', MD5({n})), ', c.CHARACTER_MAXIMUM_LENGTH, ')')
    WHEN c.CHARACTER_MAXIMUM_LENGTH IS NULL THEN NULL
    WHEN c.COLUMN_NAME RLIKE 'e?mail' THEN ${text("'''user'', {n}, ''@example.com'''")}
    WHEN c.COLUMN_NAME RLIKE 'phone|mobile' THEN ${text("'''+1555'', LPAD({n}, 7, ''0'')'")}
    WHEN c.COLUMN_NAME RLIKE 'url|link' THEN ${text("'''https://example.com/'', {n}'")}
    ELSE CONCAT('CONCAT(', QUOTE(CONCAT(REPLACE(LEFT(c.COLUMN_NAME, c.CHARACTER_MAXIMUM_LENGTH - 10), '_', ' '), ' ')), ', {n})')
  END`
/** True for a column with a unique index of its own or a part in one. */
export const isUnique = unique
