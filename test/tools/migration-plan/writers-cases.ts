import type { Phase } from '../../../src/tools/migration-plan/sql/statement.ts'
import type { Postgres } from '../../support/postgres.ts'
import { appRole, reset, writers, type Version } from './run-plan.ts'

const email = (n: number): string => `u${n}@example.org`
const where = (key: string): string => `WHERE email = '${key}'`
const user = (key: string): string => `(SELECT id FROM users ${where(key)})`
/** A version that keeps the number in columns of users. */
const users = (columns: string, value: (n: number) => string, set: (n: number) => string): Version => ({
  insert: (key, n) => `INSERT INTO users(name, email, ${columns}) VALUES ('n', '${key}', ${value(n)});`,
  update: (key, n) => `UPDATE users SET ${set(n)} ${where(key)};`,
})
const orders = (columns: string, value: (n: number) => string, set: (n: number) => string): Version => ({
  insert: (key, n) => `INSERT INTO orders(plan, ${columns}) VALUES ('${key}', ${value(n)});`,
  update: (key, n) => `UPDATE orders SET ${set(n)} WHERE plan = '${key}';`,
})
const date = (n: number): string => new Date(Date.UTC(2000, 0, 1 + n)).toISOString().slice(0, 10)
const day = (n: number): string => `date '2000-01-01' + ${n}`

export interface Mixed { readonly id: string, readonly versions: readonly [Version, ...Version[]], readonly final: string, readonly setup?: string, readonly seeded?: (n: number) => string, readonly careless?: RegExp | null }
const nameOrders = "UPDATE orders SET plan = 'p' || id;"
const plans = (n: number): string => `p${n}`

