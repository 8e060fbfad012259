import { markdownTable } from 'markdown-table'
import type { ProofCase } from './case.ts'
import { judge, manyTimes } from './judge.ts'
import type { Kept } from './record.ts'
import type { Cases } from './servers.ts'
import type { Measured } from './run.ts'

export interface Occasion { readonly openMs: number, readonly smallTable: number }

const seconds = (ms: number): string => (ms / 1000).toFixed(1)
const both = (naive: string | number, ours: string | number): string => `${naive} → ${ours}`
const lost = ({ lost: count }: Measured): string => (count === null ? 'not found out' : `${count}`)
const lock = ({ lock: { mode, ms } }: Measured): string => (mode === 'none' ? 'none seen' : `${mode.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()} ${ms < 20 ? 'under 20' : ms}`)
const changesOf = (kept: readonly Kept[]): readonly string[] => [...new Set(kept.map(({ change }) => change))].sort()
const highest = (numbers: readonly number[]): number => Math.max(0, ...numbers)
const counted = (count: number, one: string, many: string): readonly string[] => (count === 0 ? [] : [`${count.toLocaleString('en-US')} ${count === 1 ? one : many}`])
const stillFromMs = 1000
/** A wait for a lock that the plan gave up, with what else a busy machine adds. */
const shortWaitMs = 600

/** The worst that one way did on any server, in words. */
function worst(runs: readonly Measured[]): string {
  const most = (of: (run: Measured) => number): number => highest(runs.map(of))
  const longest = most(({ longestMs }) => longestMs)
  const harm = [
    ...counted(most(({ failed }) => failed), 'failed query', 'failed queries'), ...counted(most(({ lost: count }) => count ?? 0), 'lost write', 'lost writes'), ...counted(most(({ wrongReads }) => wrongReads), 'wrong read', 'wrong reads'),
  ]
  const stopped = runs.some((run) => run.stopped !== undefined) ? ['the migration itself failed'] : []
  const waits = longest < 100 ? [] : [`waits up to ${seconds(longest)} s`]
  const all = [...stopped, ...harm, ...waits]
  return all.length === 0 ? 'no harm, no wait' : harm.length === 0 && stopped.length === 0 && longest < stillFromMs ? `no harm, ${waits.join('')}` : all.join(', ')
}

const families = [['PostgreSQL', /^PostgreSQL (\d+)/], ['MariaDB', /^MariaDB/], ['a replica', /^Replica/]] as const
/** `PostgreSQL 15 and 18, MariaDB`. */
const onServers = (servers: readonly string[]): string => families.map(([family, shape]) => {
  const found = servers.map((server) => shape.exec(server)).filter((match) => match !== null)
  return found.length === 0 ? undefined : [family, found.flatMap(([, major]) => major ?? []).join(' and ')].filter((word) => word !== '').join(' ')
}).filter((text) => text !== undefined).join(', ')
const familyOf = (server: string): number => families.findIndex(([, shape]) => shape.test(server))

function inShort(kept: readonly Kept[]): string {
  return markdownTable([['Change', 'The usual way', 'Our plan', 'Proven on'], ...changesOf(kept).map((change) => ({ change, runs: kept.filter((one) => one.change === change) })).map(({ change, runs }) =>
    [change, worst(runs.map(({ naive }) => naive)), worst(runs.map(({ ours }) => ours)), onServers(runs.map(({ server }) => server))])])
}

function tableOf(kept: readonly Kept[]): string {
  const locks = kept.some(({ naive, ours }) => naive.lock.mode !== 'none' || ours.lock.mode !== 'none')
  const onReplica = kept.some(({ naive, ours }) => naive.replica !== undefined && ours.replica !== undefined)
  const head = ['Change', 'Failed queries', 'Lost writes', 'Wrong reads', 'Longest query, ms', ...(onReplica ? ['Oldest data on the replica, ms', 'Longest read on the replica, ms'] : []), ...(locks ? ['Longest blocking lock, ms', 'Rows touched under it'] : []), 'Duration, s', 'Acknowledged writes', 'Holds', 'Day', 'Others busy']
  return markdownTable([head, ...kept.map(({ change, date, rows, othersBusy, naive, ours }) => {
    const problems = judge(naive, ours, rows)
    return [
      change, both(naive.failed, ours.failed), both(lost(naive), lost(ours)), both(naive.wrongReads, ours.wrongReads), both(naive.longestMs, ours.longestMs), ...(onReplica ? [both(naive.replica?.oldestMs ?? '?', ours.replica?.oldestMs ?? '?'), both(naive.replica?.longestReadMs ?? '?', ours.replica?.longestReadMs ?? '?')] : []), ...(locks ? [both(lock(naive), lock(ours)), both(naive.rowsUnderLock, ours.rowsUnderLock)] : []),
      both(seconds(naive.planMs), seconds(ours.planMs)), both(naive.writes, ours.writes), problems.length === 0 ? 'yes' : problems.join(', '), date.slice(5), othersBusy === null ? 'not measured' : `${Math.round(100 * othersBusy)} %`,
    ]
  })], { align: ['l', ...head.slice(2).map(() => 'r'), 'l'] })
}

