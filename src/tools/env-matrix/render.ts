import { isStaticSite } from '../../core/environments.ts'
import { hostingId } from '../../core/hosting.ts'
import { blocks, bullets, code, plain, table } from '../../core/markdown.ts'
import { languageName } from '../../core/service-language.ts'
import type { Knowledge } from '../../knowledge/collections.ts'
import type { Detail, Section } from '../tool.ts'
import type { Outcome } from './decide.ts'
import { hasStrictData } from './environments.ts'
import { flagsGap } from './files.ts'
import { promotionEdges } from './promotion.ts'
import { accessWords, categoryWords, dataWords, edgeWords, flagsWords, purposeWords, secretsWords, triggerText } from './words.ts'
import { isClientOnly, looksSecret, type Variable } from './variables.ts'

const storeNames: Readonly<Record<string, string>> = { 'deploy-config': 'deploy configuration', 'customer-config': 'the customer\'s configuration', 'by-hand': 'platform, by hand once' }

/** The name of a sheet, or the id as code when there is none. */
const named = (sheets: Readonly<Record<string, { readonly name: string }>>, id: string): string => sheets[id]?.name ?? code(id)

/** What each step of a release asks for; a single step from the branch goes without saying. */
function promotion({ decision }: Outcome): string | false {
  const edges = promotionEdges(decision.environments)
  return edges.length > 1 && bullets(edges.map(({ from, to, rule }) => `${from === 'branch' ? 'Into' : `${plain(from)} →`} ${plain(to)}: ${edgeWords[rule]}.`))
}

/** Differences between staging and production that are meant, each with its reason. */
function differences({ decision, input }: Outcome): string[] {
  const copied = decision.environments.some(({ name, data }) => name === 'staging' && (data === 'masked-copy' || data === 'production-copy'))
  const thirdParties = decision.variables.some(({ category, secret }) => category === 'third-party' && secret)
  return [
    ...(copied ? [] : ['invented rows (personal data stays home)']), 'fewer and smaller instances (cost)', 'its own secrets (one leak, one environment)',
    ...(thirdParties ? ['test keys of paid services (no real money or mail)'] : []),
    ...(input.airGapped === true ? ['no release without its bundle (it is tested as delivered)'] : []),
  ]
}

function environmentsBody(outcome: Outcome, detail: Detail): string {
  const { decision, input } = outcome
  const rows = decision.environments.map((row) => [plain(row.name), purposeWords[row.purpose], dataWords[row.data], plain(triggerText(row.deployTrigger, input.defaultBranch)), accessWords[row.access]])
  const names = decision.environments.map(({ name }) => name)
  return blocks(
    table(['Environment', 'Purpose', 'Data', 'Deploy Trigger', 'Access'], rows),
    detail !== 'brief' && names.length > 2 && promotion(outcome),
    detail !== 'brief' && names.includes('staging') && names.includes('production') && `The same build and versions everywhere. What differs from production, and why: ${differences(outcome).join('; ')}.`,
    (input.clients ?? []).some((client) => client === 'ios' || client === 'android') && 'On phones each environment is a build flavour with an id of its own, so that both install side by side. What ships can be read: addresses and publishable keys only, never a secret.',
    names.includes('preview') && 'A preview has its own variables and its own data. One that holds production credentials is production.',
    hasStrictData(input) ? 'Real rows stay in production. Masked rows are still personal data, so below production everything is made up.' : detail === 'full' && 'Where masked production rows are needed, mask them inside production and copy the result.',
    detail === 'full' && names.includes('local') && 'A new developer should have local running within an hour from the README alone.',
  )
}

const cell = (variables: readonly Variable[]): string => variables.map(({ name }) => code(name)).join(', ')

function variablesTable({ decision }: Outcome, knowledge: Knowledge, detail: Detail): string {
  const stored = (variable: Variable): string => storeNames[variable.whereStored] ?? named(knowledge['secrets-stores'], variable.whereStored)
  if (detail === 'full') return table(['Variable', 'Category', 'Secret', 'Needed in', 'Stored'], decision.variables.map((variable) => [code(variable.name), categoryWords[variable.category], variable.secret ? 'yes' : 'no', variable.requiredIn.join(', ') || 'optional', stored(variable)]))
  const groups = [...new Set(decision.variables.map((variable) => `${variable.category}|${variable.whereStored}`))].map((key) => decision.variables.filter((variable) => `${variable.category}|${variable.whereStored}` === key))
  return table(['Category', 'Variables', 'Stored'], groups.flatMap((group) => (group[0] === undefined ? [] : [[categoryWords[group[0].category], cell(group), `${stored(group[0])}${group[0].secret ? ' (secret)' : ''}`]])))
}

