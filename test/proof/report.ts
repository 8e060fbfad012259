import { markdownTable } from 'markdown-table'
import type { ProofCase } from './case.ts'
import type { ProblemId } from './judge.ts'
import type { Measured } from './run.ts'

/** Both ways of one case and what speaks against it. */
export interface Proved { readonly proof: ProofCase, readonly naive: Measured, readonly ours: Measured, readonly problems: readonly ProblemId[] }
/** All cases on one server, as `SELECT version()` names it. */
export interface OnServer { readonly server: string, readonly proved: readonly Proved[] }
export interface Occasion { readonly date: string, readonly machine: string, readonly rows: number, readonly openMs: number, readonly manyTimes: number }

const seconds = (ms: number): string => (ms / 1000).toFixed(1)
const both = (naive: string | number, ours: string | number): string => `${naive} → ${ours}`
const lost = ({ lost: count }: Measured): string => (count === null ? 'not found out' : `${count}`)
const lock = ({ lock: { mode, ms } }: Measured): string => (mode === 'none' ? 'none seen' : `${mode.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()} ${ms < 20 ? 'under 20' : ms}`)

function tableOf(proved: readonly Proved[]): string {
  const head = ['Change', 'Failed queries', 'Lost writes', 'Wrong reads', 'Longest query, ms', 'Longest blocking lock, ms', 'Rows touched under it', 'Duration, s', 'Acknowledged writes', 'Holds']
  return markdownTable([head, ...proved.map(({ naive, ours, problems }) => [
    ours.change, both(naive.failed, ours.failed), both(lost(naive), lost(ours)), both(naive.wrongReads, ours.wrongReads), both(naive.longestMs, ours.longestMs), both(lock(naive), lock(ours)),
    both(naive.rowsUnderLock, ours.rowsUnderLock), both(seconds(naive.planMs), seconds(ours.planMs)), both(naive.writes, ours.writes), problems.length === 0 ? 'yes' : problems.join(', '),
  ])], { align: ['l', ...head.slice(2).map(() => 'r'), 'l'] })
}

const naiveWay = ({ change, naive, open }: ProofCase, { rows, openMs }: Occasion, smallTable: number): string => {
  const steps = naive.map((step) => (step === 'deploy' ? 'deploy' : step.map((sql) => `\`${sql}\``).join(' and '))).join(', then ')
  const beside = open !== undefined && (open.when === 'always' || rows < smallTable) ? `; a ${open.holds} of the table holds its transaction open for ${openMs / 1000} s, both ways` : ''
  return `- ${change}: ${steps}${beside}.`
}

/** The committed page. Tables first; what they mean and how they came about below. */
export function renderProof(servers: readonly OnServer[], occasion: Occasion, smallTable: number): string {
  const { date, machine, rows, manyTimes } = occasion
  return [
    '# Schema changes under load',
    `Written by \`npm run proof\` on ${date}: ${machine}; ${rows.toLocaleString('en-US')} rows. Every cell reads: naive way → the plan of \`migration_plan\`.`,
    ...servers.flatMap(({ server, proved }) => [`## ${server}`, tableOf(proved)]),
    '## What was done',
    [
      'An old and a new version of an application, four connections each and half of them with prepared statements, insert, update (one row, or two in a transaction) and read, 2 ms between two queries of a connection. They never stop: not for the migration and not for the deploy, during which both run.',
      'The plan is run as it is emitted: each file in its transaction with its lock time-out, tried again after one to two seconds; statements outside a transaction alone; the loop of the backfill; every question asked and its answer 0; the new version started at `switch` and the old one ended before what follows.',
    ].map((text) => `- ${text}`).join('\n'),
    '## How to read it',
    [
      'Failed queries: every error an application got. Lost writes: values that were acknowledged and that the final schema does not hold. Wrong reads: a version saw another value than the one acknowledged.',
      'Longest query: what a client waited at most, from the start of the migration on. Longest blocking lock: the lock on a table that makes reads or writes wait, sampled every 10 ms. Rows touched under it: read or written by the migration in a transaction with such a lock; it grows with the table, so it tells what a larger one would wait.',
      `A case holds when the plan comes to its end with 0 failed, 0 lost, 0 wrong and no work under a blocking lock, and the naive way fails, loses, reads wrong or blocks at least ${manyTimes} times longer. A case that shows no harm fails: it proves nothing.`,
      'Not covered: prepared `SELECT *`, which any change of columns breaks once for each connection; replicas; tables that other work keeps busy beside this application. The server runs with fsync off.',
    ].map((text) => `- ${text}`).join('\n'),
    '## The naive ways',
    (servers[0]?.proved ?? []).map(({ proof }) => naiveWay(proof, occasion, smallTable)).join('\n'),
  ].join('\n\n') + '\n'
}
