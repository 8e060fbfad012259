import { hostingId } from '../../../src/core/hosting.ts'
import type { Knowledge } from '../../../src/knowledge/collections.ts'
import type { Occurrence } from './reading.ts'
import type { DocumentSet } from './sets.ts'
import { occurrencesIn } from './values.ts'

interface Sheet { readonly id: string, readonly name: string, readonly facts: { readonly hosting?: { readonly value: unknown } } }

/** Sheets by name and id, as we print them. */
export function sheetsByName(knowledge: Knowledge): ReadonlyMap<string, Sheet> {
  const all = [knowledge['identity-providers'], knowledge['ci-providers'], knowledge['migration-tools'], knowledge['secrets-stores'], knowledge['flag-services'], knowledge['hosting-platforms'], knowledge.telemetry, knowledge.compliance].flatMap((sheets) => Object.values(sheets) as Sheet[])
  return new Map(all.flatMap((sheet) => [[sheet.name.toLowerCase(), sheet], [sheet.id, sheet]] as const))
}

const place = ({ document, line, part, text }: Occurrence): string => `${document}:${line + 1} (${part}) ${text}`
const number = (text: string): number => Number(text.replaceAll(',', ''))

/** What in a set of documents does not agree, each in one line; empty when all does. */
export function disagreements({ readings, blueprint }: DocumentSet, sheets: ReadonlyMap<string, Sheet>): readonly string[] {
  const all = readings.flatMap(occurrencesIn)
  const of = (kind: string, key?: string): readonly Occurrence[] => all.filter((one) => one.kind === kind && (key === undefined || one.key === key))
  const id = (text: string): string => sheets.get(text.toLowerCase())?.id ?? text.toLowerCase()
  const problems: string[] = []
  const same = (kind: string, occurrences: readonly Occurrence[], norm: (text: string) => string = (text) => text): void => {
    const [first, ...others] = occurrences
    if (first !== undefined) for (const other of others) if (norm(other.value) !== norm(first.value)) problems.push(`${kind}: ${place(first)} / ${place(other)}`)
  }
  const within = (kind: string, occurrences: readonly Occurrence[], list: readonly string[], norm: (text: string) => string = (text) => text): void => {
    for (const one of occurrences) if (!list.map(norm).includes(norm(one.value))) problems.push(`${kind}: ${place(one)} is none of ${list.join(', ')}`)
  }
  const both = (kind: string, one: readonly Occurrence[], other: readonly Occurrence[], norm: (text: string) => string = (text) => text): void => {
    if (one.length === 0 || other.length === 0) return
    within(kind, one, other.map(({ value }) => value), norm)
    within(kind, other, one.map(({ value }) => value), norm)
  }
  // One value each.
  for (const kind of ['stage', 'as-of', 'availability', 'window', 'branch-strategy', 'services']) same(kind, of(kind).filter(({ value }) => value !== 'not stated'))
  for (const kind of ['secrets-store', 'flag-service', 'ci-provider', 'migration-tool', 'package-manager', 'logs', 'metrics', 'tracing']) same(kind, of(kind).filter(({ value, key }) => value !== '-' && key !== 'processor' && !(kind === 'logs' && key === 'cost')).filter(({ kind: which, key, value }) => !(which === 'secrets-store' && key === 'cost' && of('secrets-behind').some((behind) => behind.value === value))), id)
  // A pattern is no product: drawings then name the directory that holds the accounts.
  const isPattern = ['workforce-oidc', 'pluggable-oidc'].includes(id(of('identity-provider', 'lead')[0]?.value ?? ''))
  same('identity-provider', of('identity-provider').filter(({ key }) => key !== 'processor' && key !== 'cost' && !(isPattern && key === 'node')), id)
  same('directory', of('identity-provider', 'node'), id)
  // Several at once.
  const chosen = (kind: string): readonly Occurrence[] => of(kind, 'choice')
  for (const kind of ['errors', 'alerting']) within(kind, of(kind).filter(({ key }) => key === 'cost' || key === 'where'), chosen(kind).map(({ value }) => value), id)
  for (const field of new Set(of('assumed').map(({ key }) => key))) same(`assumed ${field}`, of('assumed', field))
  for (const key of ['production', 'merge']) same(`approval ${key}`, of('approval', key).filter(({ value }) => value !== 'whoever'))
  const summaries = readings.map(({ document }) => all.filter((one) => one.document === document && one.part === 'summary'))
  for (const kind of ['compliance', 'sign-in-by', 'hosting']) for (const summary of summaries.slice(1)) both(kind, (summaries[0] ?? []).filter((one) => one.kind === kind), summary.filter((one) => one.kind === kind))
  const regimes = of('compliance', 'summary').map(({ value }) => value)
  within('compliance', of('compliance').filter(({ key }) => key !== 'summary'), regimes, id)
  both('compliance', of('compliance', 'controls'), of('compliance', 'summary').filter(({ value }) => value !== 'none'), id)
  // Where it runs: the record's word and the platform's name may differ by one step (Google Cloud, Cloud Run).
  same('deploy target', of('hosting').filter(({ key }) => key !== 'summary' && key !== 'processor'), id)
  const host = of('hosting', 'summary')[0]?.value ?? 'undecided'
  within('hosting', of('hosting', 'processor'), [hostingId(id(host))], id)
  // Environments, branches, paths, variables.
  const table = of('environment', 'table').map(({ value }) => value)
  within('environment', of('environment'), table)
  for (const key of ['diagram', 'deploy']) both(`environment ${key}`, of('environment', key), of('environment', 'promotion').filter(({ start }) => start < 4))
  within('branch', of('branch'), of('branch', 'protect').map(({ value }) => value))
  both('branch', of('branch', 'pipeline'), of('branch', 'diagram'))
  within('health-path', of('health-path').filter(({ key }) => key !== 'health'), of('health-path', 'health').map(({ value }) => value))
  within('variable', of('variable', 'prose'), of('variable', 'table').map(({ value }) => value))
  within('region', of('region'), blueprint.profile.dataResidency ?? [])
  within('file', of('file'), blueprint.files.map(({ path }) => path.replace(/^files\//, '')))
  // Sums.
  const near = (a: number, b: number): boolean => Math.abs(a - b) < 0.006 + Math.abs(b) * 1e-6
  const availability = of('availability')[0]
  if (availability !== undefined) {
    const share = 100 - Number(availability.value)
    for (const one of of('budget')) if (!near(Number(one.value), share / 100 * Number(of('window')[0]?.value) * 1440)) problems.push(`budget: ${place(one)} for ${availability.value} %`)
    const rates = of('burn-rate')
    for (const one of of('failing-share')) if (!near(Number(one.value), share * Number(rates.find(({ line }) => line === one.line)?.value))) problems.push(`failing share: ${place(one)}`)
  }
  const slower = of('slower-share')[0]
  for (const one of of('latency-share')) if (!near(Number(one.value) + Number(slower?.value), 100)) problems.push(`latency: ${place(one)}`)
  for (const { document } of readings) {
    const [total, ...more] = of('total').filter((one) => one.document === document)
    const lines = of('price').filter((one) => one.document === document && one.part === 'cost')
    same('total', [...(total === undefined ? [] : [total]), ...more])
    if (total !== undefined && lines.length > 0 && !near(number(total.value), lines.reduce((sum, { value }) => sum + number(value), 0))) problems.push(`total: ${place(total)} of ${lines.map(({ value }) => value).join(' + ')}`)
  }
  const priced = of('price').filter(({ document, part }) => document === 'observability.md' && part === 'cost')
  for (const one of of('slot-price')) if (!priced.some(({ key, value }) => value === one.value && namesOf(one.key).some((name) => key.includes(name))) && priced.length > 0) problems.push(`price: ${place(one)} is on no cost line`)
  // A page says an amount once: it has no cost section of its own then.
  for (const one of of('price', 'sign-in')) if (readings.some(({ document, parts }) => document === one.document && parts.has('cost')) && !of('price').some((other) => other.document === one.document && other.part === 'cost' && other.value === one.value)) problems.push(`price: ${place(one)} is on no cost line`)
  // Everybody outside who was chosen is on the list of processors.
  const rows = (readings.find(({ document }) => document === 'security-architecture.md')?.parts.get('processors') ?? []).map(({ text }) => text.split(' | ')[0] ?? '')
  if (rows.length > 0) {
    for (const one of all.filter(({ kind, key }) => ['identity-provider', 'secrets-store', 'flag-service', 'ci-provider', 'logs', 'errors', 'metrics', 'tracing', 'alerting'].includes(kind) && (key === 'lead' || key === 'choice'))) {
      const sheet = sheets.get(one.value.toLowerCase())
      const hosting = sheet?.facts.hosting?.value
      if ((hosting === 'hosted' || hosting === 'cloud-service') && !rows.some((row) => row.includes(one.value))) problems.push(`processors: ${place(one)} is on no row`)
    }
    for (const one of all.filter(({ key, kind }) => key === 'processor' && kind !== 'hosting' && kind !== 'region')) {
      if (!namesOf(one.value).some((name) => all.some((other) => (other.kind === one.kind || (one.kind === 'identity-provider' && other.kind === 'identity-plane')) && other.key !== 'processor' && id(other.value) === id(name)))) problems.push(`processors: ${place(one)} is chosen nowhere`)
    }
  }
  return problems
}

const namesOf = (text: string): readonly string[] => text.split(/, | and /).map((name) => name.trim())
