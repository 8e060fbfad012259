import { defineTarget } from './define.ts'

/** AWS Lambda from a container image: publishes a version, then moves the alias that receives the traffic. */
export const awsLambda = defineTarget({
  id: 'aws-lambda', cloud: 'aws', image: 'ecr', plainImage: true, programs: ['aws'], variables: ['AWS_ROLE_ARN', 'AWS_REGION', 'LAMBDA_FUNCTION', 'LAMBDA_ALIAS'],
  lines: () => [
    'aws lambda update-function-code --function-name "$LAMBDA_FUNCTION" --image-uri "$IMAGE" > update.json',
    'aws lambda wait function-updated-v2 --function-name "$LAMBDA_FUNCTION"',
    'version=$(aws lambda publish-version --function-name "$LAMBDA_FUNCTION" --query Version --output text)',
    'aws lambda wait published-version-active --function-name "$LAMBDA_FUNCTION" --qualifier "$version"',
    'aws lambda update-alias --function-name "$LAMBDA_FUNCTION" --name "$LAMBDA_ALIAS" --function-version "$version" > alias.json',
  ],
})
