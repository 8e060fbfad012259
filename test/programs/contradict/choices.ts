import { find, inCell, rowsOf, type Cell, type Occurrence, type Reading } from './reading.ts'

/** Names of several products in one text, as our writer joins them. */
export const namesIn = (text: string): readonly string[] => text.split(/, with | behind it|, | and /).map((name) => name.trim()).filter((name) => name !== '')

const security = (reading: Reading): readonly Occurrence[] => [
  ...find(reading, { parts: ['sign-in'], pattern: /^\*\*([^*]+)\*\* \(`/, kind: 'identity-provider', key: 'lead' }),
  ...find(reading, { parts: ['sign-in'], pattern: /^- (?:Staff|Machines|Devices|Agents|Partners and machines): \*\*([^*]+)\*\*/, kind: 'identity-plane' }),
  ...find(reading, { parts: ['token-verification', 'trust-boundaries'], pattern: /\bidp\["([^"]+)"\]/, kind: 'identity-provider', key: 'node' }),
  ...find(reading, { parts: ['cost'], pattern: /^(?:- )?(?:Run by yourselves: )?([^:$]+?)(?:: (?:\$|unknown)| \$| unknown)/, kind: 'identity-provider', key: 'cost', value: ([, name = '']) => (name === 'Together' ? undefined : name) }),
  ...rowsOf(reading, 'processors').flatMap((row) => row.get('Gets')?.text.includes('sign-ins of users') === true ? inCell(reading, 'processors', 'identity-provider', 'processor', row.get('Processor')) : []),
]

const observed: readonly (readonly [slot: string, kind: string, gets: string])[] = [['Logs', 'logs', 'log lines'], ['Errors', 'errors', 'error reports'], ['Metrics', 'metrics', 'numbers without personal data'], ['Tracing', 'tracing', 'durations and names of calls'], ['Alerting', 'alerting', 'alert texts']]

const slots = (reading: Reading): readonly Occurrence[] => [
  ...rowsOf(reading, 'stack').flatMap((row) => observed.flatMap(([slot, kind]) => (row.get('Slot')?.text !== slot ? [] : namesIn((row.get('Choice')?.text ?? '').replace(/, to the collector.*/, '')).flatMap((name) => inCell(reading, 'stack', kind, 'choice', row.get('Choice'), name))))),
  ...rowsOf(reading, 'processors').flatMap((row) => observed.flatMap(([, kind, gets]) => (row.get('Gets')?.text.includes(gets) === true ? inCell(reading, 'processors', kind, 'processor', row.get('Processor')) : []))),
  ...find(reading, { parts: ['logging'], pattern: /Collected by: ([^.]+?)\./, kind: 'logs', key: 'lead', value: ([, name = '']) => (name === 'whatever the customer runs' ? undefined : name) }),
  ...find(reading, { parts: ['metrics'], pattern: /^Store: ([^.]+)\./, kind: 'metrics', key: 'lead' }),
  ...find(reading, { parts: ['tracing'], pattern: /traces to (.+?)\.$/, kind: 'tracing', key: 'lead' }),
  ...rowsOf(reading, 'metrics').flatMap((row) => namesIn(row.get('Where')?.text ?? '').flatMap((name) => (name === 'dashboard' ? [] : inCell(reading, 'metrics', 'alerting', 'where', row.get('Where'), name)))),
  ...find(reading, { parts: ['metrics'], pattern: /are told by: ([^.]+)\./, kind: 'alerting', key: 'where' }),
  ...find(reading, { parts: ['logging'], pattern: /^- Identity fields stay out \((.+?)\):/, kind: 'identity-provider', key: 'masking' }),
  ...find(reading, { parts: ['metrics'], pattern: /^\| Sign-in \((.+?)\) \|/, kind: 'identity-provider', key: 'alert' }),
  ...(reading.document === 'observability.md' ? observed.flatMap(([, kind]) => find(reading, { parts: ['cost'], pattern: new RegExp(`(?:^- |^|, )([^:,(]+?) \\((?:[a-z]+, )*${kind}(?:, [a-z]+)*\\)`), kind, key: 'cost' })) : []),
]

/** What a cell of the configuration table says of secrets. */
function storedIn(reading: Reading): readonly Occurrence[] {
  return rowsOf(reading, 'configuration').flatMap((row) => {
    const cell: Cell | undefined = row.get('Stored')
    const secret = cell?.text.startsWith('platform, by hand') !== true && (row.get('Secret')?.text === 'yes' || cell?.text.endsWith(' (secret)') === true)
    return cell === undefined || !secret ? [] : inCell(reading, 'configuration', 'secrets-store', 'stored', cell, cell.text.replace(/ \(secret\)$/, ''))
  })
}

const operations = (reading: Reading): readonly Occurrence[] => [
  ...find(reading, { parts: ['secrets'], pattern: /^([A-Z][^:.]+?)(?:, with .+ behind it)?: /, kind: 'secrets-store', key: 'lead', every: false }),
  ...find(reading, { parts: ['secrets'], pattern: /^[A-Z][^:.]+?, with (.+) behind it: /, kind: 'secrets-behind', key: 'lead', every: false }),
  ...storedIn(reading),
  ...find(reading, { parts: ['cost'], pattern: /(?:^- |^|, )Secrets: ([^:($]+?)(?: \(|:| \$| unknown)/, kind: 'secrets-store', key: 'cost' }),
  ...rowsOf(reading, 'processors').flatMap((row) => (row.get('Gets')?.text.includes('secrets of every') === true ? inCell(reading, 'processors', 'secrets-store', 'processor', row.get('Processor')) : [])),
  ...find(reading, { parts: ['feature-flags'], pattern: /^([A-Z][^:.]+): /, kind: 'flag-service', key: 'lead', every: false }),
  ...find(reading, { parts: ['cost'], pattern: /(?:^- |^|, )Flags: ([^:($]+?)(?: \(|:| \$| unknown)/, kind: 'flag-service', key: 'cost' }),
  ...rowsOf(reading, 'processors').flatMap((row) => (row.get('Gets')?.text.includes('flag keys') === true ? inCell(reading, 'processors', 'flag-service', 'processor', row.get('Processor')) : [])),
  ...find(reading, { parts: ['pipeline'], pattern: /^([A-Z][A-Za-z ]+), .*Runs on: /, kind: 'ci-provider', key: 'lead' }),
  ...find(reading, { parts: ['cost'], pattern: /(?:^- |^)(.+?) build minutes\b/, kind: 'ci-provider', key: 'cost' }),
  ...rowsOf(reading, 'processors').flatMap((row) => (row.get('Gets')?.text.includes('source code') === true ? inCell(reading, 'processors', 'ci-provider', 'processor', row.get('Processor')) : [])),
  ...find(reading, { parts: ['pipeline'], pattern: /, [A-Z][\w#+]* with (\w+)\. Runs on/, kind: 'package-manager', key: 'lead' }),
  ...find(reading, { parts: ['assumptions'], pattern: /`packageManager` (?:is taken as )?(\w+)/, kind: 'package-manager', key: 'assumed' }),
  ...find(reading, { parts: ['pipeline'], pattern: /^\| (?:Lint|Test|Build) \|[^|]+\| `(npm|pnpm|yarn|uv|bundle|composer|\.\/gradlew|\.\/mvnw|mvn) /, kind: 'package-manager', key: 'command', value: ([, tool = '']) => ({ bundle: 'bundler', './gradlew': 'gradle', './mvnw': 'maven', mvn: 'maven' })[tool] ?? tool }),
  ...find(reading, { parts: ['pipeline'], pattern: /^Stages: .*`(npm|pnpm|yarn|uv) run/, kind: 'package-manager', key: 'command' }),
  ...rowsOf(reading, 'pipeline').flatMap((row) => (row.get('Stage')?.text === 'Deploy' ? inCell(reading, 'pipeline', 'hosting', 'stage', row.get('Tools'), row.get('Tools')?.text.replace(/, by hand$/, '')) : [])),
  ...find(reading, { parts: ['pipeline'], pattern: /^Stages: .*\bdeploy \(([^)]+?)(?:, by hand)?\)/, kind: 'hosting', key: 'stage' }),
  ...find(reading, { parts: ['deploy'], pattern: /^\*\*Rollback\.\*\* ([^:]+):/, kind: 'hosting', key: 'rollback' }),
  ...find(reading, { parts: ['deploy'], pattern: /^\*\*([A-Z][^*.]+)\*\*: no deploy job/, kind: 'hosting', key: 'rollback' }),
  ...find(reading, { parts: ['deploy'], pattern: /from Git in ([^,]+), or it deploys/, kind: 'hosting', key: 'switch-off' }),
  ...rowsOf(reading, 'processors').flatMap((row) => (row.get('Gets')?.text === 'all data the application stores' ? inCell(reading, 'processors', 'hosting', 'processor', row.get('Processor'), row.get('Processor')?.text.split(', ')[0]) : [])),
  ...find(reading, { parts: ['migration-tool'], pattern: /^\*\*([^*]+)\*\*: /, kind: 'migration-tool', key: 'lead', every: false }),
  ...rowsOf(reading, 'pipeline').flatMap((row) => (row.get('Stage')?.text === 'Migrate' ? inCell(reading, 'pipeline', 'migration-tool', 'stage', row.get('Tools'), /^[A-Za-z-]+(?=,)/.exec(row.get('Tools')?.text ?? '')?.[0] ?? '(none)') : [])),
  ...find(reading, { parts: ['migration-tool'], pattern: /Apply with `[^`]*`(?:, which runs `([^`]+)`)?/, group: 0, kind: 'apply-command', key: 'lead', value: ([text, inner]) => inner ?? /`([^`]+)`/.exec(text)?.[1] }),
]

/** Products and tools, wherever the documents name the one that was chosen. */
export const choicesIn = (reading: Reading): readonly Occurrence[] => [...(reading.document === 'security-architecture.md' ? security(reading) : []), ...slots(reading), ...operations(reading)]
