import type { Target } from '../target.ts'
import { dollarQuote, quoteName, quoteText } from './identifiers.ts'
import { quick, type Statement } from './statement.ts'

/** A trigger of the plan: what makes it, what takes it away again, and queries that return 0 when it works and when it is gone. */
export interface Sync { readonly create: readonly Statement[], readonly drop: readonly Statement[], readonly missing: string, readonly left: string }
type Moment = 'BEFORE INSERT OR UPDATE' | 'BEFORE UPDATE' | 'AFTER INSERT OR UPDATE' | 'AFTER INSERT OR DELETE' | 'AFTER INSERT OR UPDATE OR DELETE'

/** A trigger for each row. After the row is written it may reach other tables, and then finds them wherever the writer's session would look. */
export function rowTrigger(target: Target, name: string, body: readonly string[], moment: Moment = 'BEFORE INSERT OR UPDATE'): Sync {
  const [trigger, fn] = [quoteName(name), target.beside(name)]
  const after = moment.startsWith('AFTER')
  const found = `FROM pg_trigger WHERE tgrelid = ${target.asRegclass} AND tgname = ${quoteText(name)}`
  return {
    create: [
      quick(`CREATE FUNCTION ${fn}() RETURNS trigger LANGUAGE plpgsql${after ? ' SET search_path FROM CURRENT' : ''} AS ${dollarQuote(['BEGIN', ...body, after ? '  RETURN NULL;' : '  RETURN NEW;', 'END'].join('\n'), 'fn')}`, 'none'),
      quick(`CREATE TRIGGER ${trigger} ${moment} ON ${target.table} FOR EACH ROW EXECUTE FUNCTION ${fn}()`, 'SHARE ROW EXCLUSIVE'),
    ],
    drop: [quick(`DROP TRIGGER ${trigger} ON ${target.table}`), quick(`DROP FUNCTION ${fn}()`, 'none')],
    missing: `SELECT (count(*) = 0)::int AS n ${found} AND tgenabled IN ('O', 'A')`,
    left: `SELECT count(*) AS n ${found}`,
  }
}

/** Keeps `column` equal to a value worked out from the row, whoever writes it. */
export const fillColumn = (target: Target, name: string, column: string, value: string): Sync =>
  rowTrigger(target, name, [`  NEW.${column} := ${value};`])

/** Two columns and how a value gets from one to the other. `fallback` is what a row gets that sends neither; `compare…` a cast for types without equality. */
export interface Pair { readonly old: string, readonly fresh: string, readonly forward: string, readonly back: string, readonly fallback: string | undefined, readonly compareOld: string, readonly compareFresh: string }

/**
 * Keeps two columns equal while an old and a new version of the application write. On insert the one that was sent wins; on update
 * the one that changed, the old column when both did. Neither column may have a DEFAULT of its own: it would look like a write.
 */
export const syncPair = (target: Target, name: string, { old, fresh, forward, back, fallback, compareOld, compareFresh }: Pair): Sync => rowTrigger(target, name, [
  "  IF TG_OP = 'INSERT' THEN",
  `    NEW.${fresh} := coalesce(NEW.${fresh}, ${forward}${fallback === undefined ? '' : `, ${fallback}`});`,
  `    NEW.${old} := coalesce(NEW.${old}, ${back});`,
  `  ELSIF NEW.${old}${compareOld} IS DISTINCT FROM OLD.${old}${compareOld} THEN NEW.${fresh} := ${forward};`,
  `  ELSIF NEW.${fresh}${compareFresh} IS DISTINCT FROM OLD.${fresh}${compareFresh} THEN NEW.${old} := ${back};`,
  '  END IF;',
])

/** A column and the SQL that works it out from the other side, for a row that is reached as `row` (`NEW.`, `t.`). */
export interface Derived { readonly column: string, readonly value: (row: string) => string }

const row = (columns: readonly Derived[], of: string): string => `(${columns.map(({ column }) => `${of}${column}`).join(', ')})`
const assign = (columns: readonly Derived[]): string => columns.map(({ column, value }) => `NEW.${column} := ${value('NEW.')};`).join(' ')

/**
 * The same for groups of columns that hold one thing in two forms. On insert the old form wins when any of it was sent; on update the form
 * that changed, the old one when both did. None of the columns may have a DEFAULT.
 */
export const syncGroups = (target: Target, name: string, old: readonly Derived[], fresh: readonly Derived[]): Sync => rowTrigger(target, name, [
  "  IF TG_OP = 'INSERT' THEN",
  `    IF NOT ${row(old, 'NEW.')} IS NULL THEN ${assign(fresh)}`,
  `    ELSE ${assign(old)} END IF;`,
  `  ELSIF ${row(old, 'NEW.')} IS DISTINCT FROM ${row(old, 'OLD.')} THEN ${assign(fresh)}`,
  `  ELSIF ${row(fresh, 'NEW.')} IS DISTINCT FROM ${row(fresh, 'OLD.')} THEN ${assign(old)}`,
  '  END IF;',
])
