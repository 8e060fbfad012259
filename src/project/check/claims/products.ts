import type { Claim } from '../claim.ts'
import type { ClaimKind } from '../facts.ts'
import type { NameIndex, Named } from '../names.ts'
import type { Statement } from '../statements.ts'

/**
 * How a kind of product is talked about. `labels` head its value, `home` is the section whose first words name it, `columns` are
 * heads of table columns that hold it, `cue` is what a free sentence about it mentions.
 */
interface Topic { readonly kind: ClaimKind, readonly labels: RegExp, readonly home?: string, readonly columns?: RegExp, readonly within?: string, readonly cue: RegExp }

const topics: readonly Topic[] = [
  { kind: 'identity-provider', labels: /^(the )?(user |customer |primary |main )?(identity( provider| service| fields.*)?|idp|auth|auth(entication)?( provider| service| vendor)?|sign-?in( provider)?|log-?in( provider)?|(user )?accounts|who signs in)$/i, home: 'sign-in', cue: /sign(s|ed|ing)?[- ]?(in|on)\b|log(s|ged)?[- ]?in\b|authenticat|identit|accounts\b|tokens? (come|are issued|is issued)\b/i },
  { kind: 'ci-provider', labels: /^(ci|ci\/cd|ci( and|,| &) ?cd|ci (provider|system|server|service)|continuous (integration|delivery|deployment)|pipelines?( provider| run( on| in)?)?|build server|.*build minutes)$/i, home: 'pipeline', cue: /\bci\b|pipelines?\b|\bbuilds?\b|\bworkflows?\b|\bchecks\b|(pull|merge) requests?\b/i },
  { kind: 'migration-tool', labels: /^((database |schema |db )?migrations?( tool| runner)?( run with)?|schema (changes|tool)|migrate)$/i, home: 'migration-tool', cue: /migrat|schema changes?/i },
  { kind: 'database', labels: /^((primary |main )?(database|data ?store|datastore|db)( engine| server)?|data is (kept|stored) in)$/i, cue: /database|\bdata\b|\brows\b|\btables?\b|\bmigrations? (?:against|on|to)\b/i },
  { kind: 'secrets-store', labels: /^(secrets?( store| manager| management| storage| live in| vault)?|where secrets live)$/i, home: 'secrets', columns: /^stored( in)?$|^where( it is)? stored$|^store$/i, cue: /\bsecrets?\b|credentials?\b/i },
  { kind: 'flag-service', labels: /^(feature )?(flags?|toggles?)( service| provider| tool)?$/i, home: 'feature-flags', cue: /\bflags?\b|\btoggles?\b/i },
  { kind: 'logs', labels: /^(logs?|logging|log (store|drain|back-?end|aggregation|management|sink)|collected by|logs (go|are sent|are shipped) to)$/i, cue: /\blogs?\b|\blogging\b/i },
  { kind: 'errors', labels: /^(errors?|error (tracking|tracker|reporting|reports?|monitoring)|exceptions?|crash reports?|errors (go|are sent) to)$/i, cue: /\berrors?\b|\bexceptions?\b|\bcrash(es)?\b|\bsource ?maps?\b/i },
  { kind: 'metrics', labels: /^(metrics?( store| back-?end)?|metric store|dashboards?|monitoring)$/i, cue: /\bmetrics?\b|\bdashboards?\b/i },
  { kind: 'metrics', labels: /^store$/i, within: 'metrics', cue: /(?!)/ },
  { kind: 'tracing', labels: /^(traces?|(distributed )?tracing|traces go to)$/i, cue: /\btrac(es?|ing)\b/i },
  { kind: 'alerting', labels: /^(alerts?|alerting|paging|pager|on-?call|incidents?|incident response|alerts go to|notifications?)$/i, columns: /^(where|alert channel|channel|notifies|goes to)$/i, within: 'metrics', cue: /\balerts?\b|\bpag(es?|ing)\b|\bon-?call\b/i },
  { kind: 'hosting', labels: /^(hosting( platform| provider)?|hosted (on|at)|deploy(s|ment)?( target| platform)?|deploys to|platform|runs on|cloud( provider)?|infrastructure)$/i, cue: /\bhost(s|ed|ing)?\b|\bdeploy(s|ed|ment|ments)?\b|\brun(s|ning)?\b|infrastructure/i },
]

