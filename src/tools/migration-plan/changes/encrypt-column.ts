import { columnMissing, columnsLeft, copiedAlone, indexUnusable, rowsWhere } from '../sql/asks.ts'
import { derivedName, quoteName } from '../sql/identifiers.ts'
import { requireColumn } from '../sql/required.ts'
import { nothingToUndo, outside, phase, precheck, quick, restoreOnly, switchOver, undo } from '../sql/statement.ts'
import { rowTrigger } from '../sql/sync.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

/** `columns` names the encrypted column, and a keyed hash of it where the value is looked up. The keys are outside the database, so the application fills both. */
const parts = (target: Target) => {
  const { table } = target
  const names = target.hasColumnList ? target.columnNames : [derivedName(target.columnName, 'enc')]
  const [secret, hash] = [quoteName(names[0] as string, 'columns'), names[1] === undefined ? undefined : quoteName(names[1], 'columns')]
  const fresh = [secret, ...(hash === undefined ? [] : [hash])]
  const index = names[1] === undefined ? undefined : target.named(names[1], 'idx')
  return {
    names, fresh, secret,
    add: `ALTER TABLE ${table} ${fresh.map((column) => `ADD COLUMN ${column} bytea`).join(', ')}`, drop: `ALTER TABLE ${table} ${fresh.map((column) => `DROP COLUMN ${column}`).join(', ')}`,
    plaintext: rowsWhere(target, `t.${target.column} IS NOT NULL AND (${fresh.map((column) => `t.${column} IS NULL`).join(' OR ')})`),
    index: index === undefined ? undefined : { full: target.beside(index), on: `${quoteName(index)} ON ${table} (${hash})` },
    dropPlain: `ALTER TABLE ${table} DROP COLUMN ${target.column}`,
  }
}

export const encryptColumn: Change = {
  id: 'encrypt-column',
  reach: 'shape',
  destructive: true,
  online: (target) => {
    const { table, column } = target
    const { fresh, secret, add, drop, plaintext, index, dropPlain } = parts(target)
    const required = target.nullable ? undefined : requireColumn(target, column, target.named(target.columnName, 'nn'))
    // A version that knows only the plain text changes it: then the ciphertext is stale, and is emptied for the job to find.
    const guard = rowTrigger(target, target.named(target.columnName, 'stale'), [
      `  IF NEW.${column} IS DISTINCT FROM OLD.${column} AND NEW.${secret} IS NOT DISTINCT FROM OLD.${secret} THEN ${fresh.map((name) => `NEW.${name} := NULL;`).join(' ')} END IF;`,
    ], 'BEFORE UPDATE')
    return [
      precheck(copiedAlone(target, target.columnName, { hasDefault: false, required: !target.nullable })),
      phase('expand', 1, [quick(add), ...guard.create, ...(required === undefined ? [] : [quick(`ALTER TABLE ${table} ALTER COLUMN ${column} DROP NOT NULL`)])],
        undo(...guard.drop.map(({ sql }) => sql), drop, ...(required === undefined ? [] : [...required.check, ...required.finish].map(({ sql }) => sql))), 'retry-lock', guard.missing),
      ...(index === undefined ? [] : [phase('expand', 1, [outside(`CREATE INDEX CONCURRENTLY ${index.on}`)], undo(`DROP INDEX CONCURRENTLY ${index.full}`), 'drop-invalid-index', indexUnusable(index.full))]),
      switchOver(1, 'write-both'),
      { ...phase('backfill', 1, [], nothingToUndo, 'resume-backfill', plaintext), application: 'encrypt-old-rows' },
      switchOver(2, 'read-new-only', plaintext),
      phase('contract', 3, [...guard.drop, quick(dropPlain)], restoreOnly, 'forward-only', columnsLeft(target, target.columnName)),
    ]
  },
  plain: (target) => {
    const { names, add, drop, plaintext, index, dropPlain } = parts(target)
    return [
      phase('expand', 1, [quick(add), ...(index === undefined ? [] : [quick(`CREATE INDEX ${index.on}`, 'SHARE')])], undo(drop), 'retry-lock', columnMissing(target, names[0] as string)),
      { ...phase('backfill', 1, [], nothingToUndo, 'resume-backfill', plaintext), application: 'encrypt-old-rows' },
      phase('contract', 1, [quick(dropPlain)], restoreOnly, 'forward-only', columnsLeft(target, target.columnName)),
    ]
  },
}
