import type { Target } from '../target.ts'
import { dollarQuote, quoteName } from './identifiers.ts'
import { quick, type Statement } from './statement.ts'

/** A trigger of the plan: what makes it, and what takes it away again. */
export interface Sync { readonly create: readonly Statement[], readonly drop: readonly Statement[] }

function rowTrigger(target: Target, name: string, body: readonly string[]): Sync {
  const [trigger, fn] = [quoteName(name), target.beside(name)]
  return {
    create: [
      quick(`CREATE FUNCTION ${fn}() RETURNS trigger LANGUAGE plpgsql AS ${dollarQuote(['BEGIN', ...body, '  RETURN NEW;', 'END'].join('\n'), 'fn')}`, 'none'),
      quick(`CREATE TRIGGER ${trigger} BEFORE INSERT OR UPDATE ON ${target.table} FOR EACH ROW EXECUTE FUNCTION ${fn}()`, 'SHARE ROW EXCLUSIVE'),
    ],
    drop: [quick(`DROP TRIGGER ${trigger} ON ${target.table}`), quick(`DROP FUNCTION ${fn}()`, 'none')],
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