/** What comes right before a name when it is chosen. */
export const chosen = /\b(?:us(?:e|es|ing)|use of|with|through|via|by|on|in|to|is|are|chose|picked|selected|runs?|adopt(?:ed|s)?|choose|into|onto|against|(?:comes?|served|read) from)\s+(?:(?:the|our|a|an|own|managed|hosted|self-hosted|existing|company|team|version of|service|called)\s+){0,3}["“(]?$/i
/** What turns a mention into something else than a choice. */
const unsaid = /\b(?:not|no|nor|never|without|instead of|rather than|reject(?:ed|s)?|ruled out|considered|evaluated|dropped|avoid(?:s|ed)?|replac(?:e|es|ed|ing)|migrat\w+(?: away)? from|mov(?:e|ed|ing)(?: away)? (?:from|off)|switch(?:ed)? from|coming from|came from|left|unlike|could|may|might|would|if|unless|until|once|later|someday|eventually|versus|vs\.?|compared|close call|prefer(?:red)? over|over|than|like|such as|e\.g\.|for example|add when|previous(?:ly)?|formerly|used to|was|were|had|retired|decommissioned|legacy|old)\b[^,;:()]*$/i
/** What may follow a name that was not chosen. */
const unsaidAfter = /^[^,;.()]{0,30}\b(?:was|were) (?:rejected|considered|ruled out|dropped|replaced|evaluated)|^[^,;.()]{0,20}\b(?:is|are) (?:not|too|rejected|ruled out|being replaced)\b/i

export const isDenied = (text: string, { start, end }: Pick<Named, 'start' | 'end'>): boolean => unsaid.test(text.slice(Math.max(0, start - 160), start)) || unsaidAfter.test(text.slice(end, end + 80))

/** What a product does, where it begins the sentence: `Bugsnag collects exceptions`. */
const does = /^(?: v?\d[\d.]*)? (?:collects?|holds?|keeps?|stores?|catches|receives?|gets?|gathers|builds?|runs?|tests?|manages?|handles?|tracks?|evaluates?)\b(?! (?:only|still)\b)/
/** What hands something on to what is named next. */
const handedTo = /(?:→|->|=>|\+|\b(?:sent|shipped|forwarded|written|go|goes) (?:to|into))\s*$/
/** Words behind a name that show it at work: `Cognito tokens`, `a LaunchDarkly flag`. */
const atWork: Readonly<Partial<Record<ClaimKind, RegExp>>> = { 'identity-provider': /^(?:'s)? (?:access |ID |session |refresh )?(?:tokens?|JWTs?|JWKS)\b/, 'flag-service': /^ (?:feature )?(?:flags?|toggles?)\b/ }
const subjects: readonly ClaimKind[] = ['ci-provider', 'secrets-store', 'flag-service', 'logs', 'errors', 'metrics', 'tracing', 'database']

const firstWords = /^(?:(?:we|the team|people|users|it|everybody|all services)\s+(?:use|uses|sign in (?:with|through)|run on)\s+|(?:uses|using)\s+|(?:by|through|with)\s+)?["“]?$/i

/** Names in the clause around a place, so that "logs go to Axiom, errors to Sentry" says two things. */
function clauseAround(text: string, at: number): string {
  const before = Math.max(...[',', ';', ' and ', ' while ', ' but '].map((mark) => text.lastIndexOf(mark, at - 1)))
  const ends = [',', ';', ' and ', ' while ', ' but '].map((mark) => text.indexOf(mark, at)).filter((index) => index >= 0)
  return text.slice(before < 0 ? 0 : before, ends.length === 0 ? undefined : Math.min(...ends))
}

/** Columns beside the choice: what is weighed or paid there is not chosen. */
const besides = /^(why|reason|rationale|because|notes?|comments?|costs?|price|alternatives?|rejected|instead of|when|exit)$/i
/** A name that stands beside another with an `or` is an example. */
const isEither = (text: string, { start, end }: Named): boolean => /\bor (?:the |an? )?["“]?$/i.test(text.slice(0, start)) || /^["”]?,? or (?:the |an? )?\p{Lu}/u.test(text.slice(end))

function fromTopic(topic: Topic, statement: Statement, names: NameIndex): readonly (readonly [Named, Claim['weight']])[] {
  const { text, label, column, kind, sections, leads, generated, heading } = statement
  const inside = topic.within === undefined || sections.has(topic.within)
  if ((!inside && topic.columns === undefined) || (kind === 'cell' && besides.test(column))) return []
  const found = names.find(text, [topic.kind]).filter((named) => !isDenied(text, named))
  const heads = label.replace(/\s*\([^)]*\)\s*/g, ' ').trim()
  if (heads !== '' && topic.labels.test(heads) && (topic.home === undefined || kind === 'sentence' || !sections.has('controls'))) {
    const inLabel = names.find(label, [topic.kind])
    return (inLabel.length > 0 ? inLabel : found).map((named) => [named, 'statement'])
  }
  if (kind === 'cell' && inside && topic.columns?.test(column) === true) return found.map((named) => [named, 'trace'])
  if (leads && topic.home !== undefined && sections.has(topic.home)) {
    const whole = label === '' ? text : `${label}: ${text}`
    const all = names.find(whole, [topic.kind]).filter((named) => !isDenied(whole, named))
    const lead = all.filter(({ start }) => firstWords.test(whole.slice(0, start)) || (!generated && chosen.test(whole.slice(0, start)))).slice(0, 1)
    // "X, with Y behind it" and "X and Y" name two that belong together.
    if (lead.length > 0) return lead.flatMap((first) => [first, ...all.filter(({ start }) => start >= first.end && /^(?:, with|,? and| with| on| over| \+| behind)(?: the)? $/.test(whole.slice(first.end, start)))]).map((named) => [named, 'statement'])
  }
  // Below a heading that asks for it, the first sentence answers: `## Errors` and `Sentry.`
  if (!generated && kind === 'sentence' && topic.labels.test(heading)) {
    const answers = found.filter(({ start }) => handedTo.test(text.slice(0, start)) || (leads && (firstWords.test(text.slice(0, start)) || chosen.test(text.slice(0, start)))))
    if (answers.length > 0) return answers.map((named) => [named, 'statement'])
  }
  const traces = generated ? [] : found.filter((named) => atWork[topic.kind]?.test(text.slice(named.end)) === true).map((named) => [named, 'trace'] as const)
  if (generated || kind !== 'sentence') return traces
  const [actor] = found
  if (actor !== undefined && subjects.includes(topic.kind) && /^(?:the )?$/i.test(text.slice(0, actor.start)) && does.test(text.slice(actor.end))) {
    const deed = /^(?:[^.;]|\.(?=\d))*/.exec(text.slice(actor.end))?.[0] ?? ''
    if (topic.kind === 'database' ? /^(?: v?\d[\d.]*)? (?:holds?|keeps?|stores?)\b/.test(deed) : topic.cue.test(deed) || (topic.kind === 'ci-provider' && /\bdeploy/.test(deed))) return [[actor, 'statement']]
  }
  return found.filter((named) => !isEither(text, named) && chosen.test(text.slice(0, named.start)) && (topic.cue.test(clauseAround(text, named.start)) || (topic.cue.test(label) && label !== ''))).map((named): readonly [Named, Claim['weight']] => [named, 'statement']).concat(traces)
}

/** `Rollback. Render: …` in the section on deploys: what is rolled back there runs there. */
function fromRollback({ label, line, sections }: Statement, file: string, names: NameIndex): readonly Claim[] {
  const named = sections.has('deploy') && label !== '' ? names.whole(label, ['hosting']) : undefined
  return named === undefined ? [] : [{ kind: 'hosting', key: '', value: named.id, said: label, file, line, weight: 'trace' }]
}

/** Slots in brackets behind a product: `Sentry (errors, logs)` heads a line of a cost list. */
const slots: Readonly<Record<string, ClaimKind>> = { logs: 'logs', errors: 'errors', metrics: 'metrics', tracing: 'tracing', alerting: 'alerting' }

function fromBrackets({ label, sections }: Statement, names: NameIndex): readonly (readonly [ClaimKind, Named])[] {
  const [, product, words = ''] = /^(.{2,60}?) \(([a-z, ]{4,60})\)$/.exec(label) ?? []
  if (product === undefined || !sections.has('cost')) return []
  return words.split(/,\s*/).flatMap((word) => (slots[word] === undefined ? [] : names.find(product, [slots[word]]).map((named) => [slots[word] as ClaimKind, named] as const)))
}

/** Products a statement chooses, by what they are for. */
export function productClaims(statement: Statement, file: string, names: NameIndex): readonly Claim[] {
  if (names.find(statement.text).length === 0 && (statement.label === '' || names.find(statement.label).length === 0)) return []
  const claims: Claim[] = []
  const add = (kind: ClaimKind, { product, text }: Named, weight: Claim['weight'], decides = false): void => void claims.push({ kind, key: '', value: product.id, said: text, file, line: statement.line, weight, decides })
  for (const topic of topics) for (const [named, weight] of fromTopic(topic, statement, names)) add(topic.kind, named, weight, (statement.leads && topic.home !== undefined && statement.sections.has(topic.home)) || statement.sections.has('stack'))
  for (const [kind, named] of fromBrackets(statement, names)) add(kind, named, 'statement')
  return [...claims, ...fromRollback(statement, file, names)]
}
