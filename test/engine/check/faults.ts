import type { Profile } from '../../../src/core/profile.ts'
import type { ClaimKind } from '../../../src/project/check/facts.ts'

/** A fault put into a document: which rule must find it, on the line that `at` finds in the changed text. */
export interface Fault {
  readonly name: string
  readonly rule: string
  readonly file: 'security-architecture.md' | 'observability.md' | 'devops-blueprint.md'
  /** The changed text, or undefined where the document has nothing of the kind. */
  readonly change: (text: string) => string | undefined
  /** The line that must be named; a match of it in the changed text. */
  readonly at: RegExp | 1
  /** What the documents must say already for this to contradict them; a document that names the same by chance is passed over. */
  readonly needs?: ClaimKind
  /** What must not be named already. */
  readonly names?: RegExp
  /** Field of the record that must be stated. */
  readonly record?: keyof Profile
  /** Only where the tools choose something light for this kind, and nobody asked for more. */
  readonly early?: ClaimKind | 'any'
}

const security = 'security-architecture.md'
const observability = 'observability.md'
const devops = 'devops-blueprint.md'

/** Replaces the first match; not applicable where there is none, or where nothing would change. */
const swap = (pattern: RegExp, to: string | ((...match: string[]) => string)) => (text: string): string | undefined => {
  const changed = text.replace(pattern, to as string)
  return changed === text ? undefined : changed
}
/** Adds a section of a person's own at the end, outside the markers. */
const add = (body: string) => (text: string): string => `${text.trimEnd()}\n\n## Our own words\n\n${body}\n`
/** Adds a sentence only where the document already says something else about it. */
const addWhere = (needs: RegExp, body: string, unless?: RegExp) => (text: string): string | undefined => (needs.test(text) && unless?.test(text) !== true ? add(body)(text) : undefined)
/** Takes the body of a generated part or of a section below a heading. */
const emptied = (title: RegExp) => swap(new RegExp(`(\\n## ${title.source}[^\\n]*\\n)[\\s\\S]*?(?=\\n## |\\n<!-- ops:end)`), '$1')

