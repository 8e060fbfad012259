import type { Evidence } from '../../detect/findings.ts'
import { sameValue, type Stand } from '../claim.ts'
import type { Judgement } from '../drift.ts'
import type { ClaimKind } from '../facts.ts'
import { seen } from '../inline.ts'
import { statements } from '../statements.ts'
import { aboutWords, type Subject } from '../subject.ts'

/** Which evidence answers for a kind of claim, and whether its absence says anything: a pipeline is a file, an account with a vendor is not. */
interface Asked { readonly kind: ClaimKind, readonly evidence: (found: Evidence, subject: Subject) => boolean, readonly absenceCounts: boolean }

/** A product named by the repository counts only for the kinds its sheet serves. */
const serves = (kind: ClaimKind) => (found: Evidence, { facts }: Subject): boolean => found.field === 'existing' && facts.products.some(({ id, kinds }) => id === found.value && kinds.includes(kind) && kinds[0] === kind)

const asked: readonly Asked[] = [
  { kind: 'ci-provider', evidence: ({ field }) => field === 'ciProvider', absenceCounts: true },
  { kind: 'migration-tool', evidence: ({ field }) => field === 'migrationTool', absenceCounts: true },
  { kind: 'package-manager', evidence: ({ field }) => field === 'packageManager', absenceCounts: true },
  { kind: 'hosting', evidence: ({ field }) => field === 'hosting', absenceCounts: false },
  { kind: 'database', evidence: ({ field, value }, { facts }) => field === 'stack' && facts.products.some(({ id, kinds }) => id === value && kinds.includes('database')), absenceCounts: false },
  { kind: 'identity-provider', evidence: serves('identity-provider'), absenceCounts: false },
  { kind: 'errors', evidence: serves('errors'), absenceCounts: false },
  { kind: 'flag-service', evidence: serves('flag-service'), absenceCounts: false },
  { kind: 'secrets-store', evidence: serves('secrets-store'), absenceCounts: false },
]

/** Where a text names the product: by a name of its sheet, or by its id. */
function placesOf(text: string, id: string, { names }: Subject): readonly { readonly start: number, readonly end: number }[] {
  const byId = [...text.matchAll(new RegExp(`(?<![\\w/.-])${id.replace(/[^\w-]/g, '.')}(?![\\w-])`, 'gi'))].map((match) => ({ start: match.index, end: match.index + id.length }))
  return [...byId, ...names.find(text).filter(({ product }) => product.id === id)]
}

/** True when the documents, outside what they only weigh, name the product. */
const statementsName = (id: string, subject: Subject): boolean => subject.documents.some((document) => statements(document).some(({ text, label }) => placesOf(`${label} ${text}`, id, subject).length > 0))

/** Items and paragraphs as people see them, with whether they stand among the conflicts. */
const textsOf = ({ documents }: Subject): readonly { readonly text: string, readonly conflict: boolean }[] => documents.flatMap(({ blocks }) => blocks.flatMap(({ block, sections }) => (block.kind === 'item' || block.kind === 'paragraph' ? [{ text: seen(block.lines.map((line) => line.text).join(' ')), conflict: sections.has('conflicts') }] : [])))

const leavingBefore = /\b(?:mov\w+|migrat\w+|switch\w*)(?: \w+){0,3} (?:from|off) [^.;]{0,40}$|\b(?:replac\w+|leav(?:e|es|ing)|phas\w+ out|drop(?:s|ping)?|retir\w+|decommission\w*) [^.;:]{0,30}$|\bexisting: [^.;:+]{0,60}$/i
const leavingAfter = /^[^.;]{0,30}\b(?:is|are|will be|gets|being)\b(?: \w+){0,3} (?:replaced|left|phased out|dropped|retired|decommissioned)\b|^[^.;]{0,30}\buntil (?:then|the move|it is replaced)\b/i

/** True when a document says that what the repository uses is left: "we move from X", "X is replaced", `existing: X` among its conflicts. */
const isLeft = (id: string, subject: Subject): boolean => textsOf(subject).some(({ text }) => placesOf(text, id, subject).some(({ start, end }) => leavingBefore.test(text.slice(Math.max(0, start - 120), start)) || leavingAfter.test(text.slice(end, end + 120))))

/** True when a document lists the product among its conflicts: whoever reads it knows of both. */
const isInConflict = (id: string, subject: Subject): boolean => textsOf(subject).some(({ text, conflict }) => conflict && placesOf(text, id, subject).length > 0)

function judge(stand: Stand, { kind, evidence, absenceCounts }: Asked, subject: Subject): Judgement {
  const claim = { ...stand, value: stand.values.join(', ') }
  const what = aboutWords(stand)
  const found = subject.repository?.detection.evidence.filter((item) => evidence(item, subject)) ?? []
  const isSame = (item: Evidence): boolean => stand.values.some((value) => sameValue(stand.kind, value, String(item.value)))
  const same = found.find(isSame)
  if (same !== undefined) {
    // A second pipeline that the documents name as well is part of the plan.
    const other = kind === 'ci-provider' ? found.find((item) => !isSame(item) && !statementsName(String(item.value), subject)) : undefined
    if (other === undefined) return { claim, verdict: 'implemented', evidence: same, found: `${what} ${stand.said}` }
    const isKnown = isInConflict(String(other.value), subject)
    return { claim, verdict: 'partial', evidence: other, ...(isKnown && { severity: 'info' as const }), found: `${what} ${stand.said}, and ${other.value} in ${other.file}:${other.line} beside it`, shown: 'one of the two', next: 'Name both and what each is for, or delete the one that is not used.' }
  }
  // What a file only suggests contradicts nobody; that a pipeline is there is a fact, whatever it does.
  const first = found.find(({ hint }) => hint !== true || kind === 'ci-provider')
  if (first !== undefined && isLeft(String(first.value), subject)) return { claim, verdict: 'absent', evidence: first, found: `${what} ${stand.said}, and ${first.value} in ${first.file}:${first.line} until the move`, shown: `files of ${stand.said}`, next: 'Finish the move that the document announces, or take it out.' }
  if (first !== undefined) return { claim, verdict: 'contradicted', evidence: first, found: `${what} ${stand.said}, but ${first.value} in ${first.file}:${first.line}`, shown: `${first.value}, or a repository that uses ${stand.said}` }
  const waits = subject.repository?.waiting?.evidence.find((item) => evidence(item, subject) && isSame(item))
  if (waits !== undefined) return { claim, verdict: 'undecidable', evidence: null, found: `${what} ${stand.said}, in a generated file that is not in its place yet` }
  const looked = (subject.repository?.detection.evidence.length ?? 0) > 0
  return absenceCounts && looked
    ? { claim, verdict: 'absent', evidence: null, found: `${what} ${stand.said}, and no file of it yet`, shown: `files of ${stand.said}`, next: 'Add what the document describes, or say that it is planned.' }
    : { claim, verdict: 'undecidable', evidence: null, found: `${what} ${stand.said}` }
}

/** Products and tools that the documents choose, against the files of the repository: the first statement of each kind. */
export function choiceJudgements(subject: Subject): readonly Judgement[] {
  if (subject.repository === null) return []
  return asked.flatMap((each) => {
    const said = subject.stands.filter(({ kind }) => kind === each.kind)
    const stand = said.find(({ weight }) => weight === 'statement') ?? said.find(() => each.kind === 'package-manager')
    return stand === undefined ? [] : [judge(stand, each, subject)]
  })
}
