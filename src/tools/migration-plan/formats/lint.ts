import type { Statement } from '../sql/statement.ts'
import type { Step } from '../steps.ts'
import { scans } from './format.ts'

/** A rule of squawk that a statement trips, and why it does not hold here. */
interface Exception { readonly rule: string, readonly when: (sql: string, step: Step, statement: Statement) => boolean, readonly reason: string }

const fresh = 'The table is made in this file: no row to scan, nobody to block.'
const young = 'A file before this one makes the table: no row to scan yet, nobody to block.'
const plain = 'The table is small or stands still, and the lock timeout bounds the wait.'
const name = String.raw`(?:"(?:[^"]|"")*"|[\w$\u0080-\uffff]+)(?:\.(?:"(?:[^"]|"")*"|[\w$\u0080-\uffff]+))?`
const made = new RegExp(`^CREATE (?:TABLE|MATERIALIZED VIEW) (${name})`, 'i')
const worked = new RegExp(`^(?:ALTER TABLE (?:ONLY )?|CREATE (?:UNIQUE )?INDEX (?:${name} )?ON )(${name})`, 'i')
const pattern = (text: string): RegExp => new RegExp(`^ALTER TABLE\\b[^]*${text.replaceAll('NAME', name)}`, 'i')
const [retypes, varchar, int, unique, foreignKey] = [pattern('\\bALTER COLUMN NAME TYPE\\b'), pattern(' (TYPE|ADD COLUMN NAME) varchar\\('), pattern(' ADD COLUMN NAME (int|integer|int4)\\b'), pattern('\\bADD (CONSTRAINT NAME )?UNIQUE\\b(?! USING)'), pattern('\\bADD (CONSTRAINT NAME )?FOREIGN KEY\\b(?![^]*NOT VALID)')]

/** Whether the table of the statement is made by one of these: those of the same file, or of the same phase. */
const isFresh = (sql: string, { statements }: Pick<Step, 'statements'>): boolean => {
  const table = worked.exec(sql)?.[1]
  return table !== undefined && statements.some((other) => made.exec(other.sql)?.[1] === table)
}
const holds = (step: Step, what: RegExp): boolean => step.statements.some(({ sql }) => what.test(sql))
/** The same rule on a table that is new, and on one that is not. */
const onTable = (rule: string, what: RegExp): readonly Exception[] => [
  { rule, when: (sql, step) => what.test(sql) && isFresh(sql, step), reason: fresh },
  { rule, when: (sql) => what.test(sql), reason: plain },
]

