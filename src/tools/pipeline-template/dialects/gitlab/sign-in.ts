import type { Cloud } from '../../model.ts'

/** For whom each token is issued: a token for one cloud opens no other. GitLab names no audience by itself. */
const tokens: Readonly<Record<Cloud, { readonly name: string, readonly audience: string }>> = {
  aws: { name: 'AWS_ID_TOKEN', audience: 'sts.amazonaws.com' }, gcp: { name: 'GCP_ID_TOKEN', audience: '$CI_SERVER_URL' }, azure: { name: 'AZURE_ID_TOKEN', audience: 'api://AzureADTokenExchange' },
}

/** The token GitLab issues for one job, for one cloud. */
export const idToken = (cloud: Cloud): Readonly<Record<string, unknown>> => ({ id_tokens: { [tokens[cloud].name]: { aud: tokens[cloud].audience } } })

const keep = (cloud: Cloud) => [`printf '%s' "$${tokens[cloud].name}" > "$signed_in/token"`]

/** Bash lines that sign in to a cloud with the token of the job, for the lines after them. The token lies in a file of the job, never in an argument. */
export function signIn(cloud: Cloud): readonly string[] {
  const folder = ['umask 077', 'signed_in=$(mktemp -d)', ...keep(cloud)]
  switch (cloud) {
    case 'aws': return [...folder, 'export AWS_WEB_IDENTITY_TOKEN_FILE="$signed_in/token" AWS_ROLE_SESSION_NAME="gitlab-$CI_PROJECT_ID-$CI_JOB_ID"', 'export AWS_ROLE_ARN AWS_REGION AWS_DEFAULT_REGION="$AWS_REGION"']
    case 'gcp': return [
      ...folder,
      'gcloud iam workload-identity-pools create-cred-config "$GCP_WORKLOAD_IDENTITY_PROVIDER" --service-account="$GCP_SERVICE_ACCOUNT" --credential-source-file="$signed_in/token" --output-file="$signed_in/credentials.json"',
      'gcloud auth login --quiet --cred-file="$signed_in/credentials.json"',
      // The project is the part of the account's address that names it.
      'project=${GCP_SERVICE_ACCOUNT#*@}', 'export CLOUDSDK_CORE_PROJECT="${project%%.*}"',
    ]
    case 'azure': return [...folder, 'az login --service-principal --username "$AZURE_CLIENT_ID" --tenant "$AZURE_TENANT_ID" --federated-token "@$signed_in/token" --output none', 'az account set --subscription "$AZURE_SUBSCRIPTION_ID"']
  }
}

/** How a cloud's own tool, started in a container beside the build, prints the password of a registry. */
export interface RegistryPassword { readonly token: string, readonly user: string, readonly server: string, readonly env: readonly string[], readonly script: string }

const passwords: Readonly<Record<Cloud, Omit<RegistryPassword, 'token'>>> = {
  aws: {
    user: 'AWS', server: '$ECR_REGISTRY', env: ['AWS_REGION', 'AWS_ROLE_ARN="$AWS_BUILD_ROLE_ARN"', 'AWS_ROLE_SESSION_NAME="gitlab-$CI_PROJECT_ID-$CI_JOB_ID"', 'AWS_WEB_IDENTITY_TOKEN_FILE=/tmp/token'],
    script: 'umask 077; cat > /tmp/token; aws ecr get-login-password',
  },
  gcp: {
    user: 'oauth2accesstoken', server: 'https://$ARTIFACT_REGISTRY_HOST', env: ['GCP_BUILD_IDENTITY_PROVIDER', 'GCP_BUILD_SERVICE_ACCOUNT'],
    script: 'set -e; umask 077; cat > /tmp/token; gcloud iam workload-identity-pools create-cred-config "$GCP_BUILD_IDENTITY_PROVIDER" --service-account="$GCP_BUILD_SERVICE_ACCOUNT" --credential-source-file=/tmp/token --output-file=/tmp/credentials.json >&2; gcloud auth login --quiet --cred-file=/tmp/credentials.json >&2; gcloud auth print-access-token',
  },
  azure: {
    user: '00000000-0000-0000-0000-000000000000', server: '$ACR_NAME.azurecr.io', env: ['AZURE_BUILD_CLIENT_ID', 'AZURE_TENANT_ID', 'ACR_NAME'],
    script: 'set -e; az login --service-principal --username "$AZURE_BUILD_CLIENT_ID" --tenant "$AZURE_TENANT_ID" --federated-token @- --output none; az acr login --name "$ACR_NAME" --expose-token --query accessToken --output tsv',
  },
}

/** One shell line that lets `docker push` write to the registry of a cloud, signed in as the identity that may only build. Reads CLOUD_CLI_IMAGE. */
export function signInToRegistry(cloud: Cloud): string {
  const { user, server, env, script } = passwords[cloud]
  return [
    `printf '%s' "$${tokens[cloud].name}" \\`,
    `  | docker run --rm --interactive --entrypoint sh ${env.map((name) => `--env ${name}`).join(' ')} "$CLOUD_CLI_IMAGE" -c '${script}' \\`,
    `  | docker login --username ${user} --password-stdin "${server}"`,
  ].join('\n')
}
