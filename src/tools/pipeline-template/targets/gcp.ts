import { defineTarget } from './define.ts'

/** Google Cloud Run, by digest: each command returns once the revision is ready. */
export const gcp = defineTarget({
  id: 'gcp', cloud: 'gcp', image: 'artifact-registry', programs: ['gcloud'], variables: ['GCP_WORKLOAD_IDENTITY_PROVIDER', 'GCP_SERVICE_ACCOUNT', 'CLOUD_RUN_SERVICE', 'CLOUD_RUN_REGION'],
  // The job is made once by hand with the account, connection and secrets of the service; here it gets the new image and runs.
  migrate: { variables: ['CLOUD_RUN_MIGRATION_JOB'], lines: () => ['gcloud run jobs update "$CLOUD_RUN_MIGRATION_JOB" --image "$IMAGE" --region "$CLOUD_RUN_REGION" --execute-now --wait --quiet'] },
  // After a rollback the traffic stays with one revision until it is told to follow the newest.
  lines: () => ['gcloud run deploy "$CLOUD_RUN_SERVICE" --image "$IMAGE" --region "$CLOUD_RUN_REGION" --quiet', 'gcloud run services update-traffic "$CLOUD_RUN_SERVICE" --to-latest --region "$CLOUD_RUN_REGION" --quiet'],
})
