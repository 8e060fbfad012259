import type { Skipped } from '../../core/result.ts'
import { productsIn, type Outcome } from './decide.ts'
import { hasRoster, wantsPager } from './alerting.ts'
import { makesSpans, manyServices } from './tracing.ts'
import type { View } from './view.ts'

/** What is left out on purpose, with the measurable moment to add it. Only what matters at this depth is named. */
export function skippedFor(view: View, outcome: Outcome): Skipped[] {
  const crashes: Skipped = { item: 'Crash reports from users', why: 'Nothing leaves a machine of theirs unasked.', addWhen: 'three crashes a month cannot be reproduced, and users can switch reports on' }
  if (view.place === 'local' && view.input.projectType === 'cli') return [crashes]
  if (view.place === 'local') return [{ item: 'Server-side observability', why: 'Nothing is deployed.', addWhen: 'the first hosted service goes live' }]
  const { slots } = outcome.decision
  const list: Skipped[] = []
  if (view.place === 'delivered') {
    list.push({ item: 'Sending telemetry to you', why: 'Customers run the software; nothing leaves their network without consent.', addWhen: 'a customer opts in to crash reports, in writing' })
    return list
  }
  if (view.staticFiles) return [{ item: 'Error tracking, metrics and tracing', why: 'Files have no program that could fail.', addWhen: 'the first form, function or server of your own answers requests' }]
  const logs = productsIn(slots.logs)
  const ruledOut = view.depth > 0 && outcome.removed.some(({ slot }) => slot === 'errors')
  if (slots.errors === 'none') list.push({ item: 'Error tracking', ...(ruledOut ? { why: 'No product passed the rules, the budget and the people at hand.', addWhen: 'a user reports a failure before anybody read it in the log' } : { why: 'Nobody depends on it yet.', addWhen: 'the first person outside the team uses it' }) })
  const crowd = (view.input.monthlyActiveUsers ?? 0) >= 1000
  const keeps = (view.input.compliance ?? []).includes('pci-dss')
  if (logs.includes('platform')) list.push({ item: 'A log store of its own', why: keeps ? 'Apart from security and audit events, which need storage at once, the platform keeps enough.' : 'The platform keeps enough for now.', addWhen: 'somebody needs a line older than the platform keeps, or a second service goes live' })
  else if (outcome.reasons.logs === 'on-the-machine') list.push({ item: 'A log store of its own', why: 'One machine keeps its own files.', addWhen: 'a second machine runs, or somebody needs a line that was rotated away' })
  if (slots.metrics === 'none') list.push({ item: 'Metrics store', ...(view.services > 1 ? { why: 'No store passed the rules and the people at hand.', addWhen: 'somebody has the hours to run one, or a rule is relaxed' } : { why: 'One service is visible in logs and errors.', addWhen: 'a queue, a second service or a response-time promise exists' }) })
  if (slots.tracing === 'none' && !view.scheduled) list.push(makesSpans(view) ? { item: 'A place to keep the spans that the code makes', why: 'One or two services: the error report and the logs show the path.', addWhen: `${manyServices} services on one path, or the first agent or model loop` } : { item: 'Distributed tracing', why: 'One or two services: the error report and the logs show the path.', addWhen: `${manyServices} services on one path, or the first agent or model loop` })
  if (view.depth >= 1 && !productsIn(slots.alerting).some((id) => id === 'pagerduty')) {
    if (!hasRoster(view) || (view.depth === 3 && !wantsPager(view))) list.push({ item: 'Paging at night', why: 'It needs people who share the nights.', addWhen: `an answer at night is promised and ${view.depth >= 4 ? 'two' : 'three'} people are named` })
  }
  if (slots.slo === 'none') list.push({ item: 'Objectives and error budgets', why: crowd ? 'No promise yet.' : 'Too little traffic and no promise yet.', addWhen: `${crowd ? 'somebody is named who reviews it each month' : '1,000 active users'}, or the first contract that names availability` })
  else if (slots.slo === 'target-only') list.push({ item: 'Burn-rate alerts', why: outcome.reasons.slo === 'low-traffic' ? 'Too few requests to tell a failure from an outage.' : 'Targets are reviewed monthly first.', addWhen: outcome.reasons.slo === 'low-traffic' ? 'more than one request every ten seconds on average' : 'two months of measured availability, and a metrics store that evaluates rules' })
  return list
}
