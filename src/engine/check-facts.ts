import { overlay } from '../core/overlay.ts'
import { asFrameworkReads } from '../core/session-keys.ts'
import { readStack } from '../core/stack.ts'
import type { Knowledge } from '../knowledge/collections.ts'
import type { CheckFacts, ClaimKind, Product, Runtime } from '../project/check/facts.ts'
import type { Detection } from '../project/detect.ts'
import { expectedFor } from './check-expected.ts'
import { shortFormsOf, unlistedProducts } from './check-names.ts'
import { spellings } from './check-spelling.ts'

type Burden = Product['burden']
interface AnySheet { readonly id: string, readonly name: string, readonly lifecycle: Product['lifecycle'], readonly facts: object }

const valueOf = (facts: object, name: string): unknown => (facts as Record<string, { value: unknown } | undefined>)[name]?.value
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [])

/** What running it takes, from where it runs and how much work its sheet says it is. */
function burdenOf({ facts }: AnySheet): Burden {
  const hosting = valueOf(facts, 'hosting')
  const ops = valueOf(facts, 'opsNeeded')
  if (valueOf(facts, 'kind') === 'kubernetes' || hosting === 'self-hosted' || ops === 'medium' || ops === 'high') return 'heavy'
  return ['none', 'pattern', 'library', 'built-in', 'platform', 'file', 'cloud-service'].includes(String(hosting)) ? 'light' : 'normal'
}

function productOf(sheet: AnySheet, kinds: readonly ClaimKind[], more: readonly string[] = [], frameworks: readonly string[] = []): Product {
  const { status, until, replacedBy } = sheet.lifecycle
  return {
    id: sheet.id, name: sheet.name, kinds, burden: burdenOf(sheet), outside: ['hosted', 'cloud-service'].includes(String(valueOf(sheet.facts, 'hosting'))), lifecycle: { status, until, replacedBy },
    names: spellings(sheet.name, sheet.id, [...more, ...shortFormsOf(sheet.id, kinds[0]), ...texts(valueOf(sheet.facts, 'aliases'))]),
    variables: [...texts(valueOf(sheet.facts, 'variables')), ...asFrameworkReads(texts(valueOf(sheet.facts, 'secretVariables')), frameworks)],
  }
}

/** Every product that a document may choose, from the sheets. */
export function productsOf(knowledge: Knowledge, frameworks: readonly string[]): readonly Product[] {
  const all = <Sheets extends object>(sheets: Sheets): readonly AnySheet[] => Object.values(sheets) as AnySheet[]
  return [
    ...all(knowledge['identity-providers']).map((sheet) => productOf(sheet, ['identity-provider'], [], frameworks)),
    ...all(knowledge['ci-providers']).map((sheet) => productOf(sheet, ['ci-provider'])),
    ...all(knowledge['migration-tools']).map((sheet) => productOf(sheet, ['migration-tool'])),
    ...all(knowledge['secrets-stores']).map((sheet) => productOf(sheet, ['secrets-store'])),
    ...all(knowledge['flag-services']).map((sheet) => productOf(sheet, ['flag-service'])),
    ...all(knowledge['hosting-platforms']).filter(({ id }) => id !== 'undecided').map((sheet) => productOf(sheet, ['hosting'])),
    ...all(knowledge.telemetry).map((sheet) => productOf(sheet, texts(valueOf(sheet.facts, 'slots')) as ClaimKind[])),
    ...Object.values(knowledge.runtimes).filter(({ facts }) => facts.kind.value === 'database').map((sheet) => productOf(sheet, ['database'], (sheet.facts.names.value ?? []).filter((name) => name.length > 2).map((name) => (name === 'postgres' ? 'Postgres' : name)))),
    ...unlistedProducts,
  ]
}

const runtimesOf = (knowledge: Knowledge): readonly Runtime[] =>
  Object.values(knowledge.runtimes).map(({ id, name, facts }) => ({ id, name, names: facts.names.value ?? [], kind: facts.kind.value ?? '', advised: facts.advised.value, cycles: facts.cycles.value ?? [] }))

const regimesOf = (knowledge: Knowledge): CheckFacts['regimes'] =>
  Object.values(knowledge.compliance).map(({ id, name }) => ({ id, names: [...new Set([...spellings(name, id), name.replace(/[ /]/g, ''), name.replace(/^ISO\/IEC /, 'ISO '), name.replace(/ \d[\d.]*$/, ''), id])].filter((word) => word.length > 2) }))

/** What the check has to know beside the files. `record` is the profile file; without one nothing is expected of the documents. */
export function checkFacts(knowledge: Knowledge, asOf: string, detection: Detection, record: CheckFacts['record']): CheckFacts {
  const pins = Object.values(knowledge.actions).flatMap(({ facts }) => (facts.action.value === null || facts.version.value === null || facts.sha.value === null ? [] : [{ action: facts.action.value, version: facts.version.value, sha: facts.sha.value }]))
  const visibility = record?.profile.repositoryVisibility
  const profile = record === undefined ? detection.profile : overlay(detection.profile, record.profile)
  return {
    asOf, pins, ...(visibility && { visibility }),
    products: productsOf(knowledge, readStack(profile).frameworks), runtimes: runtimesOf(knowledge), regimes: regimesOf(knowledge),
    ...(record && { record }),
    expected: record === undefined ? null : expectedFor(profile, detection.variables, knowledge, asOf),
  }
}
