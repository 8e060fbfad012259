import { defineTarget } from './define.ts'

/** Amazon ECS: a new revision of the running task definition with the image of this run. */
export const awsEcs = defineTarget({
  id: 'aws-ecs', cloud: 'aws', image: 'ecr', programs: ['aws', 'jq'], variables: ['AWS_ROLE_ARN', 'AWS_REGION', 'ECS_CLUSTER', 'ECS_SERVICE', 'ECS_TASK_FAMILY', 'ECS_CONTAINER'],
  lines: () => [
    'aws ecs describe-task-definition --task-definition "$ECS_TASK_FAMILY" --query taskDefinition > current.json',
    'jq --arg image "$IMAGE" --arg name "$ECS_CONTAINER" \'(.containerDefinitions[] | select(.name == $name)).image = $image',
    '  | del(.taskDefinitionArn, .revision, .status, .requiresAttributes, .compatibilities, .registeredAt, .registeredBy)\' current.json > task-definition.json',
    'revision=$(aws ecs register-task-definition --cli-input-json file://task-definition.json --query taskDefinition.taskDefinitionArn --output text)',
    'aws ecs update-service --cluster "$ECS_CLUSTER" --service "$ECS_SERVICE" --task-definition "$revision" > update.json',
    'aws ecs wait services-stable --cluster "$ECS_CLUSTER" --services "$ECS_SERVICE"',
    // A circuit breaker that rolled back leaves a stable service too: of the old revision.
    'live=$(aws ecs describe-services --cluster "$ECS_CLUSTER" --services "$ECS_SERVICE" --query "services[0].deployments[?status==\'PRIMARY\'].taskDefinition | [0]" --output text)',
    'if [ "$live" != "$revision" ]; then echo "ECS rolled back to $live" >&2; exit 1; fi',
  ],
})
