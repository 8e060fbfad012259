import type { Cloud } from '../../model.ts'

/** Bash lines, and the variables that the lines after them need: every provider has its own way to keep a variable. Values are Bash, without quotes. */
export interface Prepared { readonly lines: readonly string[], readonly exports: Readonly<Record<string, string>> }

/** Who signs in: the identity of an environment, or the one that may write images and nothing else. */
export type Identity = 'deploy' | 'build'

/** Names of the settings that hold an identity. */
export const identities: Readonly<Record<Cloud, Readonly<Record<Identity, readonly string[]>>>> = {
  aws: { deploy: ['AWS_ROLE_ARN'], build: ['AWS_BUILD_ROLE_ARN'] },
  gcp: { deploy: ['GCP_WORKLOAD_IDENTITY_PROVIDER', 'GCP_SERVICE_ACCOUNT'], build: ['GCP_BUILD_IDENTITY_PROVIDER', 'GCP_BUILD_SERVICE_ACCOUNT'] },
  azure: { deploy: ['AZURE_CLIENT_ID'], build: ['AZURE_BUILD_CLIENT_ID'] },
}

/** A file of the job alone: what lies in it never stands in an argument, which every process could read. */
const keep = (secret: string, file: string): string => `(umask 077 && printf '%s' "$${secret}" > "$HOME/${file}")`

/**
 * Signs in to a cloud with the token that the provider issued for the job. `token` is the variable that holds it, `session` names the
 * run in the cloud's log, and `names` are the settings to read, as `identities` lists them.
 */
export function signIn(cloud: Cloud, token: string, session: string, names: readonly string[]): Prepared {
  const [first = '', second = ''] = names
  const file = '.oidc-token'
  switch (cloud) {
    case 'aws': return {
      lines: [keep(token, file)],
      exports: { AWS_WEB_IDENTITY_TOKEN_FILE: `$HOME/${file}`, AWS_ROLE_SESSION_NAME: session, AWS_ROLE_ARN: `$${first}`, AWS_DEFAULT_REGION: '$AWS_REGION' },
    }
    case 'gcp': return {
      lines: [
        keep(token, file),
        `gcloud iam workload-identity-pools create-cred-config "$${first}" --service-account="$${second}" --credential-source-file="$HOME/${file}" --output-file="$HOME/.gcp-credentials.json"`,
        'gcloud auth login --quiet --cred-file="$HOME/.gcp-credentials.json"',
        // The project is the part of the account's address that names it.
        `account="$${second}" && project="\${account#*@}" && gcloud config set core/project "\${project%%.*}" --quiet`,
      ],
      exports: {},
    }
    case 'azure': return {
      lines: [keep(token, file), `az login --service-principal --username "$${first}" --tenant "$AZURE_TENANT_ID" --federated-token "@$HOME/${file}" --output none`, 'az account set --subscription "$AZURE_SUBSCRIPTION_ID"'],
      exports: {},
    }
  }
}

/** Signs in to Azure with a stored secret: for providers whose tokens name another subject on every run, which Azure cannot match. */
export const signInWithSecret = (client: string, secret: string): Prepared => ({
  lines: [keep(secret, '.azure-secret'), `az login --service-principal --username "$${client}" --tenant "$AZURE_TENANT_ID" --password "@$HOME/.azure-secret" --output none`, 'az account set --subscription "$AZURE_SUBSCRIPTION_ID"'],
  exports: {},
})
