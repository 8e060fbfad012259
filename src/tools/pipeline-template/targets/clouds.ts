import type { Step, Target } from '../model.ts'

const variable = (name: string): string => `\${{ vars.${name} }}`
const image = '${{ needs.image.outputs.reference }}'
const base = { synthesizes: false, installs: false, oidc: true, secrets: [], imageVariables: [], serves: true, script: () => null } as const

/** Signs in to AWS with the role of the environment. */
export const awsSignIn = (role: string): Step => ({ name: 'Sign in to AWS', uses: 'aws-actions/configure-aws-credentials', with: { 'role-to-assume': variable(role), 'aws-region': variable('AWS_REGION') } })

/** Amazon ECS: a new revision of the running task definition with the image of this run. */
export const awsEcs: Target = {
  ...base, id: 'aws-ecs', image: 'ecr', variables: ['AWS_ROLE_ARN', 'AWS_REGION', 'ECS_CLUSTER', 'ECS_SERVICE', 'ECS_TASK_FAMILY', 'ECS_CONTAINER'], imageVariables: ['AWS_BUILD_ROLE_ARN', 'AWS_REGION', 'ECR_REPOSITORY'],
  actions: (): readonly Step[] => [
    awsSignIn('AWS_ROLE_ARN'),
    {
      name: 'Put the image into the task definition',
      env: { IMAGE: image, FAMILY: variable('ECS_TASK_FAMILY'), CONTAINER: variable('ECS_CONTAINER') },
      run: [
        'aws ecs describe-task-definition --task-definition "$FAMILY" --query taskDefinition > current.json',
        'jq --arg image "$IMAGE" --arg name "$CONTAINER" \'(.containerDefinitions[] | select(.name == $name)).image = $image',
        '  | del(.taskDefinitionArn, .revision, .status, .requiresAttributes, .compatibilities, .registeredAt, .registeredBy)\' current.json > task-definition.json',
      ].join('\n'),
    },
    {
      name: 'Deploy and wait until the service is stable', uses: 'aws-actions/amazon-ecs-deploy-task-definition',
      with: { 'task-definition': 'task-definition.json', cluster: variable('ECS_CLUSTER'), service: variable('ECS_SERVICE'), 'wait-for-service-stability': true },
    },
  ],
}

/** AWS CDK: the assembly that was synthesized once goes to each environment. */
export const aws: Target = {
  ...base, id: 'aws', image: null, synthesizes: true, installs: true, variables: ['AWS_ROLE_ARN', 'AWS_REGION'],
  actions: ({ cli }): readonly Step[] => [
    awsSignIn('AWS_ROLE_ARN'),
    { name: 'Fetch the assembly', uses: 'actions/download-artifact', with: { name: 'cdk-out', path: 'cdk.out' } },
    { name: 'Deploy', run: cli('cdk deploy --app cdk.out --all --require-approval never', 'aws-cdk') },
  ],
}

/** Google Cloud Run, by digest. */
export const gcp: Target = {
  ...base, id: 'gcp', image: 'artifact-registry', variables: ['GCP_WORKLOAD_IDENTITY_PROVIDER', 'GCP_SERVICE_ACCOUNT', 'CLOUD_RUN_SERVICE', 'CLOUD_RUN_REGION'],
  imageVariables: ['GCP_BUILD_IDENTITY_PROVIDER', 'GCP_BUILD_SERVICE_ACCOUNT', 'ARTIFACT_REGISTRY_HOST', 'ARTIFACT_REGISTRY_IMAGE'],
  actions: (): readonly Step[] => [
    { name: 'Sign in to Google Cloud', uses: 'google-github-actions/auth', with: { workload_identity_provider: variable('GCP_WORKLOAD_IDENTITY_PROVIDER'), service_account: variable('GCP_SERVICE_ACCOUNT') } },
    { name: 'Deploy', uses: 'google-github-actions/deploy-cloudrun', with: { service: variable('CLOUD_RUN_SERVICE'), region: variable('CLOUD_RUN_REGION'), image } },
  ],
}

/** Azure App Service with a container: into the staging slot, then swapped. */
export const azure: Target = {
  ...base, id: 'azure', image: 'acr', variables: ['AZURE_CLIENT_ID', 'AZURE_TENANT_ID', 'AZURE_SUBSCRIPTION_ID', 'AZURE_WEBAPP', 'AZURE_RESOURCE_GROUP'],
  imageVariables: ['AZURE_BUILD_CLIENT_ID', 'AZURE_TENANT_ID', 'AZURE_SUBSCRIPTION_ID', 'ACR_NAME'],
  actions: (): readonly Step[] => [
    { name: 'Sign in to Azure', uses: 'Azure/login', with: { 'client-id': variable('AZURE_CLIENT_ID'), 'tenant-id': variable('AZURE_TENANT_ID'), 'subscription-id': variable('AZURE_SUBSCRIPTION_ID') } },
    {
      name: 'Deploy to the staging slot, then swap',
      env: { IMAGE: image, APP: variable('AZURE_WEBAPP'), GROUP: variable('AZURE_RESOURCE_GROUP') },
      run: [
        'az webapp config container set --name "$APP" --resource-group "$GROUP" --slot staging --container-image-name "$IMAGE"',
        'az webapp deployment slot swap --name "$APP" --resource-group "$GROUP" --slot staging',
      ].join('\n'),
    },
  ],
}

/** A container registry is the end of the line: nothing is started. */
export const docker: Target = { ...base, id: 'docker', image: 'ghcr', oidc: false, variables: [], serves: false, actions: (): readonly Step[] => [] }
