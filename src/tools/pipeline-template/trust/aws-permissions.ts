import type { Identity } from './identities.ts'
import { plainName, type Input } from './script.ts'

/** What an identity may do in AWS: settings to name the resources, and statements as a jq program over `$region`, `$account`, `$partition` and the settings. */
export interface Permissions { readonly inputs: readonly Input[], readonly variables: Readonly<Record<string, string>>, readonly statements: readonly string[], readonly after: readonly string[] }

const repository = '"arn:\\($partition):ecr:\\($region):\\($account):repository/\\($repository)"'
const statement = (actions: readonly string[], resources: readonly string[], condition?: string): string =>
  `{Effect: "Allow", Action: ${JSON.stringify(actions)}, Resource: [${resources.join(', ')}]${condition === undefined ? '' : `, Condition: ${condition}`}}`
const arn = (service: string, resource: string): string => `"arn:\\($partition):${service}:\\($region):\\($account):${resource}"`
const ecrRepository: Input = { name: 'ECR_REPOSITORY', pattern: '[a-z0-9]+([._/-][a-z0-9]+)*', example: 'shop' }
const roleArn = 'arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+'

/** The build may read and write images of one repository. */
const build: Permissions = {
  inputs: [ecrRepository], variables: { repository: 'ECR_REPOSITORY' }, after: [],
  statements: [
    statement(['ecr:GetAuthorizationToken'], ['"*"']),
    statement(['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:CompleteLayerUpload', 'ecr:DescribeImages', 'ecr:GetDownloadUrlForLayer', 'ecr:InitiateLayerUpload', 'ecr:PutImage', 'ecr:UploadLayerPart'], [repository]),
  ],
}

const own = ({ prefix }: Identity, name: string, pattern = plainName, example = 'shop'): Input => ({ name: `${prefix}_${name}`, pattern, example })

function ecs(identity: Identity, migrates: boolean): Permissions {
  const { prefix } = identity
  const family = 'task-definition/\\($family):*'
  return {
    inputs: [own(identity, 'ECS_CLUSTER'), own(identity, 'ECS_SERVICE'), own(identity, 'ECS_TASK_FAMILY'), own(identity, 'ECS_PASSED_ROLES', `${roleArn}( ${roleArn})*`, 'arn:aws:iam::123456789012:role/shop-task (task and execution role, with a space between)')],
    variables: { cluster: `${prefix}_ECS_CLUSTER`, service: `${prefix}_ECS_SERVICE`, family: `${prefix}_ECS_TASK_FAMILY`, passed: `${prefix}_ECS_PASSED_ROLES` }, after: [],
    statements: [
      // These two know no resources.
      statement(['ecs:DescribeTaskDefinition', 'ecs:RegisterTaskDefinition'], ['"*"']),
      statement(['ecs:DescribeServices', 'ecs:UpdateService'], [arn('ecs', 'service/\\($cluster)/\\($service)')]),
      `{Effect: "Allow", Action: ["iam:PassRole"], Resource: ($passed | split(" ")), Condition: {StringEquals: {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}}`,
      ...(migrates ? [
        statement(['ecs:RunTask'], [arn('ecs', family)], `{ArnEquals: {"ecs:cluster": ${arn('ecs', 'cluster/\\($cluster)')}}}`),
        statement(['ecs:DescribeTasks'], [arn('ecs', 'task/\\($cluster)/*')]),
      ] : []),
    ],
  }
}

const lambda = (identity: Identity): Permissions => ({
  inputs: [ecrRepository, own(identity, 'LAMBDA_FUNCTION')], variables: { repository: 'ECR_REPOSITORY', function: `${identity.prefix}_LAMBDA_FUNCTION` }, after: [],
  statements: [
    statement(['lambda:GetFunction', 'lambda:GetFunctionConfiguration', 'lambda:PublishVersion', 'lambda:UpdateAlias', 'lambda:UpdateFunctionCode'], [arn('lambda', 'function:\\($function)'), arn('lambda', 'function:\\($function):*')]),
    statement(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], [repository]),
  ],
})

/** The cluster maps the role to rights inside one namespace. */
const eks = (identity: Identity): Permissions => ({
  inputs: [own(identity, 'EKS_CLUSTER'), own(identity, 'K8S_NAMESPACE', '[a-z0-9]([a-z0-9-]*[a-z0-9])?')], variables: { cluster: `${identity.prefix}_EKS_CLUSTER` },
  statements: [statement(['eks:DescribeCluster'], [arn('eks', 'cluster/\\($cluster)')])],
  after: [`access "$${identity.prefix}_EKS_CLUSTER" "$arn" "$${identity.prefix}_K8S_NAMESPACE"`],
})

/** CDK acts through the roles that `cdk bootstrap` made. */
const cdk: Permissions = {
  inputs: [{ name: 'CDK_QUALIFIER', pattern: '[a-z0-9]{1,10}', example: 'hnb659fds', fallback: 'hnb659fds' }], variables: { qualifier: 'CDK_QUALIFIER' }, after: [],
  statements: [`{Effect: "Allow", Action: ["sts:AssumeRole"], Resource: [("deploy", "file-publishing", "image-publishing", "lookup") | "arn:\\($partition):iam::\\($account):role/cdk-\\($qualifier)-\\(.)-role-\\($account)-\\($region)"]}`],
}

/** Undefined for a target that this module does not know: its script would promise what it does not give. */
export function awsPermissions(identity: Identity, migratesBeside: boolean): Permissions | undefined {
  if (identity.environment === null) return build
  switch (identity.deploy.target.id) {
    case 'aws-ecs': return ecs(identity, migratesBeside)
    case 'aws-lambda': return lambda(identity)
    case 'aws-kubernetes': return eks(identity)
    case 'aws': return cdk
    default: return undefined
  }
}
