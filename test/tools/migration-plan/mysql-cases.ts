import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'

/** One valid request a change, on the tables of `mysqlFixture`. */
export const mysqlRequests: Readonly<Record<string, MigrationInput>> = {
  'add-check': { table: 'users', expression: 'age >= 0 and age < 200' },
  'add-column-not-null-computed': { table: 'users', column: 'email_lower', type: 'varchar(100)', expression: 'lower(email)' },
  'add-column-not-null-constant-default': { table: 'users', column: 'credits', type: 'int', expression: '0' },
  'add-column-volatile-default': { table: 'users', column: 'token', type: 'char(36)', expression: 'uuid()' },
  'add-foreign-key': { table: 'orders', column: 'user_id', references: 'users(id)' },
  'add-index': { table: 'users', columns: ['email'] },
  'add-nullable-column': { table: 'users', column: 'nickname', type: 'text' },
  'add-stored-generated-column': { table: 'users', column: 'email_upper', type: 'varchar(100)', expression: 'upper(email)' },
  'add-unique': { table: 'users', columns: ['email'] },
  'backfill-only': { table: 'users', column: 'legacy', expression: "'n/a'" },
  'change-collation': { table: 'users', to: 'utf8mb4_unicode_ci' },
  'change-column-default': { table: 'users', column: 'age', expression: '18' },
  'drop-column': { table: 'users', column: 'legacy' },
  'drop-foreign-key': { table: 'orders', from: 'orders_owner_fk' },
  'drop-index': { table: 'users', from: 'users_phone_idx', columns: ['phone'] },
  'drop-not-null': { table: 'users', column: 'name', type: 'varchar(50)' },
  'drop-table': { table: 'orders' },
  'enum-add-value': { table: 'orders', column: 'status', type: "enum('new','paid','refunded')", nullable: false, expression: "'new'" },
  'enum-remove-value': { table: 'orders', column: 'status', type: "enum('new')", nullable: false, expression: "'new'" },
  'pk-int-to-bigint': { table: 'orders', column: 'id' },
  'purge-rows': { table: 'orders', expression: 'id < 100' },
  'rename-column': { table: 'users', from: 'name', to: 'full_name', type: 'varchar(50)', nullable: false },
  'rename-table': { table: 'orders', to: 'purchases' },
  'replace-index': { table: 'users', from: 'users_phone_idx', columns: ['phone', 'age'] },
  'set-not-null': { table: 'users', column: 'age', type: 'int' },
  'type-change-rewrite': { table: 'users', column: 'age', from: 'int', type: 'bigint' },
  'type-narrow': { table: 'users', column: 'name', from: 'varchar(50)', type: 'varchar(40)', nullable: false },
  'type-widen-metadata-only': { table: 'users', column: 'name', from: 'varchar(50)', type: 'varchar(60)', nullable: false },
}

/** The tables the requests are made for, with 1,000 rows each. */
export const mysqlFixture: readonly string[] = [
  'DROP DATABASE IF EXISTS shop', 'CREATE DATABASE shop CHARACTER SET utf8mb4', 'USE shop',
  'CREATE TABLE users(id int AUTO_INCREMENT PRIMARY KEY, name varchar(50) NOT NULL, email varchar(100) NOT NULL, phone varchar(20), age int, legacy text, KEY users_phone_idx (phone))',
  "INSERT INTO users(name, email, phone, age) SELECT concat('Name ', seq), concat('u', seq, '@example.org'), concat('555', seq), 20 + seq % 50 FROM seq_1_to_1000",
  "CREATE TABLE orders(id int AUTO_INCREMENT PRIMARY KEY, user_id int, owner_id int, status enum('new','paid') NOT NULL DEFAULT 'new', CONSTRAINT orders_owner_fk FOREIGN KEY (owner_id) REFERENCES users(id))",
  'INSERT INTO orders(user_id, owner_id) SELECT 1 + seq % 1000, 1 + seq % 1000 FROM seq_1_to_1000',
]
