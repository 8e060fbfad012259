import type { Target } from '../model.ts'
import { defineTarget } from './define.ts'

/** Sets the image by digest and waits until the new pods are ready; a rollout that stalls is undone. */
const rollOut = [
  'kubectl --namespace "$K8S_NAMESPACE" set image "deployment/$K8S_DEPLOYMENT" "$K8S_CONTAINER=$IMAGE"',
  'if ! kubectl --namespace "$K8S_NAMESPACE" rollout status "deployment/$K8S_DEPLOYMENT" --timeout=10m; then',
  '  kubectl --namespace "$K8S_NAMESPACE" rollout undo "deployment/$K8S_DEPLOYMENT"',
  '  exit 1',
  'fi',
]
/** A job made from the pods of the deployment: same settings, account and network, the new image, another command. Runs once. */
const migrate = (command: string): readonly string[] => [
  'job="$K8S_DEPLOYMENT-migrate"',
  'kubectl --namespace "$K8S_NAMESPACE" get deployment "$K8S_DEPLOYMENT" --output json > deployment.json',
  `jq --arg job "$job" --arg image "$IMAGE" --arg name "$K8S_CONTAINER" --arg command '${command}' '{apiVersion: "batch/v1", kind: "Job", metadata: {name: $job},`,
  '  spec: {backoffLimit: 0, activeDeadlineSeconds: 900, ttlSecondsAfterFinished: 86400, template: {spec: (.spec.template.spec | .restartPolicy = "Never"',
  '  | .containers |= map(select(.name == $name) | .image = $image | .command = ["sh", "-c", $command]',
  "  | del(.args, .ports, .lifecycle, .livenessProbe, .readinessProbe, .startupProbe)))}}}' deployment.json > migration.json",
  'kubectl --namespace "$K8S_NAMESPACE" delete job "$job" --ignore-not-found',
  'kubectl --namespace "$K8S_NAMESPACE" create --filename migration.json',
  'state=running',
  'for _ in $(seq 1 180); do',
  '  state=$(kubectl --namespace "$K8S_NAMESPACE" get job "$job" --output \'jsonpath={.status.succeeded}/{.status.failed}\')',
  '  case "$state" in 1/*|*/[1-9]) break ;; esac',
  '  sleep 5',
  'done',
  'kubectl --namespace "$K8S_NAMESPACE" logs "job/$job" --tail=200',
  'case "$state" in 1/*) ;; *) echo "The migration failed" >&2; exit 1 ;; esac',
]
/** What a cluster is told, after the lines that connect to it: a migration runs before the deploy and has to connect as well. */
const connected = (connect: readonly string[]): Pick<Target, 'migrate' | 'lines'> => ({
  migrate: { variables: [], lines: (command) => [...connect, ...migrate(command)] }, lines: () => [...connect, ...rollOut],
})
const variables = ['K8S_NAMESPACE', 'K8S_DEPLOYMENT', 'K8S_CONTAINER']

/** Any cluster that a kubeconfig reaches; the file lives as long as the job. */
export const kubernetes = defineTarget({
  id: 'kubernetes', image: 'own', programs: ['kubectl', 'jq'], secrets: ['KUBE_CONFIG'], variables,
  ...connected(['umask 077', 'mkdir -p "$HOME/.kube"', 'printf \'%s\' "$KUBE_CONFIG" > "$HOME/.kube/config"']),
})

/** The same for a cluster at Hetzner, and for OpenShift, whose API answers kubectl too. */
export const hetznerKubernetes: Target = { ...kubernetes, id: 'hetzner-kubernetes' }
export const openshift: Target = { ...kubernetes, id: 'openshift' }

/** Amazon EKS: the role of the environment is mapped to a Kubernetes group by an access entry. */
export const awsKubernetes = defineTarget({
  id: 'aws-kubernetes', cloud: 'aws', image: 'ecr', programs: ['aws', 'kubectl', 'jq'], variables: ['AWS_ROLE_ARN', 'AWS_REGION', 'EKS_CLUSTER', ...variables],
  ...connected(['aws eks update-kubeconfig --name "$EKS_CLUSTER"']),
})

/** Google Kubernetes Engine. The plugin that signs kubectl in is on no runner image, so kubectl gets the token itself. */
export const gke: Target = defineTarget({
  id: 'gke', cloud: 'gcp', image: 'artifact-registry', programs: ['gcloud', 'kubectl', 'jq'], variables: ['GCP_WORKLOAD_IDENTITY_PROVIDER', 'GCP_SERVICE_ACCOUNT', 'GKE_CLUSTER', 'GKE_LOCATION', 'GKE_PROJECT', ...variables],
  ...connected([
    'gcloud container clusters get-credentials "$GKE_CLUSTER" --location "$GKE_LOCATION" --project "$GKE_PROJECT"',
    'kubectl config set-credentials ci --token "$(gcloud auth print-access-token)" > /dev/null',
    'kubectl config set-context --current --user ci > /dev/null',
  ]),
})
