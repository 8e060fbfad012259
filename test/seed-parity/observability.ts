import { decides, known, neverDecides, reports, sheetSays, type Row } from './proof.ts'

const mvp = { projectType: 'web-app', stage: 'mvp', hosting: 'vercel', stack: ['nextjs', 'postgresql'], developers: 1 }
const growth = { projectType: 'b2b-saas', stage: 'growth', hosting: 'railway', stack: ['typescript', 'express', 'postgresql', 'redis', 'bullmq', 'openai'], developers: 6, monthlyActiveUsers: 5000, budgetUsdPerMonth: 200, usesLlm: true }
const production = { ...growth, stage: 'production', hosting: 'aws-kubernetes', developers: 20, opsCapacity: 'medium', services: 6, monthlyActiveUsers: 200_000, budgetUsdPerMonth: 2000 }
const enterprise = { ...production, stage: 'enterprise', developers: 80, opsCapacity: 'high', services: 20, budgetUsdPerMonth: 20_000 }
const tool = 'observability_stack'
const level = (pattern: RegExp) => sheetSays('practices', 'log-levels', 'items', pattern)

export const observability: Readonly<Record<string, readonly Row[]>> = {
  'stack-by-size': [
    {
      id: 'mvp', says: 'Axiom or console, no traces, platform metrics, Sentry, nothing to pay', now: 'same',
      proof: [decides(tool, mvp, 'slots.logs', 'platform', 'console', 'axiom', 'stdout'), decides(tool, mvp, 'slots.errors', 'sentry'), decides(tool, mvp, 'slots.metrics', 'platform', 'none'), decides(tool, mvp, 'slots.tracing', 'none')],
    },
    {
      id: 'growing', says: 'Axiom or Better Stack, Sentry traces, PostHog for metrics, Slack, 20 to 50 dollars',
      now: { because: 'PostHog counts product use; metrics of the system come from elsewhere, and the price follows volume' },
      proof: [known('telemetry', 'axiom', 'betterstack', 'slack'), decides(tool, growth, 'slots.errors', 'sentry'), neverDecides(tool, growth, 'slots.metrics', 'posthog'), sheetSays('telemetry', 'posthog', 'body', /what users do/)],
    },
    {
      id: 'production', says: 'Datadog or Grafana Cloud, OpenTelemetry to Jaeger, Prometheus, PagerDuty, 100 to 500 dollars',
      now: { because: 'price follows hosts, spans and gigabytes, not users; Jaeger 1 has ended, version 2 is a collector' },
      proof: [decides(tool, production, 'slots.tracing', 'otel'), decides(tool, production, 'slots.alerting', 'pagerduty', 'incident-io', 'grafana-irm', 'jsm', 'rootly', 'alertmanager'), known('telemetry', 'datadog', 'grafana-cloud', 'prometheus', 'pagerduty', 'tempo'), sheetSays('telemetry', 'jaeger', 'body', /2/)],
    },
    {
      id: 'enterprise', says: 'Datadog or Splunk, Honeycomb or Datadog traces, PagerDuty, 500 dollars and up',
      now: { because: 'what the company runs comes before the best in class' },
      proof: [decides(tool, { ...enterprise, existing: ['splunk'] }, 'slots.logs', 'splunk'), decides(tool, { ...enterprise, existing: ['pagerduty'] }, 'slots.alerting', 'pagerduty'), known('telemetry', 'honeycomb', 'splunk')],
    },
  ],
  'log-field': [
    { id: 'level', says: 'level', now: 'same', proof: [sheetSays('practices', 'log-fields', 'items', /"level/)] },
    { id: 'timestamp', says: 'time in ISO 8601', now: 'same', proof: [sheetSays('practices', 'log-fields', 'items', /timestamp/)] },
    { id: 'service', says: 'name of the service', now: { because: 'the name of the open convention, with version and environment beside it' }, proof: [sheetSays('practices', 'log-fields', 'items', /service\.name/, /service\.version/, /deployment\.environment\.name/)] },
    { id: 'request-id', says: 'id of the request', now: { because: 'trace and span id first; a request id for callers without them' }, proof: [sheetSays('practices', 'log-fields', 'items', /trace_id/, /span_id/, /request_id/)] },
    { id: 'user-id', says: 'id of the user', now: { because: 'personal data: a pseudonym' }, proof: [sheetSays('practices', 'log-fields', 'items', /user_ref: pseudonym/)] },
    { id: 'action', says: 'what was done', now: { because: 'named after the open convention' }, proof: [sheetSays('practices', 'log-fields', 'items', /event\.name/)] },
    { id: 'duration', says: 'duration in milliseconds', now: 'same', proof: [sheetSays('practices', 'log-fields', 'items', /duration_ms/)] },
    { id: 'message', says: 'text for people', now: { because: 'without values, so that it can be counted' }, proof: [sheetSays('practices', 'log-fields', 'items', /message: what happened, without values/)] },
  ],
  'log-rule': [
    { id: 'json', says: 'all services write structured JSON', now: 'same', proof: [reports(tool, mvp, /JSON/)] },
    { id: 'levels', says: 'error, warn, info, debug used alike', now: 'same', proof: [level(/error:/), level(/warn:/), level(/info:/), level(/debug:/)] },
    { id: 'correlation', says: 'a request id across services', now: { because: 'the trace id does it with every tool' }, proof: [sheetSays('practices', 'log-fields', 'items', /trace_id/)] },
    { id: 'audit', says: 'user id for the trail, masked where a regime asks', now: { because: 'a pseudonym everywhere' }, proof: [sheetSays('practices', 'log-identity-fields', 'correction', /[Pp]seudonym/)] },
    { id: 'never', says: 'passwords, tokens, card numbers, keys', now: 'same', proof: [sheetSays('practices', 'log-never', 'items', /[Pp]assword/, /token/, /card/, /key/), reports(tool, mvp, /[Nn]ever/)] },
    { id: 'always', says: 'failed sign-in, refusals, invalid input, failing other services', now: 'same', proof: [sheetSays('practices', 'log-always', 'items', /sign-in|auth/i, /den|refus/i, /valid/i), reports(tool, mvp, /[Aa]lways/)] },
  ],
  metric: [
    { id: 'availability', says: 'less than 99.5 % in a day', now: { because: 'a day is late for an outage: burn rate over two windows' }, proof: [sheetSays('signals', 'availability', 'burnRates', /14\.4/), sheetSays('signals', 'availability', 'objectives', /99\.5/)] },
    { id: 'latency', says: 'p99 above two seconds', now: { because: 'an objective for each journey, not one limit for all routes' }, proof: [sheetSays('signals', 'latency', 'correction', /journey/)] },
    { id: 'error-rate', says: 'more than 1 % in five minutes', now: { because: 'five failures in five requests are no incident: burn rate with a least number' }, proof: [sheetSays('signals', 'error-rate', 'correction', /burn rate/)] },
    { id: 'throughput', says: 'three times the usual', now: { because: 'the usual is named: the same hour a week ago' }, proof: [sheetSays('signals', 'throughput', 'correction', /same hour/)] },
    { id: 'queue', says: 'more than 1000 waiting for five minutes', now: { because: 'age of the oldest first, depth only while it grows' }, proof: [sheetSays('signals', 'queue', 'condition', /oldest/, /1,000/), reports(tool, growth, /[Qq]ueue/)] },
    { id: 'database', says: 'pool above 80 %, queries above 500 ms', now: { because: 'the pool stays; a slow query goes to a dashboard as a percentile' }, proof: [sheetSays('signals', 'database-pool', 'threshold', /80|0\.8/), sheetSays('signals', 'database-queries', 'condition', /500/)] },
    { id: 'llm', says: 'failures above 5 %, answers above 30 s', now: { because: 'with a least number of calls and a daily limit of spend' }, proof: [sheetSays('signals', 'llm', 'correction', /spend/), reports(tool, growth, /LLM|[Ll]anguage model|[Mm]odel calls/)] },
    { id: 'business', says: 'unusual drops of sign-ups and the like', now: { because: 'made computable' }, proof: [sheetSays('signals', 'business', 'correction', /same hour/)] },
  ],
  health: [
    { id: 'shape', says: 'status, service, version, time up and each dependency, in public', now: { because: 'versions and names help an attacker: the public answer holds a status' }, proof: [sheetSays('practices', 'health-endpoints', 'items', /internal\/health/)] },
    { id: 'liveness', says: '200 while the process runs', now: 'same', proof: [sheetSays('practices', 'health-endpoints', 'items', /livez: 200/), reports(tool, production, /livez/)] },
    { id: 'readiness', says: '200 only when every dependency answers', now: { because: 'a shared database that blinks would take every instance out: only what is critical and not shared' }, proof: [sheetSays('practices', 'health-endpoints', 'items', /readyz/, /does not share/), reports(tool, production, /readyz/)] },
    { id: 'users', says: 'load balancers, orchestrators and monitoring ask it', now: 'same', proof: [reports(tool, production, /may get traffic/i)] },
  ],
}

