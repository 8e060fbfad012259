import { defineTarget } from './define.ts'

/** Google Cloud Run, by digest: the command returns once the revision is ready. */
export const gcp = defineTarget({
  id: 'gcp', cloud: 'gcp', image: 'artifact-registry', programs: ['gcloud'], variables: ['GCP_WORKLOAD_IDENTITY_PROVIDER', 'GCP_SERVICE_ACCOUNT', 'CLOUD_RUN_SERVICE', 'CLOUD_RUN_REGION'],
  lines: () => ['gcloud run deploy "$CLOUD_RUN_SERVICE" --image "$IMAGE" --region "$CLOUD_RUN_REGION" --quiet'],
})
