/** The tables of every case on MariaDB, with `rows` accounts. */
export const mariaFixture = (rows: number): string => `
CREATE TABLE customers(id int PRIMARY KEY) SELECT seq AS id FROM seq_0_to_999;
CREATE TABLE accounts(
  id bigint AUTO_INCREMENT PRIMARY KEY, customer_id int, email varchar(60) NOT NULL, name varchar(60) NOT NULL, phone varchar(20), points int, status enum('new','paid') NOT NULL DEFAULT 'new', legacy varchar(20));
INSERT INTO accounts(id, customer_id, email, name, phone, points)
  SELECT seq, seq % 1000, concat('user', seq, '@example.org'), concat('Name ', seq), concat('555', seq), seq FROM seq_1_to_${rows};
ANALYZE TABLE accounts;
`

/** What an application that cares for nothing special does. */
export const plainVersion = {
  insert: "INSERT INTO accounts(customer_id, email, name, points) VALUES (CAST($1 AS int) % 1000, concat('user', $1), $1, 1) RETURNING id",
  update: 'UPDATE accounts SET name = $1 WHERE id = $2',
  read: 'SELECT name AS value FROM accounts WHERE id = $1',
}
/** Where the values of `plainVersion` are found. */
export const plainFinal = 'SELECT id, name AS value FROM accounts WHERE id IN ($1)'
