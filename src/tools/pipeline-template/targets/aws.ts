import { defineTarget } from './define.ts'

/** AWS CDK: the assembly that was synthesized once goes to each environment. */
export const aws = defineTarget({
  id: 'aws', cloud: 'aws', synthesizes: true, installs: true, programs: ['node'], variables: ['AWS_ROLE_ARN', 'AWS_REGION'],
  lines: ({ cli }) => [cli('cdk deploy --app cdk.out --all --require-approval never', 'aws-cdk')],
})
