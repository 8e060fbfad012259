import type { ClaimKind, Product } from '../project/check/facts.ts'

/** Short forms that no sheet's name holds, as people write them. A few ids are those of two sheets: the kind stands before them. */
const shortForms: Readonly<Record<string, readonly string[]>> = {
  'aws-kubernetes': ['Amazon EKS', 'EKS'], 'aws-ecs': ['Amazon ECS', 'ECS', 'Fargate'], 'aws-lambda': ['Lambda'], gke: ['GKE'], aws: ['AWS'], fly: ['Fly'], kubernetes: ['K8s'], 'cloudflare-workers': ['Cloudflare'], azure: ['Azure'], gcp: ['Google Cloud', 'GCP'],
  'entra-id': ['Azure AD', 'Azure Active Directory'], 'firebase-auth': ['Firebase Auth'], workos: ['WorkOS AuthKit', 'AuthKit'], ping: ['PingOne', 'PingFederate'], 'better-auth': ['BetterAuth'],
  'azure-pipelines': ['Azure DevOps Pipelines', 'Azure DevOps'], gitlab: ['GitLab CI/CD'], circleci: ['Circle CI'],
  'aws-ssm': ['AWS SSM Parameter Store', 'SSM Parameter Store', 'AWS SSM'], 'gcp-sm': ['GCP Secret Manager'], 'sops-age': ['Mozilla SOPS', 'SOPS'], 'k8s-external-secrets': ['External Secrets'],
  'platform-env': ['Vercel environment variables', 'Railway variables', 'Render environment groups', 'Render environment variables', 'Netlify environment variables', 'Fly secrets', 'Heroku config vars'],
  'env-var': ['Environment variables', 'Environment variable'], 'config-file': ['Config file'], 'aws-appconfig': ['AppConfig'], 'flag-service:framework-native': ['Laravel Pennant', 'Flipper', 'django-waffle', 'fun_with_flags'],
  elastic: ['Elasticsearch', 'Elastic Cloud', 'Elastic Stack', 'ELK'], 'grafana-oncall': ['Grafana OnCall'], betterstack: ['BetterStack', 'Logtail'], 'cloud-native': ['CloudWatch alarms'],
}

/** Products of which no sheet tells anything, known by name so that documents and repositories can be held against each other. */
const others: Readonly<Partial<Record<ClaimKind, readonly string[]>>> = {
  'ci-provider': ['Jenkins', 'TeamCity', 'Buildkite', 'Travis CI', 'Drone CI', 'Woodpecker', 'Codemagic', 'Forgejo Actions', 'Gitea Actions'],
  errors: ['Bugsnag', 'Airbrake', 'Honeybadger', 'Raygun', 'AppSignal'],
  'secrets-store': ['CyberArk', '1Password Secrets Automation'],
  'flag-service': ['Flipt', 'DevCycle', 'Optimizely', 'Split.io'],
  'migration-tool': ['golang-migrate', 'Liquibase', 'Sqitch', 'goose', 'Atlas'],
  logs: ['Papertrail', 'Logz.io', 'Coralogix', 'Graylog', 'Sumo Logic', 'Mezmo'],
  alerting: ['VictorOps', 'xMatters', 'Squadcast', 'Zenduty'],
}

/** Other ways in which people write the name of a sheet that serves `kind`. */
export const shortFormsOf = (id: string, kind: ClaimKind | undefined): readonly string[] => shortForms[`${kind}:${id}`] ?? shortForms[id] ?? []

/** Those products, with nothing known but what they are for. */
export const unlistedProducts: readonly Product[] = Object.entries(others).flatMap(([kind, names]) => names.map((name): Product => ({
  id: name.toLowerCase().replaceAll(' ', '-'), name, names: [name], kinds: [kind as ClaimKind], lifecycle: { status: 'active' }, burden: 'normal', variables: [],
})))
