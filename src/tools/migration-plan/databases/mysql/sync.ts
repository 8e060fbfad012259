import type { Statement } from '../../sql/statement.ts'
import { session } from './alter.ts'
import type { MysqlTarget } from './target.ts'

/** Triggers of the plan: what makes them, and what takes them away again. */
export interface Triggers { readonly create: readonly Statement[], readonly drop: readonly string[] }

// Each body is one statement, so that no client needs another delimiter; made or removed twice they do no harm, so two share a file.
function rowTriggers(target: MysqlTarget, name: string, onInsert: string, onUpdate: string): Triggers {
  const [insert, update] = [target.beside(target.named(name, 'ins')), target.beside(target.named(name, 'upd'))]
  return {
    create: [
      session(`CREATE TRIGGER IF NOT EXISTS ${insert} BEFORE INSERT ON ${target.table} FOR EACH ROW SET ${onInsert}`),
      session(`CREATE TRIGGER IF NOT EXISTS ${update} BEFORE UPDATE ON ${target.table} FOR EACH ROW SET ${onUpdate}`),
    ],
    drop: [`DROP TRIGGER IF EXISTS ${update}`, `DROP TRIGGER IF EXISTS ${insert}`],
  }
}

/** Keeps `column` equal to a value worked out from the row, whoever writes it. */
export const fillColumn = (target: MysqlTarget, name: string, column: string, value: string): Triggers => rowTriggers(target, name, `NEW.${column} = ${value}`, `NEW.${column} = ${value}`)

/**
 * Keeps two columns equal while an old and a new version of the application write. On insert the new column wins when it was sent: the
 * old one may have a default. On update the one that changed, the old column when both did.
 */
export const syncPair = (target: MysqlTarget, name: string, old: string, fresh: string): Triggers => rowTriggers(
  target, name,
  `NEW.${old} = IF(NEW.${fresh} IS NULL, NEW.${old}, NEW.${fresh}), NEW.${fresh} = COALESCE(NEW.${fresh}, NEW.${old})`,
  `NEW.${fresh} = IF(NOT (NEW.${old} <=> OLD.${old}), NEW.${old}, NEW.${fresh}), NEW.${old} = IF(NEW.${old} <=> OLD.${old} AND NOT (NEW.${fresh} <=> OLD.${fresh}), NEW.${fresh}, NEW.${old})`,
)
