import type { Draft } from '../../../src/tools/tool.ts'
import type { MigrationDecision } from '../../../src/tools/migration-plan/decide.ts'
import type { ChangeRow } from './rows.ts'

/** How a plan differs from what its row accepts, in words; empty when it does not. */
export function differences(row: ChangeRow, { decision, questions, assumptions, conflicts, flips }: Draft<MigrationDecision>): string[] {
  const found: string[] = []
  const say = (wrong: boolean, text: string): void => {
    if (wrong) found.push(text)
  }
  const ids = conflicts.map(({ id }) => id)
  if (row.orConflict !== undefined && ids.includes(row.orConflict)) return []
  const level = decision.level ?? 'none'
  const phases = decision.phases.map(({ phase }) => phase as string)
  const sql = decision.phases.flatMap(({ statements }) => statements.map((statement) => statement.sql)).join('\n')
  const asked = questions.map(({ field }) => field)

  say(row.level?.includes(level) === false, `level ${level}, not ${row.level?.join(' or ')}`)
  say(row.deploys?.includes(decision.deploysNeeded) === false, `${decision.deploysNeeded} deploys, not ${row.deploys?.join(' or ')}`)
  for (const phase of row.phases ?? []) say(!phases.includes(phase), `no phase ${phase}`)
  for (const phase of row.notPhases ?? []) say(phases.includes(phase), `a phase ${phase}`)
  for (const text of row.sql ?? []) say(!sql.includes(text), `no ${text} in the SQL`)
  for (const text of row.notSql ?? []) say(sql.includes(text), `${text} in the SQL`)
  for (const field of row.asks ?? []) say(!asked.includes(field), `does not ask ${field}`)
  for (const field of row.noAsk ?? []) say(asked.includes(field), `asks ${field}`)
  say(row.asksAny?.some((field) => asked.includes(field)) === false, `asks none of ${row.asksAny?.join(', ')}`)
  for (const field of row.assumes ?? []) say(!assumptions.some((one) => one.field === field), `does not say what it assumed for ${field}`)
  say(row.conflict !== undefined && !ids.includes(row.conflict), `no conflict ${row.conflict}`)
  say(row.noConflict !== undefined && ids.includes(row.noConflict), `a conflict ${row.noConflict}`)
  say(row.flip === 'none' && flips.length > 0, `flips: ${flips.map(({ change }) => change).join('; ')}`)
  if (row.flip === undefined || row.flip === 'none') return found
  for (const [field, wanted] of Object.entries(row.flip)) {
    const [low, high] = wanted.map(Number)
    const hit = flips.filter(({ change }) => change.includes(`${field}: `)).some(({ change }) => (field === 'rows' ? Number(change.slice(6)) >= (low ?? 0) && Number(change.slice(6)) <= (high ?? 0) : wanted.some((word) => change.includes(String(word)))))
    say(!hit, `no flip of ${field} to ${wanted.join(' or ')}, but ${flips.map(({ change }) => change).join('; ')}`)
  }
  return found
}