/** First match of a rule counts. Reasons are read by whoever reviews the file. */
export const exceptions: readonly Exception[] = [
  { rule: 'require-lock-timeout', when: (sql) => /^(CREATE (UNIQUE )?|DROP )INDEX CONCURRENTLY/.test(sql), reason: 'A lock timeout here would leave half an index behind; its waiting blocks nobody.' },
  { rule: 'ban-drop-column', when: (sql) => /^ALTER TABLE\b[^]*\bDROP COLUMN\b/.test(sql), reason: 'No running version names the column any more.' },
  { rule: 'ban-drop-table', when: (sql) => /^DROP TABLE\b/.test(sql), reason: 'No running version names the table any more.' },
  { rule: 'ban-drop-not-null', when: (sql) => /^ALTER TABLE\b[^]*\bDROP NOT NULL\b/.test(sql), reason: 'From here on rows may lack the value: readers of the column have to allow for that.' },
  { rule: 'renaming-column', when: (sql, step) => /^ALTER TABLE\b[^]*\bRENAME COLUMN\b/.test(sql) && holds(step, /^ALTER TABLE\b[^]*\bDROP COLUMN\b/), reason: 'It takes the name of the column that goes, in one transaction.' },
  { rule: 'renaming-column', when: (sql) => /^ALTER TABLE\b[^]*\bRENAME COLUMN\b/.test(sql), reason: plain },
  { rule: 'renaming-table', when: (sql, step) => /\bRENAME TO\b/.test(sql) && holds(step, /^CREATE VIEW\b/), reason: 'The old name stays as a view.' },
  { rule: 'renaming-table', when: (sql, step) => /\bRENAME TO\b/.test(sql) && step.phase === 'contract' && holds(step, /\bRENAME TO [^;]*_legacy"?$/), reason: 'Another table takes the name in the same transaction.' },
  { rule: 'renaming-table', when: (sql) => /\bRENAME TO\b[^;]*_(dropped|merged)_\d+"?$/.test(sql), reason: 'Out of the way first: a reader that was forgotten fails before rows are gone.' },
  { rule: 'renaming-table', when: (sql) => /^ALTER TABLE\b[^;]*\bRENAME TO\b/.test(sql), reason: plain },
  { rule: 'adding-not-nullable-field', when: (sql, step) => /^ALTER TABLE\b[^]*\bSET NOT NULL\b/.test(sql) && holds(step, /^ALTER TABLE\b[^]*\bDROP CONSTRAINT\b/), reason: 'A validated check says already that no row is null: nothing is scanned.' },
  { rule: 'adding-not-nullable-field', when: (sql) => /^ALTER TABLE\b[^]*\bSET NOT NULL\b/.test(sql), reason: plain },
  { rule: 'changing-column-type', when: (sql, _, { rewritesTable }) => retypes.test(sql) && !rewritesTable, reason: 'Only the catalogue changes: no row is touched.' },
  { rule: 'changing-column-type', when: (sql) => retypes.test(sql), reason: plain },
  { rule: 'prefer-text-field', when: (sql) => varchar.test(sql), reason: 'The type is the one that was asked for.' },
  { rule: 'prefer-bigint-over-int', when: (sql) => int.test(sql), reason: 'The type is the one that was asked for.' },
  { rule: 'adding-field-with-default', when: (sql, _, { rewritesTable }) => /^ALTER TABLE\b[^]*\bADD COLUMN\b/.test(sql) && rewritesTable, reason: plain },
  ...['constraint-missing-not-valid', 'adding-foreign-key-constraint'].map((rule): Exception => ({ rule, when: (sql, step) => foreignKey.test(sql) && !isFresh(sql, step) && isFresh(sql, step.of), reason: young })),
  ...onTable('constraint-missing-not-valid', pattern('\\bADD (CONSTRAINT NAME )?(FOREIGN KEY|UNIQUE|CHECK)\\b(?![^]*(NOT VALID|USING INDEX))')),
  ...onTable('adding-foreign-key-constraint', foreignKey),
  { rule: 'adding-serial-primary-key-field', when: (sql, step) => /^ALTER TABLE\b[^]*\bADD PRIMARY KEY\b/.test(sql) && isFresh(sql, step) && holds(step, /^CREATE TABLE [^(]*\bAS SELECT\b/), reason: fresh },
  ...onTable('require-concurrent-index-creation', /^CREATE (UNIQUE )?INDEX (?!CONCURRENTLY)/),
  { rule: 'disallowed-unique-constraint', when: (sql, step) => unique.test(sql) && !isFresh(sql, step), reason: plain },
  { rule: 'require-concurrent-index-deletion', when: (sql) => /^DROP INDEX (?!CONCURRENTLY)/.test(sql), reason: plain },
]

/** Rules that hold nowhere in these files; the checks for the pipeline leave them out, with the reason. */
export const neverHold: Readonly<Record<string, string>> = {
  'require-statement-timeout': 'a lock timeout bounds what is short, and a scan that blocks nobody must be let finish',
  'prefer-robust-stmts': 'IF NOT EXISTS would pass over an index that failed half-way',
}

/** What a reviewer would ask: the reasons, by rule. */
function trippedBy(step: Step): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  if (step.database !== 'postgresql') return found
  for (const statement of step.statements) for (const { rule, when, reason } of exceptions) if (!found.has(rule) && when(statement.sql, step, statement)) found.set(rule, reason)
  return found
}
/** Comment lines for the head of a file: why it does what a reviewer would ask about. None where there is nothing to ask. */
export const reasons = (step: Step): readonly string[] => [...(scans(step) ? ['The scan blocks nobody, so no limit on statements may end it.'] : []), ...new Set(trippedBy(step).values())]
/** The same where the linter reads the file, with the word that tells it so. */
export const lintNotes = (step: Step): readonly string[] => {
  const rules = [...trippedBy(step).keys()].sort()
  return [...reasons(step), ...(rules.length === 0 ? [] : [`squawk-ignore-file ${rules.join(', ')}`])]
}
