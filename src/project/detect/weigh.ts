import { Profile, vocabulary } from '../../core/profile.ts'
import { agrees } from './agree.ts'
import type { Evidence, Finding, Value, Weight } from './findings.ts'

/** Files that name different values for one field: `kept` was used, the others are shown with their place. */
export interface Disagreement { readonly field: string, readonly kept: Evidence, readonly others: readonly Evidence[] }

const rank: Readonly<Record<Weight, number>> = { statement: 0, use: 1, hint: 2 }
const order = new Map(Object.keys(Profile.shape).map((field, index) => [field, index]))
const lists = new Set(['signInBy', 'clients', 'compliance', 'dataClasses', 'dataResidency', 'stack', 'existing', 'scripts', 'variables', 'existingCi'])
const depth = (file: string): number => file.split('/').length

/** Profile order of fields, then the stronger, then the shallower file, then file, line and value. */
export function compareFindings(a: Finding, b: Finding): number {
  return (order.get(a.field) ?? 999) - (order.get(b.field) ?? 999)
    || (a.field < b.field ? -1 : a.field > b.field ? 1 : 0)
    || rank[a.weight] - rank[b.weight]
    || depth(a.file) - depth(b.file)
    || (a.file < b.file ? -1 : a.file > b.file ? 1 : 0)
    || a.line - b.line
    || (String(a.value) < String(b.value) ? -1 : String(a.value) > String(b.value) ? 1 : 0)
}

const placesShown = 3

/** The findings without repetition: one line a file for each value, and at most three files. Order is kept. */
export function withoutRepetition(findings: readonly Finding[]): Finding[] {
  const files = new Map<string, Set<string>>()
  return findings.filter((finding) => {
    const key = `${finding.field} ${finding.value}`
    const seen = files.get(key) ?? new Set()
    files.set(key, seen)
    if (seen.has(finding.file) || seen.size >= placesShown) return false
    seen.add(finding.file)
    return true
  })
}

/** Lists take every value, those of a closed vocabulary in its order, others strongest first; other fields take the first. `findings` are sorted by `compareFindings`. */
export function weigh(findings: readonly Finding[]): { values: Record<string, Value | Value[]>, disagreements: Disagreement[] } {
  const values: Record<string, Value | Value[]> = {}
  const disagreements: Disagreement[] = []
  const plain = ({ weight: _, ...evidence }: Finding): Evidence => evidence
  for (const field of new Set(findings.map((finding) => finding.field))) {
    const all = findings.filter((finding) => finding.field === field)
    const first = all[0]
    if (first === undefined) continue
    if (lists.has(field)) {
      const words = [...new Set(all.map((finding) => finding.value))]
      const closed: readonly string[] | undefined = field in vocabulary ? vocabulary[field as keyof typeof vocabulary] : undefined
      values[field] = closed === undefined ? words.slice(0, field === 'stack' || field === 'existing' ? 40 : 200) : closed.filter((word) => words.includes(word))
      continue
    }
    // Of two names for the same place, the one that says more: a chart runs on Kubernetes, Terraform says which.
    const kept = all.find((finding) => finding.weight === first.weight && finding.value !== first.value && agrees(field, finding.value, first.value) && !agrees(field, first.value, finding.value) && field === 'hosting') ?? first
    values[field] = kept.value
    const others = all.filter((finding) => !agrees(field, kept.value, finding.value))
    // A hint beside a statement is no disagreement: it was never more than a guess.
    const real = others.filter((finding) => finding.weight !== 'hint' || kept.weight === 'hint')
    if (real.length > 0) disagreements.push({ field, kept: plain(kept), others: real.map(plain) })
  }
  return { values, disagreements }
}
