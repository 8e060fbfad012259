import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const has = (program: string): boolean => spawnSync('bash', ['-c', `command -v ${program}`]).status === 0
export const digest = `sha256:${'a1'.repeat(32)}`

/** What each program answers; each also writes down how it was called. `PULL`, `SCAN` and `HEALTH` are exit codes. */
const answers: Readonly<Record<string, string>> = {
  docker: `case "$1" in
  pull) exit "\${PULL:-1}" ;;
  login) cat >> "$STAND_INS/passwords" ;;
  save) echo layers ;;
  run) cat > /dev/null; exit "\${SCAN:-0}" ;;
  image) tag="\${@: -1}"; echo "elsewhere.example/other@${digest}"; echo "\${tag%:*}@${digest}" ;;
esac`,
  aws: `case "$*" in
  *get-login-password*) echo password-of-ecr ;;
  *describe-task-definition*) echo '{"family":"f","revision":3,"containerDefinitions":[{"name":"web","image":"old"}]}' ;;
  *register-task-definition*) echo arn:f:4 ;;
  *PRIMARY*) echo arn:f:4 ;;
  *describe-services*) echo '{"clusterArn":"arn:c","launchType":"FARGATE","capacityProviderStrategy":[],"networkConfiguration":{}}' ;;
  *run-task*) echo arn:task ;;
  *describe-tasks*) echo '{"tasks":[{"containers":[{"name":"web","exitCode":0}]}]}' ;;
  *publish-version*) echo 7 ;;
esac`,
  gcloud: 'case "$*" in *print-access-token*) echo password-of-google ;; *create-cred-config*) for given in "$@"; do case "$given" in --output-file=*) echo {} > "${given#*=}" ;; esac; done ;; esac',
  az: 'case "$*" in *"acr login"*) echo signed in ;; esac',
  kubectl: `case "$*" in
  *"get deployment"*) echo '{"spec":{"template":{"spec":{"containers":[{"name":"web","image":"old"}]}}}}' ;;
  *"get job"*) echo 1/ ;;
esac`,
  // Downloads are programs that call the stand-ins; everything else is an API or the question for health.
  curl: `output= address=
while [ "$#" -gt 0 ]; do case "$1" in --output) output="$2"; shift ;; http*) address="$1" ;; esac; shift; done
case "$address" in
  https://dl.k8s.io/*.sha256) sha256sum "\${output%.sha256}" | cut -d' ' -f1 > "$output" ;;
  https://dl.k8s.io/*) printf '#!/bin/bash\\nexec "%s/kubectl" "$@"\\n' "$STAND_INS" > "$output" ;;
  https://github.com/superfly/*) cp "$STAND_INS/flyctl.tar.gz" "$output" ;;
  *api.render.com*) echo '{"id":"dep","status":"live"}' ;;
  *) exit "\${HEALTH:-0}" ;;
esac`,
  trufflehog: 'exit "${SCAN:-0}"', sleep: ':', 'apt-get': ':', yum: ':', npx: ':', npm: ':', pnpm: ':', corepack: ':', flyctl: ':',
}

/** A machine with stand-ins, a checkout and a home. */
export interface Machine { readonly folder: string, readonly checkout: string, readonly home: string, readonly env: Readonly<Record<string, string>>, readonly calls: () => readonly string[], readonly read: (name: string) => string, readonly remove: () => void }

/** `real` programs are found in the rest of the PATH. */
export function machine(real: readonly string[] = []): Machine {
  const folder = mkdtempSync(join(tmpdir(), 'ops-ci-'))
  const bin = join(folder, 'bin')
  const [checkout, home] = [join(folder, 'project'), join(folder, 'home')]
  for (const path of [bin, checkout, home]) mkdirSync(path)
  for (const [program, body] of Object.entries(answers)) {
    if (real.includes(program)) continue
    writeFileSync(join(bin, program), `#!/bin/bash\n{ printf '%s' "${program}"; printf ' %s' "$@"; echo; } | tr '\\n' ' ' >> "$STAND_INS/calls"; echo >> "$STAND_INS/calls"\n${body}\n`)
    chmodSync(join(bin, program), 0o755)
  }
  spawnSync('tar', ['--create', '--gzip', '--file', join(bin, 'flyctl.tar.gz'), '--directory', bin, 'flyctl'])
  const archive = existsSync(join(bin, 'flyctl.tar.gz')) ? createHash('sha256').update(readFileSync(join(bin, 'flyctl.tar.gz'))).digest('hex') : ''
  writeFileSync(join(bin, 'calls'), '')
  const read = (name: string): string => (existsSync(join(bin, name)) ? readFileSync(join(bin, name), 'utf8') : '')
  return {
    folder, checkout, home, read, env: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: home, STAND_INS: bin, FLYCTL_SHA256: archive, LANG: 'C.UTF-8' },
    calls: () => read('calls').split('\n').map((line) => line.trim()).filter((line) => line !== ''), remove: () => { rmSync(folder, { recursive: true, force: true }) },
  }
}

