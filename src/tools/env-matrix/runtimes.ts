import { daysBetween } from '../../core/dates.ts'
import type { Knowledge, SheetOf } from '../../knowledge/collections.ts'
import { upgradeNoticeDays } from './rules.ts'

/** A version that a stack names and the last day of its support. `daysLeft` is negative once it has ended. */
export interface RuntimeEnd { readonly id: string, readonly cycle: string, readonly until: string, readonly daysLeft: number, readonly advised: string }

/** Splits `PostgreSQL 14.2` into `postgresql` and `14.2`. */
function splitVersion(word: string): { readonly name: string, readonly version: string } | undefined {
  const found = /^(.*?)[\s@v:_-]*(\d+(?:\.\d+)*)(?:\.x|\s*lts)?$/i.exec(word.trim())
  const name = found?.[1]?.trim().toLowerCase().replace(/[\s_]+/g, '-')
  return name === undefined || name === '' || found?.[2] === undefined ? undefined : { name, version: found[2] }
}

/** The runtime sheet and version cycle a word of a stack means, or undefined. A bare major version means the newest cycle of it. */
export function runtimeOf(word: string, knowledge: Knowledge): { readonly sheet: SheetOf<'runtimes'>, readonly cycle: string, readonly until: string | null } | undefined {
  const parts = splitVersion(word)
  if (parts === undefined) return undefined
  const sheet = Object.values(knowledge.runtimes).find((candidate) => candidate.facts.names.value?.includes(parts.name))
  const cycles = sheet?.facts.cycles.value ?? []
  const numbers = parts.version.split('.')
  for (let length = numbers.length; length > 0; length -= 1) {
    const prefix = numbers.slice(0, length).join('.')
    const cycle = cycles.find((entry) => entry.cycle === prefix) ?? (length === numbers.length ? cycles.find((entry) => entry.cycle.startsWith(`${prefix}.`)) : undefined)
    if (sheet !== undefined && cycle !== undefined) return { sheet, cycle: cycle.cycle, until: cycle.until }
  }
  return undefined
}

/** Versions in the stack whose support has ended or ends soon, soonest first. */
export function endingRuntimes(stack: readonly string[], knowledge: Knowledge, asOf: string): RuntimeEnd[] {
  return stack.flatMap((word) => {
    const found = runtimeOf(word, knowledge)
    if (found?.until == null) return []
    const daysLeft = daysBetween(asOf, found.until)
    return daysLeft > upgradeNoticeDays ? [] : [{ id: found.sheet.id, cycle: found.cycle, until: found.until, daysLeft, advised: found.sheet.facts.advised.value ?? '' }]
  }).sort((a, b) => a.daysLeft - b.daysLeft)
}