function configurationBody(outcome: Outcome, knowledge: Knowledge, detail: Detail, modulePath: string | undefined): string {
  const { decision, validation } = outcome
  const given = (outcome.input.variables ?? []).map(code).join(', ')
  const also = (validation.also ?? []).map((other) => `${languageName(other.language)}: ${plain(named(knowledge['config-validators'], other.id))}`)
  if (decision.variables.length === 0) return given.length === 0 ? 'A published package reads no configuration of its own; options are arguments.' : `Options are arguments. ${given} comes from the environment of whoever runs it, an argument wins over it, and nothing is written back.`
  const validator = named(knowledge['config-validators'], decision.validation)
  const node = decision.variables.some(({ name }) => name === 'NODE_ENV')
  return blocks(
    validation.rule === 'client-only' || isClientOnly(outcome.input)
      ? 'Addresses and publishable keys are built into the application; a missing one fails the build.'
      : isStaticSite(outcome.input)
      ? 'The build reads these and fails with the names of what is missing; nothing is read afterwards.'
      : decision.validation === 'none'
      ? 'One function reads every variable at start and ends the program with the names of what is missing, before it takes traffic.'
      : `${plain(validator)} checks every variable at start${modulePath === undefined ? '' : `, in ${code(modulePath)}`}; nothing else reads the environment. The program ends before it takes traffic and names what is missing, never a value.`,
    also.length > 0 && `Services in other languages do the same. ${also.join('. ')}.`,
    variablesTable(outcome, knowledge, detail),
    detail !== 'brief' && `${code('APP_ENV')} names the environment${node ? `; ${code('NODE_ENV')} is ${code('production')} in every deployed one` : ''}. On a developer's machine values come from ${code('.env')}, which Git ignores. ${code('.env.example')} holds names only.`,
    detail === 'full' && validation.rule === 'client-only' && 'What ships to a phone or a browser is public: it holds addresses and publishable keys, never a secret.',
  )
}

function secretsBody({ decision, secrets, input }: Outcome, knowledge: Knowledge, detail: Detail): string {
  const sheet = knowledge['secrets-stores'][decision.secrets]
  const callers = (input.variables ?? []).filter((name) => looksSecret(name) && decision.variables.length === 0).map(code).join(', ')
  if (decision.secrets === 'none' && callers !== '') return `${callers} belongs to whoever runs the program: read it when it is needed, send it only where it is meant for, and keep it out of output, files and error reports. The token that publishes lives with the pipeline, or is replaced by trusted publishing.`
  if (decision.secrets === 'none') return 'No secret exists at run time. The token that publishes lives with the pipeline, or is replaced by trusted publishing.'
  const oidc = knowledge['hosting-platforms'][hostingId(input.hosting)]?.facts.ciAuth.value === 'oidc'
  // Vendors keep rotation for their paid plans.
  const rotates = sheet?.facts.rotation.value === true && sheet.facts.hosting.value !== 'hosted'
  return blocks(
    `${plain(named(knowledge['secrets-stores'], decision.secrets))}${decision.secretsBackend === null ? '' : `, with ${plain(named(knowledge['secrets-stores'], decision.secretsBackend))} behind it`}: ${secretsWords[secrets.rule]}.`,
    detail === 'full' && sheet?.body,
    bullets([
      `Change a secret at once when it leaked or somebody who could read it leaves${rotates ? '; let the store change database passwords on a schedule' : '; otherwise once a year, with two valid values during the change'}.`,
      'Every environment has its own values and its own readers.',
      ...(oidc ? ['The pipeline signs in through OpenID Connect: no cloud key is stored.'] : []),
      ...(detail === 'brief' ? [] : ['Never in Git, images, logs, tickets or chat, nor behind a prefix that a bundler publishes.']),
    ]),
  )
}

function flagsBody(outcome: Outcome, knowledge: Knowledge, detail: Detail): string {
  const { decision, flags } = outcome
  const name = plain(named(knowledge['flag-services'], decision.flags))
  if (decision.flags === 'none') return `None yet: ${flagsWords[flags.rule]}.`
  const simple = decision.flags === 'env-var' || decision.flags === 'config-file'
  return blocks(
    `${name}: ${flagsWords[flags.rule]}.`,
    detail === 'full' && knowledge['flag-services'][decision.flags]?.body,
    bullets([
      'Each flag has an owner and a last day, written where it is declared. Two weeks after it is on for everyone, flag and old code go.',
      'A flag defaults to the behaviour of today, so losing the source of flags changes nothing.',
      decision.flags === 'env-var' ? 'Read it in the environment module, not in the feature.' : flagsGap(outcome, knowledge) === 'no-provider' ? 'Features ask one function of your own, so what stands behind can change.' : 'Features ask through OpenFeature, so what stands behind can change.',
      ...(simple ? ['A service comes in when a flag has to change without a deploy, or for chosen users.'] : []),
    ]),
  )
}

/** Parts of the blueprint in their order. `modulePath` is the generated environment module, when there is one. */
export const renderSections = (outcome: Outcome, knowledge: Knowledge, detail: Detail, modulePath: string | undefined): Section[] => [
  { id: 'environments', title: 'Environments', body: environmentsBody(outcome, detail) },
  { id: 'configuration', title: 'Configuration', body: configurationBody(outcome, knowledge, detail, modulePath) },
  { id: 'secrets', title: 'Secrets', body: secretsBody(outcome, knowledge, detail) },
  { id: 'feature-flags', title: 'Feature flags', body: flagsBody(outcome, knowledge, detail) },
]