const naiveWay = ({ change, naive, open }: ProofCase, rows: number, { openMs, smallTable }: Occasion): string => {
  const steps = naive.map((step) => (step === 'deploy' ? 'deploy' : step.map((sql) => `\`${sql}\``).join(' and '))).join(', then ')
  const beside = open !== undefined && (open.when === 'always' || rows < smallTable) ? `; a ${open.holds} of ${open.table ?? 'the table'} holds its transaction open for ${openMs / 1000} s, both ways` : ''
  return `- ${change}: ${steps}${beside}.`
}

const code = (text: string): string => `\`${text.replaceAll('`', "'")}\``
/** Naive ways that the server ended. */
function unfinished(kept: readonly Kept[]): readonly string[] {
  const found = kept.flatMap(({ change, naive: { stopped } }) => (stopped === undefined ? [] : [`${change}: ${code(stopped)}`]))
  return found.length === 0 ? [] : [`Naive migrations that did not come to their end. ${found.join('; ')}.`]
}

/** What of our own plans a team will feel: the figures that are not small. */
function worstOfOurs(kept: readonly Kept[]): readonly string[] {
  const waited = (from: number, to: number): number => kept.filter(({ ours }) => ours.longestMs >= from && ours.longestMs < to).length
  const list = (of: (run: Measured) => number, from: number, said: (value: number) => string): string => {
    const found = kept.map(({ change, server, ours }) => ({ change, server, value: of(ours) })).filter(({ value }) => value >= from).sort((one, other) => other.value - one.value)
    return found.length === 0 ? 'none' : found.map(({ change, server, value }) => `${change} ${said(value)} (${server})`).join('; ')
  }
  const broken = kept.filter(({ naive, ours, rows }) => judge(naive, ours, rows).length > 0)
  return [
    `Longest wait of one query in ${kept.length} runs of our plans: under 0.1 s in ${waited(0, 100)}, under ${shortWaitMs / 1000} s in ${waited(100, shortWaitMs)}, longer in ${waited(shortWaitMs, Infinity)}. The longer ones: ${list(({ longestMs }) => longestMs, shortWaitMs, (ms) => `${ms} ms`)}.`,
    'Up to half a second is by design, a second on MariaDB: where another transaction holds the table, the plan gives up its place in the queue after that time and tries again.',
    `Locks of our plans that make others wait, held 20 ms or longer: ${list(({ lock: held }) => held.ms, 20, (ms) => `${ms} ms`)}.`,
    `Our plans take longer than the usual way, because they work in small batches and pause between them. Nobody waits for that. Longer than two minutes: ${list(({ planMs }) => planMs, 120_000, (ms) => `${seconds(ms)} s`)}.`,
    `Cases that do not hold: ${broken.length === 0 ? 'none' : broken.map(({ change, server, naive, ours, rows }) => `${change} (${server}: ${[judge(naive, ours, rows).join(', '), ...Object.keys(ours.errors).map(code)].join(', ')})`).join('; ')}.`,
  ]
}

const bullets = (lines: readonly string[]): string => lines.map((text) => `- ${text}`).join('\n')

