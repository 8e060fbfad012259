import type { Given } from '../../../src/tools/pipeline-template/picks.ts'

export const base: Given = { stack: ['express', 'prisma', 'postgresql'], stage: 'growth', developers: 5, environments: ['staging', 'production'] }
export const id = (last: number): string => `00000000-0000-0000-0000-00000000000${last}`

/** What the scripts ask about the pipeline, by provider. */
export const asked: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'github-actions': { SUBJECT_PREFIX: 'repo:acme@12/shop@34' },
  gitlab: { PROJECT_PATH: 'acme/shop' },
  circleci: { ORGANIZATION_ID: id(1), PROJECT_ID: id(2), VCS_ORIGIN: 'github.com/acme/shop' },
  bitbucket: { WORKSPACE: 'acme', WORKSPACE_UUID: id(1), REPOSITORY_UUID: id(2), STAGING_ENVIRONMENT_UUID: id(3), PRODUCTION_ENVIRONMENT_UUID: id(4) },
  'azure-pipelines': {
    ORGANIZATION_ID: id(1), ORGANIZATION: 'acme', PROJECT: 'Web Shop', ISSUER: `https://login.microsoftonline.com/${id(5)}/v2.0`,
    ...Object.fromEntries(['BUILD', 'STAGING', 'PRODUCTION'].map((prefix) => [`${prefix}_SUBJECT`, `/eid1/c/pub/t/abc-_1/a/def/sc/${id(1)}/${id(prefix.length % 10)}`])),
  },
}

const each = (settings: Readonly<Record<string, string>>): Record<string, string> => Object.fromEntries(['STAGING', 'PRODUCTION'].flatMap((prefix) => Object.entries(settings).map(([name, value]) => [`${prefix}_${name}`, value])))

/** What the scripts ask about the resources, by target. */
export const resources: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws: { AWS_REGION: 'eu-central-1', ROLE_PREFIX: 'shop-ci' },
  'aws-ecs': { AWS_REGION: 'eu-central-1', ROLE_PREFIX: 'shop-ci', ECR_REPOSITORY: 'shop', ...each({ ECS_CLUSTER: 'main', ECS_SERVICE: 'shop', ECS_TASK_FAMILY: 'shop', ECS_PASSED_ROLES: 'arn:aws:iam::123456789012:role/task arn:aws:iam::123456789012:role/execution' }) },
  'aws-lambda': { AWS_REGION: 'eu-central-1', ROLE_PREFIX: 'shop-ci', ECR_REPOSITORY: 'shop', ...each({ LAMBDA_FUNCTION: 'shop' }) },
  'aws-kubernetes': { AWS_REGION: 'eu-central-1', ROLE_PREFIX: 'shop-ci', ECR_REPOSITORY: 'shop', ...each({ EKS_CLUSTER: 'main', K8S_NAMESPACE: 'shop' }) },
  gcp: { GCP_PROJECT: 'shop-prod', NAME_PREFIX: 'shop', ARTIFACT_REGISTRY_REPOSITORY: 'images', ARTIFACT_REGISTRY_LOCATION: 'europe-west3', ...each({ CLOUD_RUN_SERVICE: 'shop', CLOUD_RUN_REGION: 'europe-west3', CLOUD_RUN_MIGRATION_JOB: 'shop-migrate', RUNTIME_ACCOUNT: 'shop@shop-prod.iam.gserviceaccount.com' }) },
  gke: { GCP_PROJECT: 'shop-prod', NAME_PREFIX: 'shop', ARTIFACT_REGISTRY_REPOSITORY: 'images', ARTIFACT_REGISTRY_LOCATION: 'europe-west3', ...each({ GKE_PROJECT: 'shop-prod', K8S_NAMESPACE: 'shop' }) },
  azure: { SUBSCRIPTION_ID: id(7), IDENTITY_RESOURCE_GROUP: 'shop-ci', NAME_PREFIX: 'shop-ci', ACR_NAME: 'shopimages', ACR_RESOURCE_GROUP: 'shop', ...each({ AZURE_WEBAPP: 'shop-web', AZURE_RESOURCE_GROUP: 'shop' }) },
}
