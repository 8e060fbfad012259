import { defineTarget } from './define.ts'

const describeService = 'aws ecs describe-services --cluster "$ECS_CLUSTER" --services "$ECS_SERVICE"'

/** A revision of the running task definition with the image of this run; its ARN is in `$revision` afterwards. */
const registerRevision = [
  'aws ecs describe-task-definition --task-definition "$ECS_TASK_FAMILY" --query taskDefinition > current.json',
  'jq --arg image "$IMAGE" --arg name "$ECS_CONTAINER" \'(.containerDefinitions[] | select(.name == $name)).image = $image',
  '  | del(.taskDefinitionArn, .revision, .status, .requiresAttributes, .compatibilities, .registeredAt, .registeredBy)\' current.json > task-definition.json',
  'revision=$(aws ecs register-task-definition --cli-input-json file://task-definition.json --query taskDefinition.taskDefinitionArn --output text)',
]

/** Amazon ECS: a new revision of the running task definition with the image of this run. */
export const awsEcs = defineTarget({
  id: 'aws-ecs', cloud: 'aws', image: 'ecr', programs: ['aws', 'jq'], variables: ['AWS_ROLE_ARN', 'AWS_REGION', 'ECS_CLUSTER', 'ECS_SERVICE', 'ECS_TASK_FAMILY', 'ECS_CONTAINER'],
  lines: () => [
    ...registerRevision,
    'aws ecs update-service --cluster "$ECS_CLUSTER" --service "$ECS_SERVICE" --task-definition "$revision" > update.json',
    'aws ecs wait services-stable --cluster "$ECS_CLUSTER" --services "$ECS_SERVICE"',
    // A circuit breaker that rolled back leaves a stable service too: of the old revision.
    `live=$(${describeService} --query "services[0].deployments[?status=='PRIMARY'].taskDefinition | [0]" --output text)`,
    'if [ "$live" != "$revision" ]; then echo "ECS rolled back to $live" >&2; exit 1; fi',
  ],
  // The task runs where the service runs: same network, same capacity, same settings.
  migrate: { variables: [], lines: (command) => [
    ...registerRevision,
    `${describeService} --query "services[0]" > service.json`,
    `jq --arg revision "$revision" --arg name "$ECS_CONTAINER" --arg command '${command}' '{cluster: .clusterArn, taskDefinition: $revision, networkConfiguration,`,
    '  overrides: {containerOverrides: [{name: $name, command: ["sh", "-c", $command]}]}}',
    '  + (if (.capacityProviderStrategy // []) == [] then {launchType} else {capacityProviderStrategy} end)',
    '  | with_entries(select(.value != null))\' service.json > migration.json',
    'task=$(aws ecs run-task --cli-input-json file://migration.json --query "tasks[0].taskArn" --output text)',
    'aws ecs wait tasks-stopped --cluster "$ECS_CLUSTER" --tasks "$task"',
    'aws ecs describe-tasks --cluster "$ECS_CLUSTER" --tasks "$task" > migrated.json',
    'if ! jq --exit-status --arg name "$ECS_CONTAINER" \'.tasks[0].containers[] | select(.name == $name) | .exitCode == 0\' migrated.json > /dev/null; then',
    '  echo "The migration failed: see the log of $task" >&2; exit 1',
    'fi',
  ] },
})