/** Changes that running code can see. `final` gives key and number as the last schema holds them. `careless` takes statements out of the plan; null when nothing can be left out unnoticed. */
export const cases: readonly Mixed[] = [
  {
    id: 'split-column', final: "SELECT email, replace(last_name, 'B', '') FROM users WHERE first_name = 'A'",
    versions: [
      { insert: (key, n) => `INSERT INTO users(name, email) VALUES ('A B${n}', '${key}');`, update: (key, n) => `UPDATE users SET name = 'A B${n}' ${where(key)};` },
      { insert: (key, n) => `INSERT INTO users(first_name, last_name, email) VALUES ('A', 'B${n}', '${key}');`, update: (key, n) => `UPDATE users SET first_name = 'A', last_name = 'B${n}' ${where(key)};` },
    ],
  },
  {
    id: 'split-table-move-columns', final: 'SELECT u.email, e.age FROM users u JOIN user_extra e USING (id)',
    versions: [users('age', String, (n) => `age = ${n}`), {
      insert: (key, n) => `BEGIN; INSERT INTO users(name, email) VALUES ('n', '${key}'); INSERT INTO user_extra(id, age) VALUES (${user(key)}, ${n}); COMMIT;`,
      update: (key, n) => `INSERT INTO user_extra(id, age) VALUES (${user(key)}, ${n}) ON CONFLICT (id) DO UPDATE SET age = EXCLUDED.age;`,
    }],
  },
  {
    id: 'merge-columns', final: "SELECT email, split_part(contact, ';', 2) FROM users WHERE contact LIKE 'L;%'",
    versions: [users('legacy, born', (n) => `'L', '${n}'`, (n) => `legacy = 'L', born = '${n}'`), users('contact', (n) => `'L;${n}'`, (n) => `contact = 'L;${n}'`)],
  },
  {
    id: 'merge-tables', final: 'SELECT email, bio FROM users',
    versions: [{
      insert: (key, n) => `INSERT INTO users(name, email) VALUES ('n', '${key}'); INSERT INTO profiles(user_id, bio) VALUES (${user(key)}, '${n}');`,
      update: (key, n) => `INSERT INTO profiles(user_id, bio) VALUES (${user(key)}, '${n}') ON CONFLICT (user_id) DO UPDATE SET bio = EXCLUDED.bio;`,
    }, users('bio', (n) => `'${n}'`, (n) => `bio = '${n}'`)],
  },
  {
    id: 'one-to-many-to-join-table', setup: nameOrders, seeded: plans, final: "SELECT plan, string_agg(j.owner_id::text, '+') FROM orders o JOIN order_owners j ON j.orders_id = o.id GROUP BY 1",
    versions: [orders('owner_id', String, (n) => `owner_id = ${n}`), {
      insert: (key, n) => `INSERT INTO orders(plan) VALUES ('${key}'); INSERT INTO order_owners SELECT id, ${n} FROM orders WHERE plan = '${key}';`,
      update: (key, n) => `BEGIN; DELETE FROM order_owners WHERE orders_id = (SELECT id FROM orders WHERE plan = '${key}'); INSERT INTO order_owners SELECT id, ${n} FROM orders WHERE plan = '${key}'; COMMIT;`,
    }],
  },
  {
    id: 'pk-int-to-bigint', seeded: (n) => `n${n}`, final: "SELECT note, split_part(old, ':', 2) FROM invoices", setup: "ALTER TABLE invoices ADD COLUMN old text;",
    versions: [{
      insert: (key, n) => `INSERT INTO invoices(note, old) VALUES ('${key}', ':${n}'); INSERT INTO invoice_lines(invoice_id) SELECT max(id) FROM invoices;`,
      update: (key, n) => `UPDATE invoices SET old = ':${n}' WHERE note = '${key}';`,
    }],
  },
  { id: 'json-key-rename', final: "SELECT email, prefs ->> 'ui_theme' FROM users WHERE NOT (prefs ? 'theme')", versions: [users('prefs', (n) => `'{"theme": ${n}}'`, (n) => `prefs = prefs || '{"theme": ${n}}'`), users('prefs', (n) => `'{"ui_theme": ${n}}'`, (n) => `prefs = prefs || '{"ui_theme": ${n}}'`)] },
  { id: 'json-to-column', final: 'SELECT email, theme FROM users', versions: [users('prefs', (n) => `'{"theme": "${n}"}'`, (n) => `prefs = prefs || '{"theme": "${n}"}'`), users('theme', (n) => `'${n}'`, (n) => `theme = '${n}'`)] },
  {
    id: 'type-convert-text-to-typed', final: "SELECT email, born - date '2000-01-01' FROM users",
    // Both versions use the one name, and send what either type takes.
    versions: [users('born', (n) => `(${day(n)})::text`, (n) => `born = (${day(n)})::text`), users('born', (n) => `'${date(n)}'`, (n) => `born = '${date(n)}'`)],
  },
  { id: 'enum-to-text-check', setup: nameOrders, seeded: plans, final: "SELECT plan, CASE status WHEN 'paid' THEN user_id ELSE -1 END FROM orders", versions: [orders('user_id, status', (n) => `${n}, 'paid'`, (n) => `user_id = ${n}, status = 'paid'`), { insert: (key: string, n: number) => `INSERT INTO orders(plan, user_id) VALUES ('${key}', ${n});`, update: (key: string, n: number) => `UPDATE orders SET user_id = ${n}, status = 'paid' WHERE plan = '${key}';` }] },
  {
    id: 'add-tenant-id', setup: nameOrders, seeded: plans, final: 'SELECT plan, CASE WHEN o.tenant_id = u.tenant_id THEN user_id END FROM orders o JOIN users u ON u.id = o.user_id',
    versions: [orders('user_id', String, (n) => `user_id = ${n}`), {
      insert: (key, n) => `BEGIN; SET LOCAL app.tenant_id = '${n % 7}'; INSERT INTO orders(plan, user_id, tenant_id) VALUES ('${key}', ${n}, ${n % 7}); COMMIT;`,
      // No tenant may hand a row to another one; whoever looks after all of them may.
      update: (key, n) => `RESET ROLE; UPDATE orders SET user_id = ${n}, tenant_id = ${n % 7} WHERE plan = '${key}'; SET ROLE app;`,
    }],
  },
  {
    id: 'encrypt-column', final: "SELECT email, convert_from(legacy_enc, 'UTF8') FROM users", careless: /CREATE TRIGGER|DROP TRIGGER/,
    versions: [users('legacy', (n) => `'${n}'`, (n) => `legacy = '${n}'`), users('legacy, legacy_enc, legacy_hash', (n) => `'${n}', '${n}', '${n}'`, (n) => `legacy = '${n}', legacy_enc = '${n}', legacy_hash = '${n}'`), users('legacy_enc, legacy_hash', (n) => `'${n}', '${n}'`, (n) => `legacy_enc = '${n}', legacy_hash = '${n}'`)],
  },
  { id: 'add-stored-generated-column', final: "SELECT domain, age FROM users WHERE domain = split_part(email, '@', 2) AND domain <> ''", seeded: (n) => `a@${n}`, setup: "UPDATE users SET email = 'a@' || id;", versions: [{ insert: (key, n) => `INSERT INTO users(name, email, age) VALUES ('n', 'a@${key}', ${n});`, update: (key, n) => `UPDATE users SET age = ${n} WHERE email IN ('${key}', 'a@${key}');` }] },
  { id: 'partition-existing-table', setup: "UPDATE events SET kind = 'k' || id;", seeded: (n) => `k${n}`, final: 'SELECT kind, user_id FROM events', versions: [{ insert: (key, n) => `INSERT INTO events(at, kind, user_id) VALUES ('2026-06-01', '${key}', ${n});`, update: (key, n) => `UPDATE events SET user_id = ${n} WHERE kind = '${key}';` }], careless: null },
  {
    id: 'rename-column', final: 'SELECT email, full_name FROM users',
    versions: [
      { insert: (key, n) => `INSERT INTO users(email, name) VALUES ('${key}', '${n}');`, update: (key, n) => `UPDATE users SET name = '${n}' ${where(key)};` },
      { insert: (key, n) => `INSERT INTO users(email, full_name) VALUES ('${key}', '${n}');`, update: (key, n) => `UPDATE users SET full_name = '${n}' ${where(key)};` },
    ],
  },
  {
    id: 'rename-table', setup: nameOrders, seeded: plans, final: 'SELECT plan, user_id FROM purchases', careless: null,
    versions: [orders('user_id', String, (n) => `user_id = ${n}`), { insert: (key, n) => `INSERT INTO purchases(plan, user_id) VALUES ('${key}', ${n});`, update: (key, n) => `UPDATE purchases SET user_id = ${n} WHERE plan = '${key}';` }],
  },
  { id: 'type-change-rewrite', final: 'SELECT email, age FROM users', versions: [users('age', String, (n) => `age = ${n}`), users('age', (n) => `${n}::bigint`, (n) => `age = ${n}::bigint`)] },
  { id: 'add-column-not-null-computed', final: 'SELECT email, age FROM users WHERE email_lower = lower(email)', versions: [users('age', String, (n) => `age = ${n}`), { ...users('age', String, (n) => `age = ${n}`), insert: (key, n) => `INSERT INTO users(name, email, age, email_lower) VALUES ('n', '${key}', ${n}, lower('${key}'));` }] },
  // Both versions are there while the unique key is given over; the last one passes over deleted rows.
  { id: 'soft-delete', final: 'SELECT email, age FROM users WHERE deleted_at IS NULL', careless: null, versions: [users('age', String, (n) => `age = ${n}`), { ...users('age', String, String), update: (key, n) => `UPDATE users SET age = ${n} ${where(key)} AND deleted_at IS NULL;` }] },
  { id: 'drop-column', final: 'SELECT email, age FROM users', careless: null, versions: [users('legacy, age', (n) => `'x', ${n}`, (n) => `legacy = 'x', age = ${n}`), users('age', String, (n) => `age = ${n}`)] },
  { id: 'enum-remove-value', setup: nameOrders, seeded: plans, final: "SELECT plan, user_id FROM orders WHERE status = 'new'", careless: null, versions: [orders('user_id, status', (n) => `${n}, 'paid'`, (n) => `user_id = ${n}, status = 'paid'`), orders('user_id, status', (n) => `${n}, 'new'`, (n) => `user_id = ${n}, status = 'new'`)] },
]

/** Acknowledged writes that the last schema does not hold. */
export function lost(pg: Postgres, { id, versions, final, setup = '', seeded = email }: Mixed, phases: readonly Phase[]): string[] {
  const ledger = new Map<string, number>()
  const found = new Map(pg.run(`${reset} ${setup} ${appRole}\n${writers(phases, id, versions, seeded, ledger)}\n${final};`).split('\n').map((line) => line.split('|') as [string, string]))
  if (ledger.size < 4) throw new Error(`Only ${ledger.size} rows written for ${id}: that proves nothing`)
  return [...ledger].filter(([key, value]) => (found.get(key) ?? found.get(key.replace(/^a@/, ''))) !== String(value)).map(([key, value]) => `${key} = ${value}, found ${found.get(key)}`)
}
