import { decides, decisionMatches, generates, known, neverReports, reports, sheetSays, type Row } from './proof.ts'

const solo = { stage: 'mvp', developers: 1, stack: ['typescript', 'nextjs'], packageManager: 'npm', ciProvider: 'github-actions', hosting: 'vercel', deployTarget: 'vercel' }
const team = { ...solo, stage: 'growth', developers: 8, hosting: 'aws-ecs', deployTarget: 'aws-ecs', stack: ['typescript', 'express', 'postgresql', 'docker'] }

export const pipelines: Readonly<Record<string, readonly Row[]>> = {
  pipeline: [
    { id: 'provider', says: 'GitHub Actions for most', now: 'same', proof: [decides('pipeline_template', { stage: 'mvp', stack: ['typescript'] }, 'provider', 'github-actions'), known('ci-providers', 'github-actions', 'gitlab', 'circleci', 'azure-pipelines', 'bitbucket')] },
    { id: 'order', says: 'lint, test, build, deploy', now: { because: 'a scan, the expand migration and a check of the running release belong between them, when the stage asks' }, proof: [decisionMatches('pipeline_template', team, 'stages', /lint.*test.*build.*deploy/s)] },
  ],
  trigger: [
    { id: 'push-main', says: 'deploys production', now: 'same', proof: [decisionMatches('pipeline_template', solo, 'triggers', /main/), decisionMatches('pipeline_template', solo, 'promotion', /production/)] },
    { id: 'push-develop', says: 'deploys staging', now: { because: 'only where releases are scheduled; otherwise main deploys staging and the same build is promoted' }, proof: [decisionMatches('pipeline_template', { ...team, releaseCadence: 'scheduled' }, 'triggers', /develop/), neverReports('pipeline_template', team, /push to develop/i)] },
    { id: 'pull-request', says: 'lint and test only', now: 'same', proof: [decisionMatches('pipeline_template', solo, 'triggers', /pull/), generates('pipeline_template', solo, /\.github\/workflows\/.*\.ya?ml$/, /pull_request:/)] },
    { id: 'manual', says: 'any environment by hand', now: 'same', proof: [generates('pipeline_template', team, /\.github\/workflows\/.*\.ya?ml$/, /workflow_dispatch:/)] },
  ],
  stage: [
    { id: 'lint', says: 'style and types: ESLint, Prettier, tsc; Ruff, mypy', now: 'same', proof: [sheetSays('pipeline-stages', 'lint', 'javascriptTools', /ESLint/, /Prettier/, /tsc/), sheetSays('pipeline-stages', 'lint', 'pythonTools', /Ruff/, /mypy/)] },
    { id: 'test', says: 'unit and integration: Jest, Vitest, pytest', now: 'same', proof: [sheetSays('pipeline-stages', 'test', 'javascriptTools', /Vitest/, /Jest/), sheetSays('pipeline-stages', 'test', 'pythonTools', /pytest/)] },
    { id: 'build', says: 'compile, bundle, image', now: 'same', proof: [known('pipeline-stages', 'build'), decides('pipeline_template', team, 'stages', 'build')] },
    { id: 'security', says: 'npm audit, pip audit, Trivy, GitGuardian', now: { because: 'the command is pip-audit; secret scanning at push, dependency review and code scanning were missing; scanners are pinned by hash since tags of one were taken over' }, proof: [sheetSays('pipeline-stages', 'security', 'pythonTools', /pip-audit/), sheetSays('pipeline-stages', 'security', 'tools', /Trivy/, /GitGuardian/, /CodeQL/), decisionMatches('pipeline_template', team, 'stages', /security/)] },
    { id: 'deploy', says: 'command lines of Vercel and Railway, AWS CDK, docker push', now: { because: 'short-lived credentials where the platform has them, the same digest promoted' }, proof: [known('ci-tools', 'vercel', 'railway', 'aws-cdk'), generates('pipeline_template', team, /\.github\/workflows\/.*\.ya?ml$/, /id-token: write/)] },
  ],
  branch: [
    { id: 'solo', says: 'one or two: github-flow', now: 'same', proof: [decides('pipeline_template', solo, 'branchStrategy', 'github-flow')] },
    { id: 'small', says: 'three to five: github-flow with reviews and staging', now: 'same', proof: [decides('pipeline_template', { ...solo, stage: 'growth', developers: 4 }, 'branchStrategy', 'github-flow'), reports('pipeline_template', { ...solo, stage: 'growth', developers: 4 }, /review/i)] },
    { id: 'medium', says: 'five to ten: gitflow when scheduled, trunk-based when continuous', now: 'same', proof: [decides('pipeline_template', { ...team, releaseCadence: 'scheduled' }, 'branchStrategy', 'gitflow'), decides('pipeline_template', { ...team, releaseCadence: 'on-merge' }, 'branchStrategy', 'trunk-based')] },
    { id: 'large', says: 'more than ten: trunk-based with flags', now: { because: 'cadence beats size: a large team with scheduled releases still has release branches' }, proof: [decides('pipeline_template', { ...team, developers: 25 }, 'branchStrategy', 'trunk-based'), reports('pipeline_template', { ...team, developers: 25 }, /flag/i), decides('pipeline_template', { ...team, developers: 25, releaseCadence: 'scheduled' }, 'branchStrategy', 'gitflow')] },
  ],
  promotion: [
    { id: 'with-staging', says: 'merge to develop, staging, merge to main, production', now: { because: 'a second merge builds a second time: one build goes from staging to production' }, proof: [decisionMatches('pipeline_template', team, 'promotion', /staging.*production/s), neverReports('pipeline_template', team, /merge develop/i)] },
    { id: 'simple', says: 'merge to main, production', now: 'same', proof: [decisionMatches('pipeline_template', solo, 'promotion', /production/)] },
  ],
}
