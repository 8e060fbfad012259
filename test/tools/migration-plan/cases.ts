import type { MigrationInput } from '../../../src/tools/migration-plan/input.ts'

/** Names that break what is not quoted: reserved words, quotes, dollar quotes, dots, comments, other alphabets. */
export const hostileNames = ['select', 'user', 'Mixed Case', 'a"b', "it's", 'semi;colon', 'x -- y', '$fn$', '$backfill$ $fn$', 'dots.in.name', 'ünïcödé', '表', 'backfill', 't', 'new_', '"; DROP TABLE users; --', '`tick`', '%I', 'a/*b*/c']

/** One valid request a change, on the table of `fixture`. */
export const requests: Readonly<Record<string, MigrationInput>> = {
  'add-check': { table: 'users', expression: 'age >= 0 and age < 200' },
  'add-column-not-null-computed': { table: 'users', column: 'email_lower', type: 'text', expression: 'lower(email)' },
  'add-column-not-null-constant-default': { table: 'users', column: 'credits', type: 'int', expression: '0' },
  'add-column-volatile-default': { table: 'users', column: 'public_id', type: 'uuid', expression: 'gen_random_uuid()' },
  'add-foreign-key': { table: 'orders', column: 'user_id', references: 'users(id)' },
  'add-index': { table: 'users', columns: ['email'] },
  'add-nullable-column': { table: 'users', column: 'nickname', type: 'text' },
  'add-stored-generated-column': { table: 'users', column: 'domain', type: 'text', expression: "split_part(email, '@', 2)" },
  'add-tenant-id': { table: 'orders', column: 'tenant_id', type: 'int', references: 'tenants(id)', columns: ['user_id'], from: 'users(id)' },
  'add-unique': { table: 'users', columns: ['email'] },
  'backfill-only': { table: 'users', column: 'legacy', expression: "'n/a'" },
  'change-collation': { table: 'users', column: 'phone', to: 'C', from: 'users_phone_idx' },
  'change-column-default': { table: 'orders', column: 'plan', expression: "'trial'", from: "'free'" },
  'drop-column': { table: 'users', column: 'legacy' },
  'drop-foreign-key': { table: 'orders', from: 'orders_owner_fk', column: 'owner_id', references: 'users(id)' },
  'drop-index': { table: 'users', from: 'users_phone_idx', columns: ['phone'] },
  'drop-not-null': { table: 'users', column: 'name', nullable: true },
  'drop-table': { table: 'orders' },
  'encrypt-column': { table: 'users', column: 'legacy', columns: ['legacy_enc', 'legacy_hash'] },
  'enum-add-value': { type: 'status', to: 'refunded', from: 'paid' },
  'enum-remove-value': { table: 'orders', column: 'status', type: 'status', from: 'paid', to: 'new' },
  'enum-to-text-check': { table: 'orders', column: 'status', from: 'status', expression: "'new'", nullable: false },
  'json-key-rename': { table: 'users', column: 'prefs', from: 'theme', to: 'ui_theme' },
  'json-to-column': { table: 'users', column: 'theme', from: 'prefs', type: 'text' },
  'merge-columns': { table: 'users', columns: ['legacy', 'born'], to: 'contact', expression: "';'" },
  'merge-tables': { table: 'users', columns: ['bio'], type: 'text', references: 'profiles(user_id)' },
  'one-to-many-to-join-table': { table: 'orders', column: 'owner_id', references: 'users(id)', to: 'order_owners' },
  'partition-existing-table': { table: 'events', column: 'at', from: "'2027-01-01'", to: "'2027-02-01'" },
  'pk-int-to-bigint': { table: 'invoices' },
  'purge-rows': { table: 'orders', expression: 'user_id < 100' },
  'rename-column': { table: 'users', from: 'name', to: 'full_name', type: 'text', nullable: false },
  'rename-table': { table: 'orders', to: 'purchases' },
  'replace-index': { table: 'users', from: 'users_phone_idx', expression: 'lower(phone)' },
  'serial-to-identity': { table: 'tickets' },
  'set-not-null': { table: 'users', column: 'age' },
  'soft-delete': { table: 'users', column: 'deleted_at', columns: ['email'], from: 'users_email_uq' },
  'split-column': { table: 'users', from: 'name', columns: ['first_name', 'last_name'], type: 'text', nullable: false },
  'split-table-move-columns': { table: 'users', columns: ['age', 'legacy'], to: 'user_extra' },
  'type-change-rewrite': { table: 'users', column: 'age', from: 'int', type: 'bigint' },
  'type-convert-text-to-typed': { table: 'users', column: 'born', type: 'date' },
  'type-narrow': { table: 'users', column: 'name', type: 'varchar(60)' },
  'type-widen-metadata-only': { table: 'users', column: 'phone', from: 'varchar(20)', type: 'varchar(40)' },
  'view-or-matview-change': { table: 'user_names', from: 'users', columns: ['id', 'name', 'email'] },
}

