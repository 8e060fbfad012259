import { decides, leavesOut, neverDecides, reports, warns, type Row } from './proof.ts'

const web = { projectType: 'web-app', stack: ['nextjs', 'postgresql'], hosting: 'vercel', ciProvider: 'github-actions', packageManager: 'npm' }
const poc = { ...web, stage: 'poc', developers: 1 }
const mvp = { ...web, stage: 'mvp', developers: 1 }
const early = { ...web, stage: 'early', developers: 3 }
const growth = { ...web, stage: 'growth', developers: 8, monthlyActiveUsers: 5000 }
const enterprise = { ...web, hosting: 'aws-kubernetes', stage: 'enterprise', developers: 60, services: 12, opsCapacity: 'high', monthlyActiveUsers: 500_000, existing: ['pagerduty'] }

export const stages: Readonly<Record<string, readonly Row[]>> = {
  'project-stage': [
    {
      id: 'mvp', says: 'basic sign-in, console logs, small pipeline, variables; no traces, alerts, flags or more environments',
      now: { because: 'error tracking and previews cost nothing and are in; authorization, TLS, backups and the regime are never left out' },
      proof: [decides('observability_stack', mvp, 'slots.tracing', 'none'), decides('observability_stack', mvp, 'slots.errors', 'sentry'), decides('env_matrix', mvp, 'flags', 'none', 'env-var'), neverDecides('env_matrix', mvp, 'environments', 'staging'), leavesOut('observability_stack', mvp, /trac/i), decides('observability_stack', poc, 'slots.tracing', 'none')],
    },
    {
      id: 'early', says: 'managed sign-in, structured logs, Sentry, pipeline, staging; no APM, PagerDuty',
      now: { because: 'staging or previews, not both' },
      proof: [decides('observability_stack', early, 'slots.errors', 'sentry'), neverDecides('observability_stack', early, 'slots.alerting', 'pagerduty'), decides('env_matrix', early, 'environments', 'preview', 'staging')],
    },
    {
      id: 'growing', says: 'all protections, a stack, full pipeline, migration tool, staging and production; no enterprise compliance or self-hosting',
      now: 'same',
      proof: [decides('env_matrix', growth, 'environments', 'staging'), decides('pipeline_template', growth, 'stages', 'security'), decides('migration_plan', growth, 'tool', 'node-pg-migrate', 'prisma-migrate', 'drizzle-kit')],
    },
    {
      id: 'enterprise', says: 'everything',
      now: { because: 'stage is multiplied by scale, team and budget; what the product does not need is left out with a trigger' },
      proof: [decides('observability_stack', enterprise, 'slots.tracing', 'otel'), decides('observability_stack', enterprise, 'slots.alerting', 'pagerduty'), decides('observability_stack', enterprise, 'slots.slo', 'burn-rate'), warns('observability_stack', { ...web, stage: 'production', developers: 1, monthlyActiveUsers: 50 }, /./)],
    },
  ],
  depth: [
    { id: 'match', says: 'depth follows stage: no enterprise patterns for an MVP', now: 'same', proof: [leavesOut('observability_stack', mvp, /./), leavesOut('env_matrix', mvp, /./), leavesOut('pipeline_template', mvp, /./), reports('select_auth', mvp, /./)] },
  ],
}
