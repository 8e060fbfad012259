import type { Evidence } from '../../detect/findings.ts'
import { seen } from '../inline.ts'
import type { Judgement } from '../drift.ts'
import type { ClaimKind } from '../facts.ts'
import type { Subject } from '../subject.ts'

/** True for a product that does this and nothing else: PostHog has flags, but most who use it count visits. */
const servesOnly = (facts: Subject['facts'], value: unknown, kind: ClaimKind): boolean => {
  const known = facts.products.filter(({ id }) => id === value)
  return known.some(({ kinds, burden }) => kinds[0] === kind && burden !== 'light') && known.every(({ kinds }) => kinds[0] === kind)
}

/** What is put off by its words, and the evidence that it is there already. */
const postponed: readonly (readonly [pattern: RegExp, kind: ClaimKind, there: (found: Evidence, subject: Subject) => boolean])[] = [
  [/\btrac(?:ing|es)\b/i, 'tracing', ({ field, value }) => field === 'existing' && value === 'opentelemetry'],
  [/\bflag service\b|\bfeature flags?\b/i, 'flag-service', ({ field, value }, { facts }) => field === 'existing' && servesOnly(facts, value, 'flag-service')],
  [/\berror track/i, 'errors', ({ field, value }, { facts }) => field === 'existing' && facts.products.some(({ id, kinds }) => id === value && kinds[0] === 'errors')],
  [/\bpag(?:ing|er)\b|\bon-?call\b/i, 'alerting', ({ field, value }, { facts }) => field === 'existing' && facts.products.some(({ id, kinds }) => id === value && kinds[0] === 'alerting')],
  [/\bCODEOWNERS\b/, 'branch-strategy', ({ field, value }) => field === 'existingCi' && /CODEOWNERS$/.test(String(value))],
  [/\bsecrets (?:manager|store)\b|\bvault\b/i, 'secrets-store', ({ field, value }, { facts }) => field === 'existing' && facts.products.some(({ id, kinds, burden }) => id === value && kinds[0] === 'secrets-store' && burden !== 'light')],
]

/** What the documents put off and the repository has already. */
export function notYetJudgements(subject: Subject): readonly Judgement[] {
  const evidence = subject.repository?.detection.evidence ?? []
  return subject.documents.flatMap(({ blocks, file }) => blocks.flatMap(({ block, sections }): readonly Judgement[] => {
    if (!sections.has('not-yet') || (block.kind !== 'item' && block.kind !== 'paragraph')) return []
    // The item itself stands before the first colon; what follows says why, and when.
    const said = seen(block.lines[0]?.text ?? '').split(/[:.]/)[0] ?? ''
    // "A second CODEOWNERS" is put off because there is one.
    if (/^(?:a |an )?(?:second|another|further|more)\b/i.test(said)) return []
    return postponed.flatMap(([pattern, kind, there]): readonly Judgement[] => {
      const found = pattern.test(said) ? evidence.find((item) => there(item, subject)) : undefined
      return found === undefined ? [] : [{ claim: { kind, key: '', value: 'not-yet', said, file, line: block.line }, verdict: 'stronger', evidence: found, found: `${said} put off, and ${found.value} in ${found.file}:${found.line}`, shown: 'what is there already', next: 'Move it out of the list and describe it.' }]
    })
  }))
}
