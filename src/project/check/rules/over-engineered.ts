import { readStack } from '../../../core/stack.ts'
import type { Stand } from '../claim.ts'
import type { ClaimKind } from '../facts.ts'
import { isDenied, chosen } from '../claims/products.ts'
import { familyOf } from '../names.ts'
import { heavyWays } from '../heavy-ways.ts'
import { statements } from '../statements.ts'
import { aboutWords, rule, type Hit, type Subject } from '../subject.ts'

/** Names that the record or the repository gives: chosen by people, or there already. */
function given({ facts: { record }, repository }: Subject): ReadonlySet<string> {
  const profile = record?.profile ?? {}
  const there = repository?.detection.profile ?? {}
  const words = [...Object.values(profile.decisions ?? {}), ...(profile.existing ?? []), ...(profile.stack ?? []), ...readStack(profile).ids, ...(profile.houseRules?.require ?? []).map(({ id }) => id), ...(profile.houseRules?.prefer ?? []).map(({ id }) => id), profile.hosting ?? '', ...(there.existing ?? []), ...(there.stack ?? []), there.hosting ?? '']
  return new Set(words.filter((word): word is string => typeof word === 'string').map((word) => familyOf(word.toLowerCase())))
}

function productHits(subject: Subject): readonly Hit[] {
  const { facts: { expected, products }, stands } = subject
  const allowed = given(subject)
  const product = (id: string, kind: ClaimKind) => products.find((each) => each.id === id && each.kinds.includes(kind))
  const isLight = (kind: ClaimKind, id: string): boolean => id === 'none' || product(id, kind)?.burden === 'light'
  return stands.filter(({ weight }) => weight === 'statement').flatMap((stand: Stand): readonly Hit[] => stand.values.flatMap((value): readonly Hit[] => {
    const found = product(value, stand.kind)
    if (found === undefined || allowed.has(familyOf(value)) || found.burden === 'light') return []
    const choices = expected?.choicesFor(stand.kind)
    if (choices?.some((choice) => familyOf(choice) === familyOf(value)) === true) return []
    const lighter = choices?.length ? choices.every((choice) => isLight(stand.kind, choice)) : false
    const asked = stand.kind !== 'identity-provider' && lighter
    if (found.burden !== 'heavy' && !asked) return []
    // A name that its vendor's service and one's own server share says nothing of a server.
    if (!asked && stand.values.some((other) => familyOf(other) === familyOf(value) && product(other, stand.kind)?.burden !== 'heavy')) return []
    const names = choices?.map((choice) => product(choice, stand.kind)?.name ?? choice).join(', ')
    return [{ file: stand.file, line: stand.line, found: `${aboutWords(stand)} ${stand.said} at stage ${subject.profile.stage ?? 'mvp'}`, expected: names === undefined || names === '' ? 'something that needs no cluster or server of its own' : names }]
  }))
}

function wayHits(subject: Subject): readonly Hit[] {
  const allowed = [...given(subject)].join(' ')
  return subject.documents.flatMap((document) => statements(document).filter(({ generated }) => !generated).flatMap(({ text, label, line, kind }) => heavyWays.flatMap(({ name, pattern, instead }): readonly Hit[] => {
    const whole = label === '' || kind === 'cell' ? text : `${label}: ${text}`
    const match = pattern.exec(whole)
    if (match === null || pattern.test(allowed) || allowed.includes(match[0].toLowerCase()) || isDenied(whole, { start: match.index, end: match.index + match[0].length })) return []
    if (kind === 'sentence' && label === '' && !chosen.test(whole.slice(0, match.index)) && !/\b(use|uses|run|runs|deploy|deploys|have|has|add|with|is|are)\b/i.test(whole)) return []
    return [{ file: document.file, line, found: `${name} at stage ${subject.profile.stage ?? 'mvp'}`, expected: instead }]
  })))
}

function environmentHits({ stands, facts: { expected }, profile }: Subject): readonly Hit[] {
  const listed = stands.filter(({ kind, weight }) => kind === 'environment' && weight === 'statement')
  if (expected === null || listed.length < 5) return []
  const planned = expected.environments()
  const [first] = listed.filter(({ key }) => !planned.includes(key))
  if (first === undefined || listed.length < planned.length + 2) return []
  return [{ file: first.file, line: first.line, found: `${listed.length} environments at stage ${profile.stage ?? 'mvp'}`, expected: planned.join(', ') }]
}

/** By the record; without one, by what the documents call their stage. */
const isEarly = ({ facts: { expected }, stands, documents }: Subject): boolean => expected?.stageIsEarly ?? (stands.some(({ kind, values }) => kind === 'stage' && values.every((value) => value === 'mvp' || value === 'poc')) || documents.some(({ blocks }) => blocks.some(({ block }) => block.kind === 'heading' && block.depth === 1 && /\b(?:MVP|PoC)\b/i.test(block.text))))

/** Machinery that the tools would not choose at this stage. */
export const overEngineered = rule({
  id: 'over-engineered', severity: 'warning',
  about: 'An early product plans machinery that somebody has to run, and that nothing measured asks for yet.',
  expected: 'what this stage needs', next: 'Move it under "Not yet" with the number that would call for it, or pin it in the profile with the reason.',
  check: (subject) => (isEarly(subject) ? [...productHits(subject), ...wayHits(subject), ...environmentHits(subject)] : []),
})
