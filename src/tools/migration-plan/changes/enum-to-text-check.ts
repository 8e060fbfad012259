import { constraintsUnproved } from '../sql/asks.ts'
import { derivedName, dollarQuote, quoteName, quoteText } from '../sql/identifiers.ts'
import { replaceColumn } from '../sql/replace-column.ts'
import { alone, phase, quick, rewrite, undo, type Statement } from '../sql/statement.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

const enumName = (target: Target): string => target.other({ type: target.from }).enumType

/** A check that allows the values that the type has at that moment. */
function checkFromType(target: Target, column: string, name: string, valid: boolean): Statement {
  const body = [
    'BEGIN',
    `  EXECUTE (SELECT format(${quoteText(`ALTER TABLE ${target.table.replaceAll('%', '%%')} ADD CONSTRAINT ${quoteName(name).replaceAll('%', '%%')} CHECK (${column.replaceAll('%', '%%')} IN (%s))${valid ? '' : ' NOT VALID'}`)}, string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder))`,
    `    FROM pg_enum WHERE enumtypid = ${quoteText(enumName(target))}::regtype);`,
    'END',
  ].join('\n')
  return (valid ? quick : alone)(`DO ${dollarQuote(body, 'check')}`)
}

export const enumToTextCheck: Change = {
  id: 'enum-to-text-check',
  reach: 'shape',
  destructive: true,
  online: (target) => {
    const { column, columnName } = target
    const [freshName, check] = [derivedName(columnName, 'new'), target.named(columnName, 'check')]
    const fresh = quoteName(freshName)
    return replaceColumn(target, {
      oldName: columnName, old: column, freshName, fresh, triggerName: target.named(columnName, 'sync'), type: 'text',
      forward: (value) => `(${value})::text`, back: (value) => `(${value})::${enumName(target)}`, compareOld: '', compareFresh: '', keepsName: true,
      check: { create: checkFromType(target, fresh, check, false), name: quoteName(check), unquoted: check },
    })
  },
  plain: (target) => {
    const { table, column } = target
    const check = target.named(target.columnName, 'check')
    const value = target.hasExpression ? target.expression.print('') : undefined
    const alter = `ALTER TABLE ${table} ALTER COLUMN ${column}`
    const type = (name: string): string => `${alter} TYPE ${name} USING (${column})::${name}`
    const [drop, set] = value === undefined ? [[], []] : [[`${alter} DROP DEFAULT`], [`${alter} SET DEFAULT ${value}`]]
    return [phase('expand', 1, [...drop.map((sql) => quick(sql)), rewrite(type('text')), ...set.map((sql) => quick(sql)), checkFromType(target, column, check, true)],
      undo(`ALTER TABLE ${table} DROP CONSTRAINT ${quoteName(check)}`, ...drop, type(enumName(target)), ...set), 'retry-lock', constraintsUnproved(target, check))]
  },
}
