import { choicesIn } from './choices.ts'
import { find, inCell, rowsOf, type Occurrence, type Reading } from './reading.ts'

const every = (reading: Reading): readonly string[] => [...reading.parts.keys()]
const list = (reading: Reading, look: Parameters<typeof find>[1], pattern = /[^,\s][^,]*/g): readonly Occurrence[] => find(reading, look).flatMap((whole) => [...whole.text.matchAll(pattern)].map((match) => ({ ...whole, value: match[0].trim(), text: match[0].trim(), start: whole.start + match.index })))

const record = (reading: Reading): readonly Occurrence[] => [
  ...find(reading, { parts: ['summary'], pattern: /^Stage ([\w-]+|not stated), /, kind: 'stage', key: 'summary' }),
  ...find(reading, { parts: ['not-yet'], pattern: /not due at stage ([a-z]+)/, kind: 'stage', key: 'not-yet' }),
  ...list(reading, { parts: ['summary'], pattern: /sign-in by (.+?), hosting/, kind: 'sign-in-by' }),
  ...find(reading, { parts: ['summary'], pattern: /hosting (.+?), compliance/, kind: 'hosting', key: 'summary' }),
  ...list(reading, { parts: ['summary'], pattern: /compliance (.+?)\. As of/, kind: 'compliance', key: 'summary' }),
  ...find(reading, { parts: ['controls'], pattern: /^- \*\*([^*]+)\*\*: /, kind: 'compliance', key: 'controls' }),
  ...list(reading, { parts: ['logging'], pattern: /apart from these lines \((.+?)\)/, kind: 'compliance', key: 'audit' }),
  ...list(reading, { parts: ['promotion'], pattern: /outside CI[^(]* \(\*\*(.+?)\*\*\)/, kind: 'compliance', key: 'raised' }),
  ...find(reading, { parts: ['summary'], pattern: /As of (\d{4}-\d\d-\d\d)/, kind: 'as-of' }),
  ...find(reading, { parts: ['assumptions'], pattern: /^- `(\w+)` is taken as ([^;]+);/, group: 2, kind: 'assumed', key: ([, field]) => field }),
  ...find(reading, { parts: ['health'], pattern: /^\| each of the (\d+) services /, kind: 'services', key: 'health' }),
  ...find(reading, { parts: ['trust-boundaries'], pattern: /"API and (\d+) more services?"/, kind: 'services', key: 'boundaries', value: ([, more]) => String(Number(more) + 1) }),
  ...find(reading, { parts: ['cost'], pattern: /(?:\(|read hourly by )(\d+) services(?: × |\))/, kind: 'services', key: 'cost' }),
  ...rowsOf(reading, 'processors').flatMap((row) => [...(row.get('Kept in')?.text ?? '').matchAll(/^the region you choose: (.+)$/g)].flatMap(([, regions = '']) => regions.split(', ').flatMap((region) => inCell(reading, 'processors', 'region', 'processor', { ...row.get('Kept in') as { text: string, line: number, start: number }, text: regions, start: (row.get('Kept in')?.start ?? 0) + 'the region you choose: '.length }, region)))),
]

const branches = (reading: Reading): readonly Occurrence[] => [
  ...find(reading, { parts: ['branches'], pattern: /^\*\*([a-z-]+)\*\*: /, kind: 'branch-strategy', key: 'lead' }),
  ...find(reading, { parts: ['pipeline'], pattern: /push to `([a-z]+)`/, kind: 'branch', key: 'pipeline' }),
  ...find(reading, { parts: ['pipeline'], pattern: /\b(?:main|develop)\["([a-z]+)"\]/, kind: 'branch', key: 'diagram' }),
  ...list(reading, { parts: ['branches'], pattern: /^- Protect ((?:`[a-z]+`(?:, )?)+):/, kind: 'branch', key: 'protect' }, /(?<=`)[a-z]+(?=`)/g),
  ...find(reading, { parts: ['promotion'], pattern: /^\| `[a-z]+` \| `(main|develop|master|trunk)` \|/, kind: 'branch', key: 'promotion' }),
  ...find(reading, { parts: ['promotion'], pattern: /on `([a-z]+)`/, kind: 'branch', key: 'promotion' }),
  ...find(reading, { parts: ['environments'], pattern: /\| Push to ([a-z]+)(?: \||,)/, kind: 'branch', key: 'environments' }),
  ...find(reading, { parts: ['deploy'], pattern: /only `([a-z]+)` deploy/, kind: 'branch', key: 'deploy' }),
  ...find(reading, { parts: ['deploy'], pattern: /deploys of `([a-z]+)` from Git/, kind: 'branch', key: 'deploy' }),
]

const names = '(local|preview|ci|dev|test|sit|uat|load|staging|preprod|demo|production)'
const environments = (reading: Reading): readonly Occurrence[] => [
  ...rowsOf(reading, 'environments').flatMap((row) => inCell(reading, 'environments', 'environment', 'table', row.get('Environment'))),
  ...rowsOf(reading, 'promotion').flatMap((row) => [...find({ ...reading, parts: new Map([['promotion', [{ line: row.cells[0]?.line ?? 0, text: reading.lines[row.cells[0]?.line ?? 0] ?? '' }]]]) }, { parts: ['promotion'], pattern: new RegExp(`\`${names}\``), kind: 'environment', key: 'promotion' })]),
  ...find(reading, { parts: ['promotion'], pattern: new RegExp(`^Gates: .*(?:approval by another person before|a person starts) \`${names}\``), kind: 'environment', key: 'gates' }),
  ...find(reading, { parts: ['pipeline'], pattern: new RegExp(`\\benv\\d\\["${names}"\\]`), kind: 'environment', key: 'diagram' }),
  ...list(reading, { parts: ['deploy'], pattern: /^- \[ \] (?:Create the environments?|Variable groups?) ((?:`[a-z]+`(?:, )?)+)/, kind: 'environment', key: 'deploy' }, new RegExp(`(?<=\`)${names}(?=\`)`, 'g')),
  ...find(reading, { parts: ['environments'], pattern: new RegExp(`^- Into ${names}: `), kind: 'environment', key: 'bullets' }),
  ...find(reading, { parts: ['environments'], pattern: new RegExp(`^- ${names} → `), kind: 'environment', key: 'bullets' }),
  ...find(reading, { parts: ['environments'], pattern: new RegExp(`^- [a-z]+ → ${names}: `), kind: 'environment', key: 'bullets' }),
  ...rowsOf(reading, 'configuration').flatMap((row) => [...(row.get('Needed in')?.text ?? '').matchAll(new RegExp(names, 'g'))].flatMap(([name]) => inCell(reading, 'configuration', 'environment', 'needed', row.get('Needed in'), name))),
]

/** Whether a person says yes before an environment, said in five places. */
const yes = (text: string): string => (/signed bundle|store/i.test(text) ? 'whoever' : /approve|says yes|another person|runs the deploy workflow|a person starts|upgrades|a named person/i.test(text) ? 'a person' : 'by itself')
const approvals = (reading: Reading): readonly Occurrence[] => [
  ...rowsOf(reading, 'environments').flatMap((row) => (row.get('Environment')?.text === 'production' ? inCell(reading, 'environments', 'approval', 'production', row.get('Deploy Trigger'), undefined, yes(row.get('Deploy Trigger')?.text ?? '')) : [])),
  ...rowsOf(reading, 'promotion').flatMap((row) => (row.get('Environment')?.text === '`production`' ? inCell(reading, 'promotion', 'approval', 'production', row.get('Starts'), undefined, yes(row.get('Starts')?.text ?? '')) : [])),
  ...find(reading, { parts: ['promotion'], pattern: /^Gates: .*?(; (?:approval by another person before|a person starts) `production`)/, kind: 'approval', key: 'production', value: 'a person' }),
  ...find(reading, { parts: ['pipeline'], pattern: /( -- "[^"]+")? --> env\d\["production"\]/, kind: 'approval', key: 'production', value: ([, words]) => (words === undefined ? undefined : 'a person') }),
  ...find(reading, { parts: ['branches'], pattern: /, (1 approval|no required review)\b/, kind: 'approval', key: 'merge', value: ([, words]) => (words === '1 approval' ? 'a person' : 'by itself') }),
  ...find(reading, { parts: ['promotion'], pattern: /^Gates: .*?(; review by another person before a merge)/, kind: 'approval', key: 'merge', value: 'a person' }),
]

const health = (reading: Reading): readonly Occurrence[] => [
  ...find(reading, { parts: ['health'], pattern: /(?<![\w."])(\/(?:[a-z]+z|health|internal\/health))\b/, kind: 'health-path', key: 'health' }),
  ...find(reading, { parts: ['metrics'], pattern: /(\/[a-z]+z|\/health)\b/, kind: 'health-path', key: 'metrics' }),
  ...find(reading, { parts: ['deploy'], pattern: /https:\/\/example\.com(\/[a-z]+)`/, kind: 'health-path', key: 'deploy' }),
]

const variables = (reading: Reading): readonly Occurrence[] => [
  ...rowsOf(reading, 'configuration').flatMap((row) => [...(row.cells[0]?.text.startsWith('`') === true ? row.cells.slice(0, 1) : row.cells.slice(1, 2))].flatMap((cell) => [...cell.text.matchAll(/`([A-Z][A-Z0-9_]+)`/g)].flatMap(([, name = '']) => inCell(reading, 'configuration', 'variable', 'table', cell, name)))),
  ...find(reading, { parts: ['configuration'], pattern: /^`([A-Z_]+)` names/, kind: 'variable', key: 'prose' }),
  ...find(reading, { parts: ['deploy'], pattern: /^- \[ \] `([A-Z_]+)` for migrations/, kind: 'variable', key: 'prose' }),
]

const objectives = (reading: Reading): readonly Occurrence[] => [
  ...find(reading, { parts: ['slos'], pattern: /([\d.]+) % of requests (?:without|answered without) a server error/, kind: 'availability' }),
  ...find(reading, { parts: ['slos'], pattern: /([\d.]+) minutes in 30 days/, kind: 'budget' }),
  ...find(reading, { parts: ['slos'], pattern: /minutes in (30) days/, kind: 'window' }),
  ...find(reading, { parts: ['slos'], pattern: /^\| (?:page|ticket) \|[^|]+\| [\d.]+ \| ([\d.]+) %/, kind: 'failing-share' }),
  ...find(reading, { parts: ['slos'], pattern: /^\| (?:page|ticket) \|[^|]+\| ([\d.]+) \|/, kind: 'burn-rate' }),
  ...find(reading, { parts: ['slos'], pattern: /\| ([\d.]+) % of requests on the main/, kind: 'latency-share' }),
  ...find(reading, { parts: ['slos'], pattern: /\| ([\d.]+) % may be slower/, kind: 'slower-share' }),
]

const prices = (reading: Reading): readonly Occurrence[] => [
  ...find(reading, { parts: ['sign-in'], pattern: /^- Cost: \$([\d,.]+) a month/, kind: 'price', key: 'sign-in' }),
  ...find(reading, { parts: ['cost'], pattern: /^- ([^$]+?): \$([\d,.]+) a month/, group: 2, kind: 'price', key: ([, item]) => item }),
  ...find(reading, { parts: ['cost'], pattern: /(?:^|, )(?!Together|- )([A-Z][^,$:]*?) \$([\d,.]+) a month/, group: 2, kind: 'price', key: ([, item]) => item }),
  ...find(reading, { parts: ['cost', 'stack'], pattern: /^Together \$([\d,.]+) a month/, kind: 'total', key: 'total' }),
  ...rowsOf(reading, 'stack').flatMap((row) => [...(row.get('Cost')?.text ?? '').matchAll(/\$([\d,.]+) a month/g)].flatMap(([, amount = '']) => inCell(reading, 'stack', 'slot-price', row.get('Choice')?.text ?? '', row.get('Cost'), amount))),
]

/** Every shared value of a document, wherever it stands. */
export const occurrencesIn = (reading: Reading): readonly Occurrence[] => [
  ...choicesIn(reading), ...record(reading), ...branches(reading), ...environments(reading), ...approvals(reading), ...health(reading), ...variables(reading), ...objectives(reading), ...prices(reading),
  ...find(reading, { parts: every(reading).filter((part) => part !== 'configuration' && part !== 'files'), pattern: /`((?:src|app|internal|config|Configuration|deploy|ops|db)\/[\w/.-]+\.(?:ts|py|go|cs|java|sh|mjs|ya?ml))`/, kind: 'file' }),
  ...find(reading, { parts: ['configuration'], pattern: /at start, in `([^`]+)`/, kind: 'file' }),
]
