import type { ClaimKind, Product } from '../project/check/facts.ts'

/** Short forms that no sheet's name holds, as people write them, by the id of the sheet. */
export const shortForms: Readonly<Record<string, readonly string[]>> = {
  'aws-kubernetes': ['EKS'], 'aws-ecs': ['ECS', 'Fargate'], 'aws-lambda': ['Lambda'], gke: ['GKE'], aws: ['AWS'], fly: ['Fly'], kubernetes: ['K8s'], 'cloudflare-workers': ['Cloudflare'], azure: ['Azure'], gcp: ['Google Cloud', 'GCP'],
  'aws-ssm': ['AWS SSM Parameter Store', 'SSM Parameter Store', 'AWS SSM'], 'gcp-sm': ['GCP Secret Manager'],
}

/** Products of which no sheet tells anything, known by name so that documents and repositories can be held against each other. */
const others: Readonly<Partial<Record<ClaimKind, readonly string[]>>> = {
  'ci-provider': ['Jenkins', 'TeamCity', 'Buildkite', 'Travis CI', 'Drone CI', 'Woodpecker CI', 'Codemagic', 'Forgejo Actions', 'Gitea Actions'],
  errors: ['Bugsnag', 'Airbrake', 'Honeybadger', 'Raygun', 'AppSignal'],
  'secrets-store': ['CyberArk', '1Password Secrets Automation'],
}

/** Those products, with nothing known but what they are for. */
export const unlistedProducts: readonly Product[] = Object.entries(others).flatMap(([kind, names]) => names.map((name): Product => ({
  id: name.toLowerCase().replaceAll(' ', '-'), name, names: [name], kinds: [kind as ClaimKind], lifecycle: { status: 'active' }, burden: 'normal', variables: [],
})))
