import { hostingId, ownRooms } from '../core/hosting.ts'
import { plain, table } from '../core/markdown.ts'
import type { Profile } from '../core/profile.ts'
import { technologyId } from '../core/stack.ts'
import { asWord } from '../core/words.ts'
import type { Knowledge } from '../knowledge/collections.ts'
import { isPrintable, type Fact, type Source } from '../knowledge/sheet.ts'
import { runByYourselves } from '../tools/own-machines.ts'
import type { Draft, Section } from '../tools/tool.ts'

type Drafts = Readonly<Record<string, Draft<unknown>>>
type Word = 'rows' | 'accounts' | 'logs' | 'errors' | 'metrics' | 'traces' | 'alerts' | 'secrets' | 'flags' | 'code' | 'everything'

const gets: Readonly<Record<Word, string>> = {
  rows: 'every row the application keeps there',
  accounts: 'names, e-mail addresses and sign-ins of users', logs: 'log lines, masked as the observability document says', errors: 'error reports, masked the same way', metrics: 'numbers without personal data',
  traces: 'durations and names of calls', alerts: 'alert texts and who is on call', secrets: 'secrets of every environment', flags: 'flag keys and pseudonymous user ids', code: 'source code and the right to deploy', everything: 'all data the application stores',
}

/** Companies that a stack names by what they run for their customers, and the model behind a name. */
const hostedStores: Readonly<Record<string, string>> = { snowflake: 'Snowflake', databricks: 'Databricks', planetscale: 'PlanetScale', neon: 'Neon', supabase: 'Supabase', turso: 'Turso', upstash: 'Upstash', atlas: 'MongoDB Atlas', 'mongodb-atlas': 'MongoDB Atlas' }
const models: Readonly<Record<string, string>> = { openai: 'OpenAI', anthropic: 'Anthropic' }
const namedIn = (profile: Profile, names: Readonly<Record<string, string>>): string[] =>
  [...new Set((profile.stack ?? []).flatMap((word) => names[asWord(word)] ?? names[technologyId(word) ?? ''] ?? []))]

/** What a sheet says of who is behind it; collections without a fact leave it out. */
interface Company {
  readonly id: string
  readonly name: string
  readonly sources: Readonly<Record<string, Source>>
  readonly facts: { readonly hosting?: Fact<string>, readonly kind?: Fact<string>, readonly platforms?: Fact<readonly string[]>, readonly residency?: Fact<readonly string[]>, readonly baa?: Fact<string>, readonly operatorCountry?: Fact<string> }
}
interface Row { readonly company: Company, readonly words: Set<Word>, readonly hosts: boolean, readonly parts: string[] }

/** A fact that a page we trust confirms, else null. */
function sure<T>(company: Company, fact: Fact<T> | undefined): T | null {
  const source = fact === undefined ? undefined : company.sources[fact.source]
  return fact === undefined || source === undefined || !isPrintable(source) ? null : fact.value
}

/** Sheets that the five decisions chose, with what each gets. */
function chosen(drafts: Drafts, knowledge: Knowledge): (readonly [Company, Word])[] {
  const decision = (name: string) => (drafts[name]?.decision ?? {}) as Record<string, unknown>
  const slots = (decision('observability_stack')['slots'] ?? {}) as Record<string, unknown>
  const auth = decision('select_auth')
  const named: readonly (readonly [Readonly<Record<string, unknown>>, unknown, Word])[] = [
    ...['primary', 'staff', 'device', 'machine'].map((plane) => [knowledge['identity-providers'], auth[plane], 'accounts'] as const),
    ...(['logs', 'errors', 'metrics', 'alerting'] as const).map((slot) => [knowledge.telemetry, slots[slot], slot === 'alerting' ? 'alerts' : slot] as const),
    [knowledge.telemetry, decision('observability_stack')['traceStore'], 'traces'],
    [knowledge['secrets-stores'], [decision('env_matrix')['secrets'], decision('env_matrix')['secretsBackend']], 'secrets'],
    [knowledge['flag-services'], decision('env_matrix')['flags'], 'flags'],
    [knowledge['ci-providers'], decision('pipeline_template')['provider'], 'code'],
  ]
  return named.flatMap(([sheets, value, word]) => (Array.isArray(value) ? value as unknown[] : [value]).flatMap((id) => (typeof id === 'string' && Object.hasOwn(sheets, id) ? [[sheets[id] as Company, word] as const] : [])))
}

const isOwn = ({ selfHost, airGapped }: Profile): boolean => selfHost === 'required' || airGapped === true