export const faults: readonly Fault[] = [
  // Structure
  { name: 'an empty section', rule: 'empty-section', file: observability, change: emptied(/(?:Health[^\n]*)/), at: /## Health|ops:begin id=health/ },
  { name: 'an empty secrets section', rule: 'empty-section', file: devops, change: emptied(/(?:Secrets)/), at: /## Secrets|ops:begin id=secrets/ },
  { name: 'a placeholder in capitals', rule: 'placeholder', file: security, change: add('TODO: write this down.'), at: /TODO: write/ },
  { name: 'a placeholder in brackets', rule: 'placeholder', file: devops, change: add('The owner is [your name].'), at: /\[your name\]/ },
  { name: 'a placeholder in braces', rule: 'placeholder', file: devops, change: add('It runs in {{ region }}.'), at: /\{\{ region/ },
  { name: 'a tag that somebody forgot to fill', rule: 'placeholder', file: observability, change: add('Ask <team-name> first.'), at: /<team-name>/ },
  { name: 'filler text', rule: 'placeholder', file: observability, change: add('Lorem ipsum dolor sit amet.'), at: /Lorem/ },
  { name: 'a placeholder in a table', rule: 'placeholder', file: security, change: swap(/\n(\|? ?Rate limit[^|\n]*\|)([^|\n]*)\|/i, '\n$1 TBD |'), at: /\| TBD \|/ },
  { name: 'a lost column of the controls', rule: 'missing-columns', file: security, change: swap(/(Applies To) \| Priority/, '$1 | Urgency'), at: /Urgency/ },
  { name: 'a lost column of the environments', rule: 'missing-columns', file: devops, change: swap(/Deploy Trigger/, 'How'), at: /\| How \|/ },
  { name: 'an empty cell', rule: 'empty-cell', file: devops, change: swap(/(\n\| ?production \|[^|\n]*\|)[^|\n]*(\|[^|\n]*\|[^|\n]*\|)/i, '$1  $2'), at: /\| ?[Pp]roduction \|[^|\n]*\|  \|/ },
  { name: 'a begin marker without its hash', rule: 'broken-marker', file: devops, change: swap(/<!-- ops:begin id=secrets sha256=\w+ -->/, '<!-- ops:begin id=secrets -->'), at: /ops:begin id=secrets -->/ },
  { name: 'an end marker of another part', rule: 'broken-marker', file: observability, change: swap(/<!-- ops:end id=health -->/, '<!-- ops:end id=logging -->'), at: /(?<=id=health [\s\S]*)ops:end id=logging/ },
  { name: 'a part that stands twice', rule: 'broken-marker', file: security, change: swap(/(<!-- ops:begin id=owasp [\s\S]*?<!-- ops:end id=owasp -->\n)/, '$1\n$1'), at: /(?<=ops:end id=owasp[\s\S]*)ops:begin id=owasp/ },
  { name: 'a part that a person changed', rule: 'edited-part', file: devops, change: swap(/(<!-- ops:begin id=seeds sha256=\w+ -->\n## Seeds\n)/, '$1\nOne more sentence.\n'), at: /ops:begin id=seeds/ },
  { name: 'a code block that never closes', rule: 'broken-diagram', file: devops, change: add('```sh\nnpm ci'), at: /```sh\nnpm ci/ },
  // Diagrams
  { name: 'a diagram of no kind', rule: 'broken-diagram', file: security, change: add('```mermaid\nflowchrt LR\n  a --> b\n```'), at: /flowchrt/ },
  { name: 'an empty diagram', rule: 'broken-diagram', file: security, change: add('```mermaid\n```'), at: /```mermaid\n```/ },
  { name: 'a bracket that never closes', rule: 'broken-diagram', file: security, change: add('```mermaid\nflowchart LR\n  shop[Shop --> bank\n```'), at: /shop\[Shop/ },
  { name: 'a quote that never closes', rule: 'broken-diagram', file: security, change: add('```mermaid\nflowchart LR\n  shop["Shop] --> bank\n```'), at: /shop\["Shop/ },
  { name: 'an arrow to nowhere', rule: 'broken-diagram', file: devops, change: add('```mermaid\nflowchart LR\n  shop -->\n```'), at: /shop -->/ },
  { name: 'an arrow that does not exist', rule: 'broken-diagram', file: devops, change: add('```mermaid\nflowchart LR\n  shop -> bank\n```'), at: /shop -> bank/ },
  { name: 'a subgraph without an end', rule: 'broken-diagram', file: security, change: add('```mermaid\nflowchart LR\n  subgraph inner\n  shop --> bank\n```'), at: /subgraph inner/ },
  { name: 'a node called end', rule: 'broken-diagram', file: security, change: add('```mermaid\nflowchart LR\n  shop --> end\n```'), at: /shop --> end/ },
  { name: 'a direction that does not exist', rule: 'broken-diagram', file: security, change: add('```mermaid\nflowchart XY\n  shop --> bank\n```'), at: /flowchart XY/ },
  // Links, secrets, dates
  { name: 'a link to a file that is not there', rule: 'broken-link', file: devops, change: add('See [the plan](files/nowhere.md).'), at: /nowhere\.md/ },
  { name: 'a link to a heading that is not there', rule: 'broken-link', file: security, change: add('See [environments](devops-blueprint.md#surroundings).'), at: /#surroundings/ },
  { name: 'a key in the text', rule: 'secret-value', file: devops, change: add('The key is AKIAZ7QW3NB5KD4TY6RL.'), at: /AKIAZ7/ },
  { name: 'a private key in code', rule: 'secret-value', file: security, change: add('```\n-----BEGIN RSA PRIVATE KEY-----\n```'), at: /-----BEGIN/ },
  { name: 'a database address with its password', rule: 'secret-value', file: devops, change: add('Connect to `postgres://shop:h4rdT0guess@db.internal.example:5432/shop`.'), at: /h4rdT0guess/ },
  { name: 'an old source', rule: 'stale-fact', file: observability, change: swap(/, (read|checked)(?: on)? \d{4}-\d\d-\d\d(?=\.?\n)/, ', $1 2025-11-02'), at: /2025-11-02/ },
  { name: 'a source read in the future', rule: 'stale-fact', file: devops, change: swap(/, (read|checked) \d{4}-\d\d-\d\d(?=\.?\n)/, ', $1 2027-02-03'), at: /2027-02-03/ },
  { name: 'a day that does not exist', rule: 'stale-fact', file: devops, change: swap(/, (read|checked) \d{4}-\d\d-\d\d(?=\.?\n)/, ', $1 2026-02-30'), at: /2026-02-30/ },
  // Contradictions
  { name: 'another identity provider in a sentence', rule: 'contradiction', needs: 'identity-provider', names: /FusionAuth/i, file: devops, change: add('People sign in with FusionAuth.'), at: /FusionAuth/ },
  { name: 'another identity provider in a label', rule: 'contradiction', needs: 'identity-provider', names: /FusionAuth/i, file: observability, change: add('Identity provider: FusionAuth'), at: /FusionAuth/ },
  { name: 'another identity provider in a diagram', rule: 'contradiction', needs: 'identity-provider', names: /FusionAuth/i, file: security, change: add('```mermaid\nflowchart LR\n  app["App"] --> idp["FusionAuth"]\n```'), at: /idp\["FusionAuth/ },
  { name: 'another CI provider', rule: 'contradiction', needs: 'ci-provider', names: /CircleCI/i, file: security, change: add('CI provider: CircleCI'), at: /CircleCI/ },
  { name: 'another CI provider in a sentence', rule: 'contradiction', needs: 'ci-provider', names: /CircleCI/i, file: observability, change: add('The pipeline runs on CircleCI.'), at: /CircleCI/ },
  { name: 'another migration tool', rule: 'contradiction', needs: 'migration-tool', names: /dbmate/i, file: devops, change: addWhere(/igration/, 'Migrations are applied with dbmate.', /No database|no database/), at: /dbmate/ },
  { name: 'another secrets store', rule: 'contradiction', needs: 'secrets-store', names: /Doppler/i, file: security, change: add('Secrets are kept in Doppler.'), at: /kept in Doppler/ },
  { name: 'another flag service', rule: 'contradiction', needs: 'flag-service', names: /ConfigCat/i, file: devops, change: add('Feature flags: ConfigCat'), at: /ConfigCat/ },
  { name: 'another log store', rule: 'contradiction', needs: 'logs', names: /Workers Logs/i, file: devops, change: add('Logs: Workers Logs'), at: /Workers Logs/ },
  { name: 'another error tracker', rule: 'contradiction', needs: 'errors', names: /Rollbar/i, file: security, change: add('Error tracking: Rollbar'), at: /Rollbar/ },
  { name: 'another metrics store', rule: 'contradiction', needs: 'metrics', names: /VictoriaMetrics/i, file: security, change: add('Metrics: VictoriaMetrics'), at: /VictoriaMetrics/ },
  { name: 'another alert channel', rule: 'contradiction', needs: 'alerting', names: /Rootly/i, file: security, change: add('Alerts go to Rootly.'), at: /Rootly/ },
  { name: 'another hosting platform', rule: 'contradiction', needs: 'hosting', names: /Netlify/i, file: observability, change: add('Hosting: Netlify'), at: /Netlify/ },
  { name: 'another branch strategy', rule: 'contradiction', needs: 'branch-strategy', names: /gitflow/i, file: security, change: (text) => addWhere(/./, 'Branch strategy: gitflow')(text), at: /strategy: gitflow/ },
  { name: 'another main branch', rule: 'contradiction', needs: 'main-branch', file: security, change: add('Default branch: `master`'), at: /`master`/ },
  { name: 'another availability target', rule: 'contradiction', needs: 'availability', names: /99\.99/i, file: devops, change: add('Availability: 99.99 % of requests.'), at: /99\.99 %/ },
  { name: 'another latency target', rule: 'contradiction', file: observability, change: (text) => swap(/(## (?:Objectives|SLOs|Service level objectives)[\s\S]*?\n)(?=\n?(?:<!-- ops:end|## ))/, '$1\n- Latency: p95 below 77 ms.\n- Latency: p95 below 78 ms.\n')(text), at: /below 78 ms/ },
  { name: 'another retention', rule: 'contradiction', file: devops, change: (text) => `${text}\n## Our own words\n\nBackups are kept for 30 days.\n\nBackups are kept for 14 days.\n`, at: /14 days\./ },
  { name: 'another recovery target', rule: 'contradiction', file: devops, change: (text) => `${text}\n## Our own words\n\n- RPO: 5 minutes\n- RPO: 50 minutes\n`, at: /50 minutes/ },
  { name: 'another version of the database', rule: 'contradiction', file: devops, change: (text) => `${text}\n## Our own words\n\nWe run PostgreSQL 18.\n\nWe run PostgreSQL 17.\n`, at: /PostgreSQL 17/ },
  { name: 'an environment that the table lacks', rule: 'contradiction', file: devops, change: (text) => `${text}\n## Our own words\n\n| Environment | Owner |\n| - | - |\n| uat2 | Dana |\n`, at: /uat2/ },
  { name: 'an environment with another name', rule: 'contradiction', file: devops, change: (text) => (/\n\| ?staging \|/i.test(text) && /\b(local, (?:preview, )?staging|`staging` \|)/i.test(text) ? swap(/\n\| ?[Ss]taging \|(?=[^\n]*\|[^\n]*\|[^\n]*\|)/, '\n| stageing |')(text) : undefined), at: /stageing/ },
  { name: 'a health path that is nowhere else', rule: 'contradiction', needs: 'health-path', file: devops, change: add('The load balancer asks `/healthz`.'), at: /healthz/ },
  { name: 'a shared signing secret', rule: 'contradiction', needs: 'token-check', file: devops, change: (text) => swap(/\n\| `(?:DATABASE_URL|APP_ENV)` \|([^\n]*)/, (whole, rest) => `${whole}\n| \`JWT_SECRET\` |${rest}`)(text), at: /JWT_SECRET/ },
  { name: 'other data in an environment', rule: 'contradiction', needs: 'environment-data', file: security, change: add('Local has masked production rows.'), at: /masked production/ },
  { name: 'other standards', rule: 'contradiction', needs: 'compliance', names: /FERPA/i, file: observability, change: (text) => `${text}\n## Our own words\n\nCompliance: FERPA\n`, at: /FERPA/ },
  // Rows and numbers
  { name: 'a variable that stands twice', rule: 'repeated-row', file: devops, change: swap(/(\n\| `(?:DATABASE_URL|APP_ENV|SENTRY_DSN)` \|[^\n]*)/, '$1$1'), at: /(?<=(\n\| `\w+` \|[^\n]*))\1/ },
  { name: 'an environment that stands twice', rule: 'repeated-row', file: devops, change: swap(/(\n\| ?[Pp]roduction \|[^\n]*\|[^\n]*\|[^\n]*\|[^\n]*)/, '$1$1'), at: /(?<=(\n\| ?[Pp]roduction \|[^\n]*))\1/ },
  { name: 'a target and a downtime that do not fit', rule: 'objective-arithmetic', file: observability, change: swap(/(99(?:\.\d)? %[^\n]*?)(\d+(?:\.\d+)?) (minutes|hours) (in|a|of)/, '$19 $3 $4'), at: /99(?:\.\d)? %[^\n]*9 (?:minutes|hours) (?:in|a|of)/ },
  { name: 'real rows in staging', rule: 'real-data', file: devops, change: swap(/(\n\| ?staging \|[^|\n]*\|)[^|\n]*(\|[^|\n]*\|[^|\n]*\|)/i, '$1 Copy of production data $2'), at: /Copy of production data/ },
  // The record
  { name: 'another stage than the record', rule: 'contradicts-record', record: 'stage', file: devops, change: add('Stage: poc'), at: /Stage: poc/ },
  { name: 'another CI provider than the record', rule: 'contradicts-record', record: 'ciProvider', names: /Bitbucket/i, file: devops, change: add('CI: Bitbucket Pipelines'), at: /CI: Bitbucket/ },
  { name: 'another hosting than the record', rule: 'contradicts-record', record: 'hosting', names: /Netlify/i, file: devops, change: add('Hosting: Netlify'), at: /Hosting: Netlify/ },
  { name: 'another database than the record', rule: 'contradicts-record', record: 'stack', names: /MariaDB/i, file: devops, change: add('Database: MariaDB'), at: /Database: MariaDB/ },
  { name: 'other standards than the record', rule: 'contradicts-record', record: 'compliance', names: /FERPA/i, file: security, change: add('Compliance: FERPA'), at: /Compliance: FERPA/ },
  // Products
  { name: 'a product at its end of life', rule: 'end-of-life', file: observability, change: add('Logs are shipped with Promtail.'), at: /Promtail/ },
  { name: 'an identity provider at its end of life', rule: 'end-of-life', file: security, change: add('Partners sign in with Azure AD B2C.'), at: /Azure AD B2C/ },
  { name: 'a library nobody maintains', rule: 'end-of-life', file: security, change: add('Authentication: Lucia'), at: /Lucia/ },
  { name: 'passwords of our own', rule: 'end-of-life', file: security, change: add('Authentication: custom-passwords'), at: /custom-passwords/ },
  { name: 'a runtime without fixes', rule: 'end-of-life', file: devops, change: add('The worker runs on Node.js 18.'), at: /Node\.js 18/ },
  { name: 'a database without fixes', rule: 'end-of-life', file: devops, change: add('We run PostgreSQL 12.'), at: /PostgreSQL 12/ },
  { name: 'a lost control', rule: 'missing-control', file: security, change: swap(/\n\|? ?(?:Rate limit|Input validation|Security logging)[^\n]*/, ''), at: /Protection \| Implementation/ },
  { name: 'a lost data protection', rule: 'missing-control', file: security, change: (text) => (/Encryption at rest/.test(text) ? text.replace(/Encryption at rest/g, 'Locked doors').replace(/encrypted/g, 'kept') : undefined), at: /Protection \| Implementation/ },
  { name: 'configuration without the error tracker', rule: 'missing-variables', file: devops, change: (text) => (/SENTRY_DSN/.test(text) ? text.replace(/\n\| `SENTRY_DSN`[^\n]*/g, '').replace(/`SENTRY_DSN`, |, `SENTRY_DSN`/g, '').replace(/`SENTRY_DSN`/g, '`NOTHING_ELSE`') : undefined), at: /(?<=\n\|? ?(?:Variable|Category|Name) \|[^\n]*\n\|[^\n]*\n)\|/ },
  // Too much for the stage
  { name: 'a cluster for an early product', rule: 'over-engineered', early: 'any', file: observability, change: add('Deployment target: K8s'), at: /target: K8s/ },
  { name: 'a vault for an early product', rule: 'over-engineered', early: 'secrets-store', file: devops, change: add('Secrets are kept in OpenBao.'), at: /OpenBao/ },
  { name: 'Datadog for an early product', rule: 'over-engineered', early: 'metrics', file: observability, change: add('Metrics: Datadog'), at: /Metrics: Datadog/ },
  { name: 'a flag service for an early product', rule: 'over-engineered', early: 'flag-service', file: devops, change: add('Feature flags: LaunchDarkly'), at: /LaunchDarkly/ },
  { name: 'a service mesh', rule: 'over-engineered', early: 'any', file: devops, change: add('The services talk through a service mesh.'), at: /service mesh/ },
  { name: 'Kafka', rule: 'over-engineered', early: 'any', file: devops, change: add('Events go through Kafka.'), at: /through Kafka/ },
  { name: 'several regions', rule: 'over-engineered', early: 'any', file: devops, change: add('We run active-active in two regions.'), at: /active-active/ },
  { name: 'five environments', rule: 'over-engineered', early: 'any', file: devops, change: swap(/(\n\| ?[Pp]roduction \|(?=[^|\n]*\|[^|\n]*\|[^|\n]*\|[^|\n]*\|))/, '\n| dev | Work together | Seed rows | By hand | The team |\n| test | Testers | Seed rows | By hand | The team |\n| uat | Customers | Seed rows | By hand | The team |$1'), at: /\| dev \| Work/ },
]
