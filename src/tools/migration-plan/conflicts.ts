import { hostingId } from '../../core/hosting.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import type { Change } from './changes/change.ts'
import type { Database } from './database.ts'
import type { MigrationInput } from './input.ts'
import { circumstances } from './level.ts'
import { keyNearlyFull, maxInteger, type Level } from './rules.ts'
import type { ToolChoice } from './select-tool.ts'
import type { Phase } from './sql/statement.ts'
import { changesZone, isFreeWidening, mayLoseValues, readType } from './sql/types.ts'

export type ConflictId =
  | 'same-release-drop' | 'instant-rollback-destructive' | 'transaction-pooler' | 'no-concurrent-index' | 'database-end-of-life' | 'production-rows-in-staging' | 'down-for-drop'
  | 'no-shell-for-migrations' | 'key-nearly-full' | 'duplicates-with-unique' | 'no-transactional-ddl' | 'recreate-is-downtime' | 'synchronize-on' | 'tool-unfit' | 'needless-rewrite' | 'may-lose-values' | 'referenced-table' | 'referring-keys' | 'policies-after-security' | 'hypertable'

export interface FoundConflict { readonly id: ConflictId, readonly inputs: readonly string[] }

/** What the conflicts are looked for in. `change` is undefined when only a strategy was asked for. */
export interface Situation {
  readonly input: MigrationInput
  readonly database: Database
  readonly tool: ToolChoice
  readonly knowledge: Knowledge
  readonly asOf: string
  readonly change: { readonly id: string, readonly destructive: boolean, readonly level: Level, readonly phases: readonly Phase[] } | undefined
}

/** Last day of support of a database version, when the sheets know it and it is past on `asOf`. */
export function endedOn(knowledge: Knowledge, { id, version }: Database, asOf: string): string | undefined {
  if (version === undefined) return undefined
  // A short version (`8`) covers several cycles: only when all of them ended is it certain.
  const cycles = (knowledge.runtimes[id]?.facts.cycles.value ?? []).filter(({ cycle }) => cycle === version || version.startsWith(`${cycle}.`) || cycle.startsWith(`${version}.`))
  const ends = cycles.map(({ until }) => until)
  return ends.length > 0 && ends.every((until) => until !== null && until < asOf) ? ends[0] ?? undefined : undefined
}

const types = (input: MigrationInput) => (input.from === undefined || input.type === undefined ? undefined : { from: readType(input.from, 'from'), to: readType(input.type, 'type') })

