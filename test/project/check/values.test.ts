import { expect, test } from 'vitest'
import { claimsOf } from '../../../src/project/check/claims.ts'
import { noFacts, type ClaimKind } from '../../../src/project/check/facts.ts'
import { NameIndex } from '../../../src/project/check/names.ts'
import { checkStructure } from '../../../src/project/check/structure.ts'
import { deliverableSpecs } from '../../../src/project/deliverables.ts'

const names = new NameIndex([])
/** What a text below a heading says of some kinds, as `key=value`. */
function said(text: string, kinds: readonly ClaimKind[], heading = 'Notes'): readonly string[] {
  const [, spec] = deliverableSpecs
  if (spec === undefined) throw new Error('no document')
  const { document } = checkStructure(spec, `# Observability\n\n## ${heading}\n\n${text}\n`, 'observability.md')
  return claimsOf(document, noFacts, names).filter(({ kind }) => kinds.includes(kind)).map(({ key, value }) => `${key}=${value}`)
}
const table = (head: string, row: string): string => `| ${head} |\n|${head.split('|').map(() => '-|').join('')}\n| ${row} |`

test('lifetimes are read in minutes, each under what it is and whose it is', () => {
  const of = (text: string): readonly string[] => said(text, ['lifetime'])
  for (const [text, ...wanted] of [
    ['Access tokens live for 15 minutes.', 'access token=15'], ['- **Access token:** 1 hour', 'access token=60'], ['An access token is good for five minutes.', 'access token=5'], ['Refresh token lifetime: 14 days', 'refresh token=20160'],
    ['Sessions end after 7 days.', 'session=10080'], ['A browser session lasts eight hours.', 'session=480'], ['phoenix session cookie 24h', 'session=1440'], ['Staff sessions last 8 hours.', 'session for staff=480'], ['Session: 15 min idle', 'session for idle=15'],
    ['The session token (JWT) lives 60 seconds.', 'session token=1'], [table('Token | Lives', 'access | 5 min'), 'access token=5'], [table('Item | Lifetime', 'Session cookie | 5 days'), 'session=7200'], ['Session cookies are set with a max age of seven days.', 'session=10080'],
  ] as const) expect(of(text), text).toEqual(wanted)
  for (const text of ['Session recordings are kept 180 days.', 'Access tokens are rotated every 5 minutes.', 'JWKS cached for 10 minutes.', 'Until June, sessions lasted 7 days.', 'Refresh tokens are revoked after 3 failures.', 'Personal API tokens live 90 days.', 'The session log is read every 2 hours.', 'The default access token lives 60 minutes.']) expect(of(text), text).toEqual([])
})

test('periods are read in days, each under what is kept', () => {
  const of = (text: string, heading?: string): readonly string[] => said(text, ['retention'], heading)
  for (const [text, heading, ...wanted] of [
    ['Logs are kept for 30 days.', 'Notes', 'logs=30'], ['Kept for 30 days.', 'Logging', 'logs=30'], ['Retention: 12 months', 'Logging', 'logs=360'], ['pino to a log store, kept 45 days.', 'Logging', 'logs=45'], ['The proxy keeps access logs for 14 days.', 'Logging', 'access logs=14'], ['Audit log kept 1 year.', 'Logging', 'audit logs=365'],
    ['Backups are retained for 35 days.', 'Notes', 'backups=35'], ['Backups: 21 days.', 'Notes', 'backups=21'], ['RDS snapshots are kept 14 days.', 'Notes', 'backups=14'], ['A nightly job deletes chats older than 180 days.', 'Notes', 'chats=180'], ['Chats are stored there and deleted after 90 days.', 'Notes', 'chats=90'],
  ] as const) expect(of(text, heading), text).toEqual(wanted)
  for (const text of ['Backups run every 2 days.', 'Backups are restored every 90 days.', 'Log lines carry the age in days.', 'Kept for 30 days.', 'Keys are rotated after 90 days.']) expect(of(text), text).toEqual([])
})

test('objectives are listed where they are set, and used elsewhere only when they are called so', () => {
  const all: readonly ClaimKind[] = ['objective', 'objective-window']
  expect(said('API: 99.95 % per 28 days.', all, 'SLOs')).toEqual(['=99.95', '99.95 %=28'])
  expect(said('A release stops below the SLO of 99.9 %.', all)).toEqual(['=99.9'])
  for (const text of ['Coverage stays at 95 %.', 'CPU above 90 % for 5 minutes.', 'Disk over 95 %: page.']) expect(said(text, all), text).toEqual([])
})

test('regions, ports and channels', () => {
  for (const [text, ...wanted] of [['Data is stored in eu-central-1.', '=eu-central-1'], ['Cloud Run in europe-west3', '=europe-west3'], ['App Service (North Europe)', '=north europe'], ['All personal data stays in the EU.', 'zone=eu']] as const) expect(said(text, ['place']), text).toEqual(wanted)
  for (const text of ['The certificate of CloudFront lives in us-east-1.', 'A disaster copy lies in eu-west-1.', 'We considered us-east-1.', 'The host is app-eu-west-1.example.']) expect(said(text, ['place']), text).toEqual([])
  expect(said('`/health` on port 8080 for all services.', ['port'])).toEqual(['/health=8080'])
  expect(said('`/livez` on port 8081, the API itself on port 8080.', ['port'])).toEqual([])
  expect(said('5xx over 2 %: Slack #shop-alerts', ['channel'], 'Alerts')).toEqual(['=shop-alerts'])
  expect(said('Alerts are posted to #shop-ops.', ['channel'])).toEqual(['=shop-ops'])
  expect(said('New hires say hello in #general; see #12.', ['channel'])).toEqual([])
})

test('who approves, how tenants are kept apart, and what tables are called', () => {
  expect(said('Production needs an approval by the CTO.', ['approver'])).toEqual(['=cto'])
  expect(said('Pull requests are approved by a maintainer.', ['approver'])).toEqual([])
  expect(said('Tenant isolation: schema per tenant', ['isolation'])).toEqual(['=a schema for each tenant'])
  expect(said('Row level security was considered for tenants and rejected.', ['isolation'])).toEqual([])
  expect(said('Table `visitor_passes` is partitioned; the `visitor_pass` table is not.', ['table'])).toEqual(['visitorpass=visitor_passes', 'visitorpass=visitor_pass'])
})

test('a paragraph that names its subject is a section', () => {
  const { document } = checkStructure(deliverableSpecs[1] ?? deliverableSpecs[0] as never, '# Observability\n\n**Logs.** JSON, kept for 30 days.\n\nTargets: none.\n\nSLO: 99.5 % monthly.\n\nLater: Datadog, kept for 90 days.\n', 'observability.md')
  expect(document.blocks.map(({ sections }) => [...sections].join())).toEqual(['', 'logging', '', 'slos', 'not-yet'])
  expect(claimsOf(document, noFacts, names).map(({ kind, key, value }) => `${kind} ${key}=${value}`)).toEqual(['retention logs=30', 'objective =99.5', 'objective-window 99.5 %=30'])
})
