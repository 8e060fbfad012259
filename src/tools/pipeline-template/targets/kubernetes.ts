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
const variables = ['K8S_NAMESPACE', 'K8S_DEPLOYMENT', 'K8S_CONTAINER']

/** Any cluster that a kubeconfig reaches; the file lives as long as the job. */
export const kubernetes = defineTarget({
  id: 'kubernetes', image: 'own', programs: ['kubectl'], secrets: ['KUBE_CONFIG'], variables,
  lines: () => ['umask 077', 'mkdir -p "$HOME/.kube"', 'printf \'%s\' "$KUBE_CONFIG" > "$HOME/.kube/config"', ...rollOut],
})

/** Amazon EKS: the role of the environment is mapped to a Kubernetes group by an access entry. */
export const awsKubernetes = defineTarget({
  id: 'aws-kubernetes', cloud: 'aws', image: 'ecr', programs: ['aws', 'kubectl'], variables: ['AWS_ROLE_ARN', 'AWS_REGION', 'EKS_CLUSTER', ...variables],
  lines: () => ['aws eks update-kubeconfig --name "$EKS_CLUSTER"', ...rollOut],
})

/** Google Kubernetes Engine. */
export const gke: Target = defineTarget({
  id: 'gke', cloud: 'gcp', image: 'artifact-registry', programs: ['gcloud', 'kubectl'], variables: ['GCP_WORKLOAD_IDENTITY_PROVIDER', 'GCP_SERVICE_ACCOUNT', 'GKE_CLUSTER', 'GKE_LOCATION', 'GKE_PROJECT', ...variables],
  lines: () => ['gcloud container clusters get-credentials "$GKE_CLUSTER" --location "$GKE_LOCATION" --project "$GKE_PROJECT"', ...rollOut],
})
