import type { Cloud, ImageRegistry } from './model.ts'

/** How an image gets into one registry. Lines and names read the variables from the environment. */
export interface Registry {
  /** Whom the build signs in to first, with its own identity: it may write images and nothing else. */
  readonly cloud: Cloud | null
  /** Settings of the repository (not of an environment): secret ones and plain ones. */
  readonly secrets: readonly string[]
  readonly variables: readonly string[]
  /** Name of the image without tag, for Bash. */
  readonly image: string
  /** Bash lines that let `docker push` write there. */
  readonly signIn: readonly string[]
}

export const registries: Readonly<Record<Exclude<ImageRegistry, 'own'>, Registry>> = {
  ecr: {
    cloud: 'aws', secrets: [], variables: ['AWS_BUILD_ROLE_ARN', 'AWS_REGION', 'ECR_REGISTRY', 'ECR_REPOSITORY'], image: '$ECR_REGISTRY/$ECR_REPOSITORY',
    signIn: ['aws ecr get-login-password --region "$AWS_REGION" | docker login --username AWS --password-stdin "$ECR_REGISTRY"'],
  },
  'artifact-registry': {
    cloud: 'gcp', secrets: [], variables: ['GCP_BUILD_IDENTITY_PROVIDER', 'GCP_BUILD_SERVICE_ACCOUNT', 'ARTIFACT_REGISTRY_HOST', 'ARTIFACT_REGISTRY_IMAGE'], image: '$ARTIFACT_REGISTRY_HOST/$ARTIFACT_REGISTRY_IMAGE',
    signIn: ['gcloud auth print-access-token | docker login --username oauth2accesstoken --password-stdin "https://$ARTIFACT_REGISTRY_HOST"'],
  },
  acr: {
    cloud: 'azure', secrets: [], variables: ['AZURE_BUILD_CLIENT_ID', 'AZURE_TENANT_ID', 'AZURE_SUBSCRIPTION_ID', 'ACR_NAME', 'ACR_IMAGE'], image: '$ACR_NAME.azurecr.io/$ACR_IMAGE',
    signIn: ['az acr login --name "$ACR_NAME"'],
  },
}