/** Contradictions between inputs, in a fixed order. Free text is only searched for words, never printed into SQL. */
export function findConflicts({ input, database, tool, knowledge, asOf, change }: Situation): FoundConflict[] {
  const wishes = (input.constraints ?? []).map((wish) => ({ wish, words: wish.toLowerCase() }))
  const wished = (shape: RegExp): string[] => wishes.filter(({ words }) => shape.test(words)).map(({ wish }) => `constraints: ${wish}`)
  const found: FoundConflict[] = []
  const add = (id: ConflictId, when: boolean, inputs: readonly string[]): void => {
    if (when) found.push({ id, inputs })
  }
  const { downtimeTolerance, deployStyle } = circumstances(input)
  const asked = `change: ${change?.id}`
  const destructive = change?.destructive === true && change.level !== 'L0'
  const oneRelease = wished(/(same|single|one) (release|deploy|step|migration)|at once|immediately/)
  const rollback = wished(/instant.{0,20}roll|roll.?back.{0,30}(instant|always|any time|guarantee)|always.{0,20}roll.?back/)
  const downs = wished(/\bdown\b|revers|undo/)
  const productionRows = wished(/prod(uction)?.{0,20}(data|rows|copy|dump|subset|snapshot)|(data|rows|copy|dump|subset|snapshot).{0,20}prod/)
  const policies = wished(/polic.{0,40}(after|later|next|follow)|(rls|row.?(level.?)?security).{0,30}(first|before)/)
  const hypertables = [...[input.database, ...(input.stack ?? [])].filter((word) => word !== undefined && /timescale/i.test(word)).map((word) => `database: ${word}`), ...wished(/timescale|hypertable/)]
  const versionEnd = endedOn(knowledge, database, asOf)
  const pair = change?.id === 'type-change-rewrite' ? types(input) : undefined

  add('tool-unfit', tool.pinnedUnfit !== undefined, [`decisions.migrationTool: ${tool.id}`, ...(tool.pinnedUnfit === 'wrong-database' ? [`database: ${database.id}`] : [])])
  add('same-release-drop', destructive && oneRelease.length > 0, [asked, ...oneRelease])
  add('instant-rollback-destructive', destructive && rollback.length > 0, [asked, ...rollback])
  add('down-for-drop', change !== undefined && ['drop-column', 'drop-table'].includes(change.id) && downs.length > 0, [asked, ...downs])
  add('recreate-is-downtime', input.deployStyle === 'recreate' && input.downtimeTolerance === 'none', [`deployStyle: ${deployStyle}`, `downtimeTolerance: ${downtimeTolerance}`])
  add('transaction-pooler', input.pooler === 'transaction', ['pooler: transaction', `tool: ${tool.id}`])
  add('no-concurrent-index', database.id === 'postgresql' && knowledge['migration-tools'][tool.id]?.facts.nonTransactionalStep.value === 'impossible' && (change?.phases.some(({ phase, statements }) => phase !== 'backfill' && statements.some(({ transaction }) => transaction === 'none')) ?? false), [`tool: ${tool.id}`, asked])
  add('database-end-of-life', versionEnd !== undefined, [`databaseVersion: ${database.version}`, `supported until ${versionEnd}`])
  add('key-nearly-full', (input.maxId ?? 0) > maxInteger * keyNearlyFull && change?.id !== 'pk-int-to-bigint' && (input.maxId ?? 0) <= maxInteger, [`maxId: ${input.maxId}`])
  add('duplicates-with-unique', change?.id === 'add-unique' && wished(/duplicat/).length > 0, [asked, ...wished(/duplicat/)])
  add('needless-rewrite', pair !== undefined && (isFreeWidening(pair.from, pair.to) || (changesZone(pair.from, pair.to) && pair.to.base === 'timestamptz' && input.to === 'UTC')), [asked, `from: ${pair?.from.sql}`, `type: ${pair?.to.sql}`])
  add('may-lose-values', pair !== undefined && mayLoseValues(pair.from, pair.to), [asked, `from: ${pair?.from.sql}`, `type: ${pair?.to.sql}`])
  add('referenced-table', change !== undefined && ['drop-table', 'rename-column', 'type-change-rewrite', 'drop-column', 'merge-tables', 'partition-existing-table'].includes(change.id) && (input.inboundForeignKeys ?? 0) > 0, [asked, `inboundForeignKeys: ${input.inboundForeignKeys}`])
  add('referring-keys', change?.id === 'pk-int-to-bigint' && (input.inboundForeignKeys ?? 0) > 0, [asked, `inboundForeignKeys: ${input.inboundForeignKeys}`])
  add('policies-after-security', policies.length > 0, policies)
  add('hypertable', database.id === 'postgresql' && hypertables.length > 0 && (change?.id === 'partition-existing-table' || (change?.phases.some(({ statements }) => statements.some(({ sql }) => /INDEX CONCURRENTLY|NOT VALID/.test(sql))) ?? false)), [...hypertables, asked])
  add('no-transactional-ddl', (database.id === 'mysql' || database.id === 'mariadb') && wished(/transaction|atomic/).length > 0, [`database: ${database.id}`, ...wished(/transaction|atomic/)])
  add('production-rows-in-staging', productionRows.length > 0, [...productionRows, 'seeds: made-up data'])
  add('no-shell-for-migrations', database.id !== 'none' && hostingId(input.hosting) === 'shared-hosting', ['hosting: shared-hosting', `tool: ${tool.id}`])
  add('synchronize-on', wished(/synchroni[sz]e|auto.?sync|db push/).length > 0, wished(/synchroni[sz]e|auto.?sync|db push/))
  return found
}

/** For the registry of changes: whether a change takes something away. */
export const isDestructive = (change: Change | undefined, id: string): boolean => change?.destructive ?? id.startsWith('drop-')
