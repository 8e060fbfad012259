import { quoteText } from '../sql/identifiers.ts'
import { alone, phase, rollForward, switchOver } from '../sql/statement.ts'
import type { Target } from '../target.ts'
import type { Change } from './change.ts'

const add = (target: Target): string =>
  `ALTER TYPE ${target.enumType} ADD VALUE IF NOT EXISTS ${quoteText(target.to)}${target.hasFrom ? ` AFTER ${quoteText(target.from)}` : ''}`
const missing = ({ enumType, to }: Target): string => `SELECT (count(*) = 0)::int AS n FROM pg_enum WHERE enumtypid = to_regtype(${quoteText(enumType)}) AND enumlabel = ${quoteText(to)}`

export const enumAddValue: Change = {
  id: 'enum-add-value',
  reach: 'catalogue',
  destructive: false,
  online: (target) => [
    switchOver(1, 'accept-new-value'),
    phase('expand', 2, [alone(add(target), 'none')], rollForward, 'retry-lock', missing(target)),
  ],
  plain: (target) => [phase('expand', 1, [alone(add(target), 'none')], rollForward, 'retry-lock', missing(target))],
}
