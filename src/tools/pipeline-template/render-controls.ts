import { plain } from '../../core/markdown.ts'
import type { Citations } from '../../knowledge/cite.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import type { Control } from './controls.ts'
import type { Decision } from './decide.ts'
import { controlWords } from './words.ts'

/** The longest time that regimes among `because` want logs kept, in days; null where their sheets name none. */
function retentionDays(because: Control['because'], knowledge: Knowledge, citations: Citations): number | null {
  const named = because.flatMap((regime) => knowledge.compliance[regime] ?? []).filter(({ facts }) => facts.logRetentionDays.value !== null)
  for (const sheet of named) citations.cite(sheet, sheet.facts.logRetentionDays.source)
  return named.length === 0 ? null : Math.max(...named.map(({ facts }) => facts.logRetentionDays.value ?? 0))
}

/** Controls that a regime, money or public code asks for, those of the same reason together; empty without any. */
export function renderControls({ controls }: Decision, knowledge: Knowledge, citations: Citations): string {
  const byReason = new Map<string, string[]>()
  for (const { id, because } of controls) {
    const reason = because.map((one) => plain(knowledge.compliance[one]?.name ?? one.replace('-', ' '))).join(', ')
    byReason.set(reason, [...(byReason.get(reason) ?? []), controlWords[id](id === 'evidence-of-each-release' ? retentionDays(because, knowledge, citations) : null)])
  }
  return byReason.size === 0 ? '' : [...byReason].map(([reason, words]) => `Because of **${reason}**, at every stage: ${words.join('; ')}.`).join(' ')
}