/** What the application has to do during a plan, as SQL; stands in for a job whose keys are outside the database. */
export const jobs: Readonly<Record<string, string>> = {
  'encrypt-column': "UPDATE users SET legacy_enc = convert_to(legacy, 'UTF8'), legacy_hash = sha256(convert_to(legacy, 'UTF8')) WHERE legacy IS NOT NULL AND legacy_enc IS NULL;",
}

/** The schema the requests are made for, with 1,000 rows. */
export const fixture = `
CREATE TYPE status AS ENUM ('new', 'paid');
CREATE TABLE tenants(id int PRIMARY KEY);
INSERT INTO tenants SELECT generate_series(0, 6);
CREATE TABLE users(id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, name text NOT NULL, email text NOT NULL, phone varchar(20), age int, legacy text, born text, prefs jsonb NOT NULL DEFAULT '{}', tenant_id int);
CREATE INDEX users_phone_idx ON users(phone);
CREATE UNIQUE INDEX users_email_uq ON users(email) WHERE email LIKE '%@example.org';
INSERT INTO users(name, email, phone, age, born, prefs, tenant_id)
  SELECT 'Name ' || g, 'u' || g || '@example.org', '555' || g, 20 + g % 50, '19' || 10 + g % 90 || '-02-03', jsonb_build_object('theme', 't' || g % 3, 'other', g), g % 7 FROM generate_series(1, 1000) g;
CREATE TABLE profiles(id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, user_id int NOT NULL UNIQUE REFERENCES users(id), bio text);
INSERT INTO profiles(user_id, bio) SELECT g, 'Bio ' || g FROM generate_series(1, 1000, 2) g;
CREATE TABLE orders(id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, user_id int, owner_id int, status status NOT NULL DEFAULT 'new', plan text DEFAULT 'free');
ALTER TABLE orders ADD CONSTRAINT orders_owner_fk FOREIGN KEY (owner_id) REFERENCES users(id);
INSERT INTO orders(user_id, owner_id, status) SELECT 1 + g % 1000, 1 + g % 1000, CASE WHEN g % 10 = 0 THEN 'paid' ELSE 'new' END::status FROM generate_series(1, 1000) g;
CREATE INDEX orders_owner_idx ON orders(owner_id);
CREATE TABLE tickets(id serial PRIMARY KEY, note text);
INSERT INTO tickets(note) SELECT 'n' || g FROM generate_series(1, 20) g;
CREATE TABLE invoices(id int GENERATED ALWAYS AS IDENTITY (START WITH 100 INCREMENT BY 10) PRIMARY KEY, parent_id int REFERENCES invoices(id), note text);
INSERT INTO invoices(note) SELECT 'n' || g FROM generate_series(1, 50) g;
CREATE TABLE invoice_lines(id serial PRIMARY KEY, invoice_id int NOT NULL REFERENCES invoices(id) ON DELETE CASCADE);
INSERT INTO invoice_lines(invoice_id) SELECT id FROM invoices;
CREATE TABLE events(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL, kind text NOT NULL DEFAULT 'view' CHECK (kind <> ''), user_id int REFERENCES users(id));
CREATE INDEX events_at_idx ON events(at);
INSERT INTO events(at, user_id) SELECT timestamptz '2026-01-01' + g * interval '1 hour', 1 + g % 1000 FROM generate_series(1, 1000) g;
CREATE MATERIALIZED VIEW user_names AS SELECT id, email FROM users WITH DATA;
`
