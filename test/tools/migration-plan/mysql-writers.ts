import type { Phase } from '../../../src/tools/migration-plan/sql/statement.ts'

/** A version of the application: what it sends for a new row and for one that is there, by a key of the user's and a number to store. */
interface Version { readonly insert: (key: string, value: number) => string, readonly update: (key: string, value: number) => string }
/** `final` gives key and number as the last schema holds them. */
export interface Mixed { readonly versions: readonly [Version, ...Version[]], readonly final: string, readonly table: 'users' | 'orders' }

const users = (columns: string, value: (n: number) => string, set: (n: number) => string): Version => ({
  insert: (key, n) => `INSERT INTO users(name, email, ${columns}) VALUES ('n', '${key}', ${value(n)})`,
  update: (key, n) => `UPDATE users SET ${set(n)} WHERE email = '${key}'`,
})
const rows = (table: string, columns: string, value: (n: number) => string, set: (n: number) => string): Version => ({
  insert: (key, n) => `INSERT INTO ${table}(note, ${columns}) VALUES ('${key}', ${value(n)})`,
  update: (key, n) => `UPDATE ${table} SET ${set(n)} WHERE note = '${key}'`,
})
const age = users('age', String, (n) => `age = ${n}`)
const ages: Mixed = { table: 'users', versions: [age], final: 'SELECT email, age FROM users' }
const owner = rows('orders', 'user_id', String, (n) => `user_id = ${n}`)
const owners: Mixed = { table: 'orders', versions: [owner], final: 'SELECT note, user_id FROM orders' }
const named = (column: string): Version => ({
  insert: (key, n) => `INSERT INTO users(${column}, email) VALUES ('n${n}', '${key}')`, update: (key, n) => `UPDATE users SET ${column} = 'n${n}' WHERE email = '${key}'`,
})

/** One entry a change of MySQL and MariaDB. Where running code sees the change, an old version and the next ones. */
export const mysqlMixed: Readonly<Record<string, Mixed>> = {
  'add-check': ages,
  'add-column-not-null-computed': { table: 'users', versions: [age, users('email_lower, age', (n) => `lower(email), ${n}`, (n) => `email_lower = lower(email), age = ${n}`)], final: 'SELECT email, IF(email_lower = lower(email), age, -1) FROM users' },
  'add-column-not-null-constant-default': ages,
  'add-column-volatile-default': { ...ages, final: 'SELECT email, IF(char_length(token) = 36, age, -1) FROM users' },
  'add-foreign-key': owners,
  'add-index': ages,
  'add-nullable-column': ages,
  'add-stored-generated-column': { ...ages, final: 'SELECT email, IF(email_upper = upper(email), age, -1) FROM users' },
  'add-unique': ages,
  // The application sends the value from then on.
  'backfill-only': { ...ages, versions: [users('legacy, age', (n) => `'n/a', ${n}`, (n) => `legacy = 'n/a', age = ${n}`)] },
  'change-collation': ages,
  'change-column-default': ages,
  'drop-column': { table: 'users', versions: [users('legacy, age', (n) => `'x', ${n}`, (n) => `legacy = 'y', age = ${n}`), age], final: 'SELECT email, age FROM users' },
  'drop-foreign-key': owners,
  'drop-index': ages,
  'drop-not-null': ages,
  'drop-table': ages,
  'enum-add-value': { table: 'orders', versions: [rows('orders', 'user_id, status', (n) => `${n}, 'paid'`, (n) => `user_id = ${n}, status = 'paid'`), rows('orders', 'user_id, status', (n) => `${n}, 'refunded'`, (n) => `user_id = ${n}, status = 'refunded'`)], final: "SELECT note, IF(status IN ('new', 'paid', 'refunded'), user_id, -1) FROM orders" },
  'enum-remove-value': { ...owners, versions: [rows('orders', 'user_id, status', (n) => `${n}, 'new'`, (n) => `user_id = ${n}, status = 'new'`)] },
  'pk-int-to-bigint': owners,
  'purge-rows': { ...owners, versions: [{ ...owner, update: (key, n) => `UPDATE orders SET user_id = ${n} WHERE note = IF('${key}' LIKE 'p%', concat('p', substr('${key}', 2) + 500), '${key}')` }], final: "SELECT IF(note LIKE 'p%', concat('p', substr(note, 2) - 500), note), user_id FROM orders" },
  'rename-column': { table: 'users', versions: [named('name'), named('full_name')], final: 'SELECT email, substr(full_name, 2) FROM users' },
  'rename-table': { table: 'orders', versions: [owner, rows('purchases', 'user_id', String, (n) => `user_id = ${n}`)], final: 'SELECT note, user_id FROM purchases' },
  'replace-index': ages,
  'set-not-null': ages,
  'type-change-rewrite': ages,
  'type-narrow': ages,
  'type-widen-metadata-only': ages,
}
export const nameOrders: readonly string[] = ['ALTER TABLE orders ADD COLUMN note varchar(40)', "UPDATE orders SET note = concat('p', id)"]

/** Statements of a plan with those of the versions between them; what every version acknowledged is noted in `ledger`, each value once. */
export function mysqlWriters(phases: readonly Phase[], { versions, table }: Mixed, ledger: Map<string, number>, ask: (phase: Phase) => readonly string[]): readonly string[] {
  const seeded = (n: number): string => (table === 'users' ? `u${n}@example.org` : `p${n}`)
  let [current, next, last] = [0, 0, seeded(1)]
  const burst = ({ insert, update }: Version): readonly string[] => {
    const [key, n] = [`w${++next}`, next * 4]
    const lines = [insert(key, n), update(seeded(next), n + 1), update(last, n + 2), update(key, n + 3)]
    ledger.set(key, n).set(seeded(next), n + 1).set(last, n + 2).set(key, n + 3)
    last = key
    return lines
  }
  const version = (): Version => versions[Math.min(current, versions.length - 1)] as Version
  return phases.flatMap((phase) => {
    if (phase.phase === 'switch') {
      const old = version()
      current += 1
      return [...burst(old), ...burst(version()), ...burst(old), ...ask(phase), ...burst(version())]
    }
    const before = burst(version())
    // A session that holds the table lets nobody in between its statements.
    const done = phase.statements.filter(({ language }) => language === undefined).flatMap(({ sql, transaction }) => [sql, ...(transaction === 'together' && sql !== 'UNLOCK TABLES' ? [] : burst(version()))])
    return [...before, ...done, ...burst(version()), ...ask(phase)]
  })
}
