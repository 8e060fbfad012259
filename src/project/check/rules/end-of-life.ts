import { daysBetween } from '../../../core/dates.ts'
import type { CheckFacts, Product } from '../facts.ts'
import { chosen, isDenied } from '../claims/products.ts'
import { statements } from '../statements.ts'
import { rule, type Hit, type Subject } from '../subject.ts'

const isPinned = ({ facts: { record } }: Subject, { id }: Product): boolean => record !== undefined && Object.values(record.profile.decisions ?? {}).includes(id)

const instead = ({ products }: CheckFacts, { lifecycle }: Product): string => (lifecycle.replacedBy === undefined ? 'a product that is maintained' : products.find(({ id }) => id === lifecycle.replacedBy)?.name ?? lifecycle.replacedBy)

function productHits(subject: Subject): readonly Hit[] {
  const ending = subject.facts.products.filter(({ lifecycle }) => lifecycle.status !== 'active')
  const claimed = new Set(subject.claims.filter(({ weight }) => weight === 'statement').map(({ file, line, value }) => `${file}:${line}:${value}`))
  return subject.documents.flatMap((document) => statements(document).flatMap(({ text, label, line, kind, generated }) => {
    const whole = label === '' || kind === 'cell' ? text : `${label}: ${text}`
    return subject.names.find(whole).filter(({ product }) => ending.includes(product)).flatMap((named): readonly Hit[] => {
      const isClaim = claimed.has(`${document.file}:${line}:${named.product.id}`)
      if (isDenied(whole, named) || (!isClaim && (generated || !(kind === 'cell' || chosen.test(whole.slice(0, named.start)) || (label !== '' && named.start > label.length))))) return []
      const { status, until } = named.product.lifecycle
      const over = status === 'unsafe' || status === 'end-of-life' && (until === undefined || until <= subject.facts.asOf)
      return [{
        file: document.file, line, severity: isPinned(subject, named.product) ? 'info' : over ? 'error' : 'warning',
        found: `${named.product.name}, which is ${status === 'unsafe' ? 'unsafe' : status === 'deprecated' ? 'deprecated' : `at its end of life${until === undefined ? '' : ` (${until})`}`}`, expected: instead(subject.facts, named.product),
      }]
    })
  }))
}

function versionHits({ claims, facts }: Subject): readonly Hit[] {
  return claims.filter(({ kind }) => kind === 'runtime').flatMap(({ key, value, said, file, line }): readonly Hit[] => {
    const runtime = facts.runtimes.find(({ id }) => id === key)
    const cycle = runtime?.cycles.filter(({ cycle: name }) => name === value || value.startsWith(`${name}.`)).sort((a, b) => b.cycle.length - a.cycle.length)[0]
    if (runtime === undefined || cycle?.until === null || cycle === undefined) return []
    const left = daysBetween(facts.asOf, cycle.until)
    if (left > 90) return []
    return [{ file, line, severity: left < 0 ? 'error' : 'info', found: `${said}, whose fixes ${left < 0 ? 'ended' : 'end'} on ${cycle.until}`, expected: `${runtime.name} ${runtime.advised ?? 'with support'}`, next: 'Plan the move to a version that gets fixes, and write it down.' }]
  })
}

/** Products and versions that nobody maintains any more. */
export const endOfLife = rule({
  id: 'end-of-life', severity: 'error',
  about: 'A product or a version is chosen that gets no fixes any more.',
  expected: 'a product that is maintained', next: 'Choose its successor, or pin it in the profile with the reason and the day it goes.',
  check: (subject) => [...productHits(subject), ...versionHits(subject)],
})
