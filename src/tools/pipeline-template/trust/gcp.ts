import type { Plan } from '../plan.ts'
import type { Identity } from './identities.ts'
import { trustScript, type Input } from './script.ts'
import type { Naming } from './subjects.ts'

export const gcpPath = 'deploy/trust-gcp.sh'

const project = '[a-z][a-z0-9-]{4,28}[a-z0-9]'
const serviceName = '[a-z]([a-z0-9-]{0,48}[a-z0-9])?'
const repository: readonly Input[] = [{ name: 'ARTIFACT_REGISTRY_REPOSITORY', pattern: '[a-z]([a-z0-9-]{0,61}[a-z0-9])?', example: 'images' }, { name: 'ARTIFACT_REGISTRY_LOCATION', pattern: '[a-z0-9-]+', example: 'europe-west3' }]
const onRepository = (role: string): string => `bind ${role} "serviceAccount:$email" artifacts repositories -- "$ARTIFACT_REGISTRY_REPOSITORY" --location "$ARTIFACT_REGISTRY_LOCATION" --project "$GCP_PROJECT"`

const prepare = (naming: Naming): readonly string[] => [
  `token_issuer="${naming.issuer}"`, `audience="${naming.audience('gcp')}"`,
  'number=$(gcloud projects describe "$GCP_PROJECT" --format "value(projectNumber)")', '[[ "$number" =~ ^[0-9]+$ ]] || fail "Google Cloud named no project"', '',
  '# ask COMMAND...: its answer, or nothing for what does not exist; any other error ends the script.',
  'ask() {', '  local errors', '  errors=$(mktemp)', '  if "$@" 2> "$errors"; then rm -f "$errors"; return 0; fi', "  if grep --quiet 'NOT_FOUND' \"$errors\"; then rm -f \"$errors\"; return 0; fi", '  cat "$errors" >&2', '  rm -f "$errors"', '  return 1', '}',
  '# pool NAME CONDITION: a pool with one provider, so that whoever is in the pool has met the condition.',
  'pool() {', '  local found place=(--project "$GCP_PROJECT" --location global)',
  '  found=$(ask gcloud iam workload-identity-pools describe "$1" "${place[@]}" --format "value(state)")',
  '  case "$found" in', '    ACTIVE) ;;', '    "") gcloud iam workload-identity-pools create "$1" "${place[@]}"; said "Created the pool $1" ;;', '    *) fail "The pool $1 is $found: restore it with gcloud iam workload-identity-pools undelete, or take another NAME_PREFIX" ;;', '  esac',
  `  local settings=(--workload-identity-pool "$1" --issuer-uri "$token_issuer" --attribute-mapping "google.subject=${naming.logged}" --attribute-condition "$2")`,
  '  if [ -n "$audience" ]; then settings+=(--allowed-audiences "$audience"); fi',
  '  found=$(ask gcloud iam workload-identity-pools providers describe ci "${place[@]}" --workload-identity-pool "$1" --format json)',
  '  if [ -z "$found" ]; then', '    gcloud iam workload-identity-pools providers create-oidc ci "${place[@]}" "${settings[@]}"', '    said "Created the provider of $1"',
  `  elif ! jq --exit-status --arg issuer "$token_issuer" --arg audience "$audience" --arg condition "$2" --arg subject "${naming.logged}" \\`,
  "    '.oidc.issuerUri == $issuer and (.oidc.allowedAudiences // []) == ([$audience] - [\"\"]) and .attributeCondition == $condition and .attributeMapping == {\"google.subject\": $subject}' <<< \"$found\" > /dev/null; then",
  '    gcloud iam workload-identity-pools providers update-oidc ci "${place[@]}" "${settings[@]}"', '    said "Changed whom the provider of $1 trusts"', '  fi',
  '  path="projects/$number/locations/global/workloadIdentityPools/$1"', '}',
  '# bind ROLE MEMBER KIND... -- RESOURCE...: gives a role on one resource.',
  'bind() {', '  local role=$1 member=$2 kind=()', '  shift 2', '  while [ "$1" != -- ]; do kind+=("$1"); shift; done', '  shift',
  "  if gcloud \"${kind[@]}\" get-iam-policy \"$@\" --format json | jq --exit-status --arg role \"$role\" --arg member \"$member\" 'any(.bindings[]?; .role == $role and .condition == null and (.members | index($member)) != null)' > /dev/null; then return 0; fi",
  '  if [ "${kind[0]}" = projects ]; then set -- "$@" --condition None; fi', '  gcloud "${kind[@]}" add-iam-policy-binding "$@" --role "$role" --member "$member" > /dev/null', '  said "Gave $member $role"', '}',
  '# account NAME: a service account that whoever is in the pool at $path may act as; its address is in $email afterwards.',
  'account() {', '  local found', '  email="$1@$GCP_PROJECT.iam.gserviceaccount.com"', '  found=$(ask gcloud iam service-accounts describe "$email" --project "$GCP_PROJECT" --format "value(email)")',
  '  if [ -z "$found" ]; then gcloud iam service-accounts create "$1" --project "$GCP_PROJECT"; said "Created the service account $1"; fi',
  '  bind roles/iam.workloadIdentityUser "principalSet://iam.googleapis.com/$path/*" iam service-accounts -- "$email" --project "$GCP_PROJECT"', '}',
]

