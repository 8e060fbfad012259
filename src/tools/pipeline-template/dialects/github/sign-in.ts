import type { Cloud } from '../../model.ts'
import type { Step } from '../../toolchain.ts'

const variable = (name: string): string => `\${{ vars.${name} }}`

/** Signs in to a cloud with the token GitHub issues for the job; `build` is the identity that may only write images. */
export function signIn(cloud: Cloud, build = false): Step {
  switch (cloud) {
    case 'aws': return { name: 'Sign in to AWS', uses: 'aws-actions/configure-aws-credentials', with: { 'role-to-assume': variable(build ? 'AWS_BUILD_ROLE_ARN' : 'AWS_ROLE_ARN'), 'aws-region': variable('AWS_REGION') } }
    case 'gcp': return { name: 'Sign in to Google Cloud', uses: 'google-github-actions/auth', with: { workload_identity_provider: variable(build ? 'GCP_BUILD_IDENTITY_PROVIDER' : 'GCP_WORKLOAD_IDENTITY_PROVIDER'), service_account: variable(build ? 'GCP_BUILD_SERVICE_ACCOUNT' : 'GCP_SERVICE_ACCOUNT') } }
    case 'azure': return { name: 'Sign in to Azure', uses: 'Azure/login', with: { 'client-id': variable(build ? 'AZURE_BUILD_CLIENT_ID' : 'AZURE_CLIENT_ID'), 'tenant-id': variable('AZURE_TENANT_ID'), 'subscription-id': variable('AZURE_SUBSCRIPTION_ID') } }
  }
}