/** The committed page. What a founder reads first; what was measured, what it means and how it came about below. */
export function renderProof(all: readonly Kept[], cases: Cases, occasion: Occasion): string {
  const variations = cases.variations.map(({ variation }) => variation)
  const kept = all.filter(({ change }) => !variations.includes(change))
  const servers = [...new Set(kept.map(({ server }) => server))].sort((one, other) => familyOf(one) - familyOf(other))
  const days = [...new Set(kept.map(({ date }) => date))].sort()
  const rows = highest(kept.map((one) => one.rows))
  const ours = kept.map((one) => one.ours)
  const sum = (of: (run: Measured) => number): number => ours.reduce((before, run) => before + of(run), 0)
  const total = (of: (run: Measured) => number, one: string, many: string): string => counted(sum(of), one, many)[0] ?? `no ${one}`
  return [
    '# Schema changes under load',
    `Every change below ran twice on a table of ${rows.toLocaleString('en-US')} rows while an application kept reading and writing: the way most people do it, and by the plan of \`migration_plan\`. Over all ${kept.length} runs of our plans: ${total(({ failed }) => failed, 'failed query', 'failed queries')}, ${total(({ lost: count }) => count ?? 0, 'lost write', 'lost writes')} and ${total(({ wrongReads }) => wrongReads, 'wrong read', 'wrong reads')} in ${sum(({ writes }) => writes).toLocaleString('en-US')} acknowledged writes.`,
    `Written by \`npm run proof\`, measured on ${days.length === 1 ? days[0] : `${days[0]} to ${days.at(-1)}`}: ${[...new Set(kept.map(({ machine }) => machine))].join('; ')}. The machine did other work at the same time, often all it could (see Others busy), and some servers were measured side by side: times are longer than on a quiet one.`,
    '## In short',
    'The worst seen on any server. A wait is the longest that one query of the application took; under 0.1 s is no wait.',
    inShort(kept),
    '## What our plans cost',
    bullets(worstOfOurs(kept)),
    ...servers.flatMap((server) => [`## ${server}`, 'Every cell reads: naive way → our plan.', tableOf(kept.filter((one) => one.server === server)), ...unfinished(kept.filter((one) => one.server === server))]),
    '## What was done',
    bullets([
      'An old and a new version of an application, four connections each and half of them with prepared statements, insert, update (one row, or two in a transaction) and read, 2 ms between two queries of a connection. They never stop: not for the migration and not for the deploy, during which both run.',
      'The plan is run as it is emitted: each file in its transaction with its lock time-out, tried again after one to two seconds; statements outside a transaction alone; the loop of the backfill; every question asked and its answer 0; the new version started at `switch` and the old one ended before what follows.',
    ]),
    '## How to read it',
    bullets([
      'Failed queries: every error an application got. Lost writes: values that were acknowledged and that the final schema does not hold. Wrong reads: a version saw another value than the one acknowledged.',
      'Longest query: what a client waited at most, from the start of the migration on. Longest blocking lock: the lock on a table that makes reads or writes wait, sampled every 10 ms. Rows touched under it: read or written by the migration in a transaction with such a lock; it grows with the table, so it tells what a larger one would wait.',
      `A case holds when the plan comes to its end with 0 failed, 0 lost, 0 wrong and no work under a blocking lock, and the naive way fails, loses, reads wrong or blocks at least ${manyTimes} times longer. A case that shows no harm fails: it proves nothing.`,
      'Day: month and day of the measurement; each case keeps its last one. Others busy: the share of the processors that other programs took just before and after, while the server rested.',
      'Replica: a streaming copy on the same machine is read all the time. Oldest data: how old the newest row was that it showed, at its worst. Longest read: how long one query of the table took there; a lock of the primary is taken on the copy too. A copy on the same machine keeps up either way, so its age says little here; that a backfill waits for a copy which falls behind is tested apart, with one whose replay is stopped.',
      'Every change that can be planned for PostgreSQL has a case. On MariaDB those not in its table are not proven under load; what hands the table to pt-online-schema-change has a test of its own.',
      'Not covered: tables that other work keeps busy beside this application, and replicas far away. The servers run with fsync off.',
    ]),
    ...(all.length === kept.length ? [] : ['## What no plan can do', bullets([
      `Prepared \`SELECT *\`: PostgreSQL refuses to run it when the table has got or lost a column ("cached plan must not change result type"). ${all.filter(({ change }) => variations.includes(change)).map(({ server, naive, ours }) => `On ${server}, a plain new column made ${naive.failed} queries fail the usual way and ${ours.failed} by our plan`).join('; ')}. The two prepared connections of the old version fail on every such read until they prepare it again. It is left out of the cases for that reason: name the columns, or let the driver prepare again.`,
    ])]),
    '## The naive ways',
    cases.postgresql.map((proof) => naiveWay(proof, rows, occasion)).join('\n'),
    ...(servers.some((server) => server.startsWith('MariaDB')) ? ['On MariaDB, where each statement commits by itself:', cases.mariadb.map((proof) => naiveWay(proof, rows, occasion)).join('\n')] : []),
  ].join('\n\n') + '\n'
}