interface Rights { readonly inputs: readonly Input[], readonly lines: readonly string[] }

/** What an identity may do; undefined for a target that this module does not know. */
function rightsOf({ environment, deploy, prefix }: Identity, migratesBeside: boolean): Rights | undefined {
  if (environment === null) return { inputs: repository, lines: [onRepository('roles/artifactregistry.writer')] }
  const own = (name: string, pattern: string, example: string): Input => ({ name: `${prefix}_${name}`, pattern, example })
  const runResource = (kind: string, name: string): string => `bind roles/run.developer "serviceAccount:$email" run ${kind} -- "$${prefix}_${name}" --region "$${prefix}_CLOUD_RUN_REGION" --project "$GCP_PROJECT"`
  switch (deploy.target.id) {
    case 'gcp': return {
      inputs: [
        ...repository, own('CLOUD_RUN_SERVICE', serviceName, 'shop'), own('CLOUD_RUN_REGION', '[a-z0-9-]+', 'europe-west3'), own('RUNTIME_ACCOUNT', '[a-z0-9-]+@[a-z0-9.-]+[.]gserviceaccount[.]com', 'shop@project.iam.gserviceaccount.com'),
        ...(migratesBeside ? [own('CLOUD_RUN_MIGRATION_JOB', serviceName, 'shop-migrate')] : []),
      ],
      lines: [
        runResource('services', 'CLOUD_RUN_SERVICE'), ...(migratesBeside ? [runResource('jobs', 'CLOUD_RUN_MIGRATION_JOB')] : []),
        `bind roles/iam.serviceAccountUser "serviceAccount:$email" iam service-accounts -- "$${prefix}_RUNTIME_ACCOUNT" --project "$GCP_PROJECT"`, onRepository('roles/artifactregistry.reader'),
      ],
    }
    case 'gke': return {
      inputs: [own('GKE_PROJECT', project, 'shop-production'), own('K8S_NAMESPACE', '[a-z0-9]([a-z0-9-]*[a-z0-9])?', 'shop')],
      lines: [
        `bind roles/container.clusterViewer "serviceAccount:$email" projects -- "$${prefix}_GKE_PROJECT"`,
        // Rights inside the cluster are the cluster's own.
        `said "In the cluster, once: kubectl create rolebinding ci-deploy --namespace $${prefix}_K8S_NAMESPACE --clusterrole edit --user $email"`,
      ],
    }
    default: return undefined
  }
}

/** Pools hold 32 characters and service accounts 30: with the prefix, 19 are left for an identity. */
const short = (id: string, index: number): string => (id.length <= 18 ? id : `${id.slice(0, 15).replace(/-$/, '')}-${index}`)

/** deploy/trust-gcp.sh: a pool with one provider and a service account for each identity; undefined when a target is not known well enough. */
export function trustGcp(plan: Plan, naming: Naming, identities: readonly Identity[]): string | undefined {
  const known = identities.flatMap((identity, index) => {
    const rights = rightsOf(identity, plan.migration?.beside === identity.deploy.target.id)
    return rights === undefined ? [] : [{ identity, rights, name: `$NAME_PREFIX-${short(identity.id, index)}` }]
  })
  if (known.length < identities.length || known.length === 0) return undefined
  return trustScript({
    path: gcpPath, programs: ['gcloud', 'jq'],
    purpose: 'Lets the pipeline sign in to Google Cloud without a stored key: one service account an environment. Run it once, signed in as somebody who may change IAM of the project.',
    shared: [{ name: 'GCP_PROJECT', pattern: project, example: 'shop-production' }, { name: 'NAME_PREFIX', pattern: '[a-z][a-z0-9]{2,9}', example: 'shop' }, ...naming.inputs],
    identities: known.map(({ identity, rights, name }) => ({
      id: identity.id, inputs: [...naming.inputsOf?.(identity) ?? [], ...rights.inputs],
      lines: [
        `pool "${name}" "${naming.condition(identity)}"`, `account "${name}"`, ...rights.lines,
        `printf '%s\\n' "${identity.id}: ${identity.environment === null ? 'GCP_BUILD_IDENTITY_PROVIDER' : 'GCP_WORKLOAD_IDENTITY_PROVIDER'}=$path/providers/ci" "${identity.id}: ${identity.environment === null ? 'GCP_BUILD_SERVICE_ACCOUNT' : 'GCP_SERVICE_ACCOUNT'}=$email"`,
      ],
    })),
    prepare: prepare(naming), finish: [],
  }, plan.header)
}