/** One row a company: what a cloud offers beside its machines is under the same contract, and what you run yourselves is no processor. */
function rowsOf(drafts: Drafts, knowledge: Knowledge, profile: Profile): Row[] {
  const host = knowledge['hosting-platforms'][hostingId(profile.hosting)]
  const rented: Row | undefined = host !== undefined && host.facts.kind.value !== 'none' && !ownRooms.includes(host.id) ? { company: host as unknown as Company, words: new Set<Word>(['everything']), hosts: true, parts: [] } : undefined
  const rows: Row[] = rented === undefined ? [] : [rented]
  const own = isOwn(profile)
  const run = Object.values(drafts).flatMap(({ cost }) => runByYourselves(cost.lines))
  for (const [company, word] of chosen(drafts, knowledge)) {
    if (run.includes(company.name)) continue
    const hosting = company.facts.hosting?.value
    const platforms = company.facts.platforms?.value ?? []
    const ofHost = rented !== undefined && (hosting === 'platform' || hosting === 'built-in' || (hosting === 'cloud-service' && (platforms.length === 0 || platforms.includes(rented.company.id))))
    if (ofHost && rented !== undefined) {
      if (hosting === 'cloud-service' && platforms.length > 0 && !rented.parts.includes(company.name)) rented.parts.push(company.name)
    } else if (company.facts.hosting === undefined || hosting === 'hosted' || hosting === 'cloud-service' || (hosting === 'either' && !own)) {
      const row = rows.find((other) => other.company.name === company.name)
      if (row === undefined) rows.push({ company, words: new Set([word]), hosts: false, parts: [] })
      else row.words.add(word)
    }
  }
  return rows
}

/** A region as people write it: `EU`, `US`, `us-east-1`. */
const place = (code: string): string => (/^[a-z]{2}$/.test(code) ? code.toUpperCase() : code)

/** Where no page that somebody read says where data is kept. */
const notSaid = 'ask the vendor'

const baaWords: Readonly<Record<string, string>> = { yes: 'business associate agreement can be had', 'higher-plan': 'business associate agreement on a higher plan', no: 'no business associate agreement', 'not-needed': 'none needed' }
const askForBaa = 'business associate agreement: ask for it in writing'

function cells({ company, words, hosts, parts }: Row, profile: Profile): string[] {
  const places = sure(company, company.facts.residency) ?? []
  const operator = sure(company, company.facts.operatorCountry)
  const asked = profile.dataResidency ?? []
  const kept = hosts ? `the region you choose${asked.length === 0 ? '' : `: ${asked.join(', ')}`}` : places.length === 0 ? notSaid : places.map(place).join(', ')
  const agreement = [...words].every((word) => word === 'code') ? 'its terms; no personal data goes there' : profile.compliance?.includes('hipaa') === true ? baaWords[sure(company, company.facts.baa) ?? ''] ?? askForBaa : 'data processing agreement'
  return [plain([company.name, ...parts].join(', ')), [...words].map((word) => gets[word]).join('; '), plain(`${kept}${operator === null || hosts ? '' : `; run from ${place(operator)}`}`), agreement]
}

/** Everybody outside who handles data, from all five decisions: what an agreement, a register or a customer's questionnaire asks for. Empty where nothing leaves. */
export function processorsSection(drafts: Drafts, knowledge: Knowledge, profile: Profile): Section {
  const hipaa = profile.compliance?.includes('hipaa') === true
  const companies = rowsOf(drafts, knowledge, profile)
  const agreement = hipaa ? askForBaa : 'data processing agreement'
  const stores: string[] = []
  for (const name of isOwn(profile) ? [] : namedIn(profile, hostedStores)) {
    // A company that holds the accounts as well stands on one line.
    const row = companies.find(({ company }) => company.name.startsWith(name))
    if (row === undefined) stores.push(name)
    else row.words.add('rows')
  }
  const rows = [
    ...companies.map((row) => cells(row, profile)),
    ...stores.map((name) => [name, gets.rows, notSaid, agreement]),
    ...(profile.takesPayments === true ? [['Payment provider', 'amounts and card data, which never touch your servers', notSaid, 'its merchant terms']] : []),
    ...(profile.usesLlm === true ? (namedIn(profile, models).length === 0 ? ['Model provider'] : namedIn(profile, models)).map((name) => [name, 'minimized prompts and their answers', notSaid, hipaa ? askForBaa : 'data processing agreement; no training on your data']) : []),
  ]
  return { id: 'processors', title: 'Processors', body: rows.length === 0 ? '' : table(['Processor', 'Gets', 'Kept in', 'Agreement'], rows) }
}
