import { decides, decisionMatches, generates, known, leavesOut, neverDecides, reports, sheetSays, type Row } from './proof.ts'

const mvp = { projectType: 'web-app', stage: 'mvp', hosting: 'vercel', stack: ['nextjs', 'postgresql'] }
const growth = { projectType: 'b2b-saas', stage: 'growth', developers: 8, hosting: 'aws-ecs', stack: ['typescript', 'postgresql', 'redis', 'stripe'] }

export const environments: Readonly<Record<string, readonly Row[]>> = {
  environment: [
    { id: 'local', says: 'one developer, seeds or containers, by hand', now: 'same', proof: [decides('env_matrix', mvp, 'environments', 'local'), decisionMatches('env_matrix', mvp, 'environments', /"local".*manual/)] },
    {
      id: 'development', says: 'one shared by the team, deployed from develop',
      now: { because: 'an environment for each pull request, or one staging, does the job; a shared one is planned only when asked for, and named as a conflict' },
      proof: [decides('env_matrix', mvp, 'environments', 'preview'), neverDecides('env_matrix', mvp, 'environments', 'dev'), neverDecides('env_matrix', { ...growth, developers: 25 }, 'environments', 'dev'), decides('env_matrix', { ...growth, environments: ['local', 'dev', 'staging', 'production'] }, 'environments', 'dev')],
    },
    {
      id: 'staging', says: 'last check, masked production data, deployed from a staging branch',
      now: { because: 'masked data is still personal; the same build is promoted instead of rebuilt from a branch' },
      proof: [decides('env_matrix', growth, 'environments', 'staging'), decisionMatches('env_matrix', growth, 'environments', /"staging"[^}]*"data":"(rich-seed|synthetic|masked)/), neverDecides('env_matrix', mvp, 'environments', 'staging')],
    },
    { id: 'production', says: 'live users, real data, few people, from main or by approval', now: 'same', proof: [decides('env_matrix', mvp, 'environments', 'production'), decisionMatches('env_matrix', { ...growth, compliance: ['soc2'] }, 'environments', /production.*approv/)] },
  ],
  'config-category': [
    { id: 'service', says: 'port, NODE_ENV, log level: file locally, platform when deployed', now: { because: 'NODE_ENV is production in every deployed environment; another variable names the environment' }, proof: [decisionMatches('env_matrix', growth, 'variables', /NODE_ENV/), decisionMatches('env_matrix', growth, 'variables', /APP_ENV/), decisionMatches('env_matrix', growth, 'variables', /LOG_LEVEL/)] },
    { id: 'database', says: 'database and cache addresses: platform or secrets manager', now: 'same', proof: [decisionMatches('env_matrix', growth, 'variables', /DATABASE_URL/), decisionMatches('env_matrix', growth, 'variables', /REDIS_URL/)] },
    { id: 'third-party', says: 'keys of payment and mail services: Doppler, AWS SSM', now: 'same', proof: [decisionMatches('env_matrix', growth, 'variables', /STRIPE_SECRET_KEY/), known('secrets-stores', 'doppler', 'aws-ssm'), decides('env_matrix', growth, 'secrets', 'aws-sm', 'aws-ssm', 'doppler')] },
    { id: 'flags', says: 'in variables or a flag service', now: 'same', proof: [known('flag-services', 'env-var'), decides('env_matrix', mvp, 'flags', 'none', 'env-var')] },
    { id: 'internal', says: 'addresses of own services: platform or discovery', now: 'same', proof: [decisionMatches('env_matrix', { ...growth, services: 3 }, 'variables', /_URL/), reports('env_matrix', { ...growth, services: 3 }, /internal|discovery/i)] },
  ],
  'config-validation': [
    { id: 'at-start', says: 'with Zod, envalid or pydantic-settings', now: 'same', proof: [decides('env_matrix', growth, 'validation', 'zod'), decides('env_matrix', { stack: ['python', 'fastapi'] }, 'validation', 'pydantic-settings'), known('config-validators', 'zod', 'envalid', 'pydantic-settings')] },
    { id: 'fail-fast', says: 'clear message when one is missing', now: 'same', proof: [generates('env_matrix', growth, /env\.(ts|js|mjs)$/, /exit\(1\)|throw new/)] },
    { id: 'say-where', says: 'log the environment, never a secret', now: { because: 'the name of the environment comes from its own variable' }, proof: [reports('env_matrix', growth, /never/i), decisionMatches('env_matrix', growth, 'variables', /APP_ENV/)] },
  ],
  flag: [
    { id: 'variables', says: 'on or off for one or two features', now: 'same', proof: [known('flag-services', 'env-var'), decides('env_matrix', { ...mvp, stage: 'early' }, 'flags', 'env-var', 'none')] },
    { id: 'file', says: 'several flags that may wait for a deploy', now: 'same', proof: [known('flag-services', 'config-file')] },
    {
      id: 'service', says: 'switching at run time, gradual release, experiments: LaunchDarkly for ten dollars a month, Unleash, PostHog',
      now: { because: 'ten dollars is the price of one service connection in one environment; the open Unleash has a limit of two environments' },
      proof: [sheetSays('flag-services', 'launchdarkly', 'price', /serviceConnections/), sheetSays('flag-services', 'unleash-self', 'maxEnvironments', /2/), known('flag-services', 'posthog', 'growthbook'), leavesOut('env_matrix', mvp, /flag/i)],
    },
  ],
}