/** Values of the settings of all targets; the secret ones can be told apart. */
export const settings: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['VERCEL_TOKEN', 'VERCEL_ORG_ID', 'VERCEL_PROJECT_ID', 'RAILWAY_TOKEN', 'FLY_API_TOKEN', 'RENDER_API_KEY', 'RENDER_SERVICE_ID', 'NETLIFY_AUTH_TOKEN', 'NETLIFY_SITE_ID', 'CLOUDFLARE_API_TOKEN', 'CLOUDFLARE_ACCOUNT_ID', 'KUBE_CONFIG', 'REGISTRY_PASSWORD', 'DATABASE_URL', 'AZURE_CLIENT_SECRET', 'AZURE_BUILD_CLIENT_SECRET'].map((name) => [name, `secret-${name}`])),
  RAILWAY_SERVICE: 'web', FLY_APP: 'app', FLYCTL_VERSION: '0.4.87', HEALTH_URL: 'https://example.com/readyz',
  AWS_ROLE_ARN: 'arn:deploy', AWS_BUILD_ROLE_ARN: 'arn:build', AWS_REGION: 'eu-central-1', ECR_REGISTRY: '1.dkr.ecr.example', ECR_REPOSITORY: 'App', ECS_CLUSTER: 'c', ECS_SERVICE: 's', ECS_TASK_FAMILY: 'f', ECS_CONTAINER: 'web', LAMBDA_FUNCTION: 'f', LAMBDA_ALIAS: 'live', EKS_CLUSTER: 'k',
  GCP_WORKLOAD_IDENTITY_PROVIDER: 'projects/1/providers/p', GCP_SERVICE_ACCOUNT: 'deploy@my-project.iam.example', GCP_BUILD_IDENTITY_PROVIDER: 'projects/1/providers/b', GCP_BUILD_SERVICE_ACCOUNT: 'build@my-project.iam.example', ARTIFACT_REGISTRY_HOST: 'eu.pkg.example', ARTIFACT_REGISTRY_IMAGE: 'my/app/web', CLOUD_RUN_SERVICE: 's', CLOUD_RUN_REGION: 'eu', CLOUD_RUN_MIGRATION_JOB: 'm', GKE_CLUSTER: 'g', GKE_LOCATION: 'eu', GKE_PROJECT: 'p',
  AZURE_CLIENT_ID: 'client', AZURE_BUILD_CLIENT_ID: 'builder', AZURE_TENANT_ID: 'tenant', AZURE_SUBSCRIPTION_ID: 'subscription', AZURE_WEBAPP: 'app', AZURE_RESOURCE_GROUP: 'group', ACR_NAME: 'acr', ACR_IMAGE: 'web',
  K8S_NAMESPACE: 'n', K8S_DEPLOYMENT: 'd', K8S_CONTAINER: 'web', REGISTRY_HOST: 'registry.example', REGISTRY_IMAGE: 'team/App', REGISTRY_USER: 'robot',
}

/** Secrets that stood in an argument, which every process of the machine could read. */
export const leaked = (calls: readonly string[]): readonly string[] => calls.filter((call) => /secret-|token-of-the-job|password-of/.test(call))

export interface Ended { readonly failedIn: string | null, readonly output: string }

/** What must be called in this order when an application is deployed. */
export const order: Readonly<Record<string, readonly string[]>> = {
  vercel: ['vercel pull', 'vercel build', 'vercel deploy --prebuilt'], railway: ['railway up --ci'], fly: ['flyctl deploy --remote-only'], render: ['curl --fail'], netlify: ['netlify deploy'], 'cloudflare-workers': ['wrangler deploy'],
  'aws-ecs': ['aws ecs register-task-definition', 'aws ecs run-task', 'aws ecs update-service', 'aws ecs wait services-stable'], 'aws-lambda': ['aws lambda update-function-code', 'aws lambda update-alias'], 'aws-kubernetes': ['aws eks update-kubeconfig', 'kubectl --namespace n set image', 'rollout status'],
  aws: ['cdk deploy --app cdk.out'], gcp: ['gcloud auth login', 'gcloud run deploy s'], gke: ['gcloud auth login', 'get-credentials g', 'set image', 'rollout status'], azure: ['az login', 'az webapp config container set', 'slot swap'], kubernetes: ['set image', 'rollout status'], 'hetzner-kubernetes': ['set image', 'rollout status'], openshift: ['set image', 'rollout status'],
}
/** Targets whose lines hand a token to a program as an argument. */
export const showsToken: readonly string[] = ['vercel', 'render', 'gke']

/** A project whose scripts need Node.js alone. */
export function sample(folder: string, sum: string): void {
  const name = 'sample'
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '1.0.0', scripts: { lint: 'node --check add.js', test: 'node --test', build: 'node -e "require(\'./add.js\')"' } }))
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ name, version: '1.0.0', lockfileVersion: 3, packages: { '': { name, version: '1.0.0' } } }))
  writeFileSync(join(folder, 'add.js'), `exports.add = (left, right) => left ${sum} right\n`)
  writeFileSync(join(folder, 'add.test.js'), "const test = require('node:test')\ntest('adds', () => require('node:assert').strictEqual(require('./add.js').add(1, 2), 3))\n")
}
