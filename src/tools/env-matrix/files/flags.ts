import { readStack } from '../../../core/stack.ts'
import { generatedFile } from '../../../core/file.ts'
import type { Knowledge } from '../../../knowledge/collections.ts'
import { codeFile, templateFor, type CodeTemplate } from '../../code-file.ts'
import type { FileWithBody } from '../../tool.ts'
import type { Outcome } from '../decide.ts'
import { formatOf } from './format.ts'
import type { Variable } from '../variables.ts'

/** Why no file for flags is written although flags are used. */
export type FlagsGap = 'no-template' | 'no-provider'

/** Last day of the quarter after that of `asOf`, so that a plan made again in the same quarter gives the same file. */
export function nextQuarterEnd(asOf: string): string {
  const months = Number(asOf.slice(0, 4)) * 12 + Math.floor((Number(asOf.slice(5, 7)) - 1) / 3) * 3 + 6
  return new Date(Date.UTC(Math.floor(months / 12), months % 12, 0)).toISOString().slice(0, 10)
}

/** `ENABLE_BETA_FEATURES` as `betaFeatures`. Names that would fall together keep their prefix. */
function flagNames(switches: readonly Variable[]): readonly string[] {
  const camel = (text: string): string => text.toLowerCase().replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()).replace(/_+$/, '')
  const short = switches.map(({ name }) => camel(name.replace(/^(ENABLE|FEATURE|FLAG)_+/, '')))
  return switches.map(({ name }, index) => { const text = short[index] ?? ''; return /^[a-z]/.test(text) && short.filter((other) => other === text).length === 1 ? text : camel(name) })
}

const typescriptTable = (switches: readonly Variable[], expires: string): string =>
  `{\n${switches.map(({ name }, index) => `  ${flagNames(switches)[index]}: { variable: '${name}', default: false, owner: 'name a person', expires: '${expires}', reason: 'say what it switches' },`).join('\n')}\n}`

function pythonTable(switches: readonly Variable[], expires: string): string {
  const [year, month, day] = expires.split('-').map(Number)
  return switches.map(({ name }) => `${name.replace(/^(ENABLE|FEATURE|FLAG)_+(?=[A-Z])/, '')} = FlagSpec("${name}", default=False, owner="name a person", expires=date(${year}, ${month}, ${day}), reason="say what it switches")`).join('\n    ')
}

/** `betaFeatures` as `BetaFeatures` and `beta-features`. Names that this package has already keep a word more. */
function goTable(switches: readonly Variable[], expires: string): { readonly table: string, readonly names: string } {
  const names = flagNames(switches).map((name) => { const text = name.charAt(0).toUpperCase() + name.slice(1); return ['Flag', 'Set', 'Read', 'Expired'].includes(text) ? `${text}Flag` : text })
  const kebab = (name: string): string => name.replace(/(?<=[a-z0-9])([A-Z])/g, '-$1').toLowerCase()
  const table = switches.map(({ name }, index) => `var ${names[index]} = Flag{Name: "${kebab(names[index] ?? '')}", Variable: "${name}", Owner: "name a person", Expires: "${expires}", Reason: "say what it switches"}`).join('\n')
  return { table, names: names.join(', ') }
}

/** Variables that turn something on or off, as the environment module reads them. */
const switchesOf = ({ decision }: Outcome): Variable[] => decision.variables.filter((variable) => formatOf(variable) === 'switch' && /^[A-Z][A-Z0-9_]*$/.test(variable.name))

interface Plan { readonly template: CodeTemplate | undefined, readonly gap: FlagsGap | undefined }

function plan({ decision, validation, input }: Outcome, knowledge: Knowledge): Plan {
  const nothing: Plan = { template: undefined, gap: undefined }
  if (decision.flags === 'none' || decision.variables.length === 0 || validation.language === null) return nothing
  const byService = decision.flags !== 'env-var'
  if (byService && knowledge['flag-services'][decision.flags]?.facts.openFeaturePackage.value == null) return { ...nothing, gap: 'no-provider' }
  const template = templateFor(byService ? 'flag-service' : 'feature-flags', { languages: [validation.language], frameworks: readStack(input).frameworks }, knowledge)
  return template === undefined ? { ...nothing, gap: 'no-template' } : { template, gap: undefined }
}

/** Why flags are used and no file for them can be written; undefined when one is, or none is needed. */
export const flagsGap = (outcome: Outcome, knowledge: Knowledge): FlagsGap | undefined => plan(outcome, knowledge).gap

/** Commented lines that make the provider of a service. Without its variable, as on a developer's machine, defaults answer. */
function setupLines(outcome: Outcome, knowledge: Knowledge): string {
  const facts = knowledge['flag-services'][outcome.decision.flags]?.facts
  const made = facts?.openFeaturePackage.value
  if (made == null) return ''
  const needs = facts?.secretVariables.value?.[0] ?? facts?.variables.value?.[0]
  return [
    ...(made.version === null ? ['(the provider is named on the page of the vendor; it was not run)'] : [`(${made.name} ${made.version})`]),
    ...made.importLine.split('; '),
    ...(needs === undefined ? [`const provider = ${made.create}`] : [`import { NOOP_PROVIDER } from '@openfeature/server-sdk'`, `const provider = env.${needs} === undefined ? NOOP_PROVIDER : ${made.create}`]),
  ].map((line) => `//   ${line}`).join('\n')
}

const flagsInAFile = {
  'beta-features': { variants: { on: true, off: false }, defaultVariant: 'off', disabled: false },
  'search-ranking': { variants: { current: 'current', next: 'next' }, defaultVariant: 'current', disabled: false },
}

/** Source files for flags: a table over variables, or the wiring of a service. */
export function flagFiles(outcome: Outcome, knowledge: Knowledge, asOf: string): FileWithBody[] {
  const { template } = plan(outcome, knowledge)
  if (template === undefined) return []
  const typed = outcome.validation.language !== 'javascript'
  const expires = nextQuarterEnd(asOf)
  if (template.facts.kind.value === 'flag-service') {
    const wiring = codeFile(template, { setup: setupLines(outcome, knowledge), expires: `'${expires}'` }, typed)
    return outcome.decision.flags === 'config-file' ? [wiring, generatedFile('config/flags.json', 'Values of the flags; a change is a reviewed commit.', `node -p 'JSON.parse(fs.readFileSync("config/flags.json"))'`, JSON.stringify(flagsInAFile, null, 2))] : [wiring]
  }
  const switches = switchesOf(outcome)
  if (switches.length === 0) return []
  switch (template.facts.language.value) {
    case 'python': return [codeFile(template, { table: pythonTable(switches, expires) })]
    case 'go': return [codeFile(template, { ...goTable(switches, expires) })]
    default: return [codeFile(template, { table: typescriptTable(switches, expires) }, typed)]
  }
}
