import type { Plan } from '../../plan.ts'

/** Container images of tools, by the sheet that holds their version. */
const images = {
  'aws-cli': 'amazon/aws-cli', 'google-cloud-cli': 'gcr.io/google.com/cloudsdktool/google-cloud-cli', 'azure-cli': 'mcr.microsoft.com/azure-cli',
  trivy: 'aquasec/trivy', trufflehog: 'ghcr.io/trufflesecurity/trufflehog',
  'cimg-aws': 'cimg/aws', 'cimg-gcp': 'cimg/gcp', 'cimg-azure': 'cimg/azure', 'cimg-deploy': 'cimg/deploy',
} as const
export type ToolImage = keyof typeof images

/** The image of a tool at the version of its sheet; undefined when no version was confirmed: what needs it is left out. */
export function toolImage(plan: Pick<Plan, 'toolVersion'>, tool: ToolImage): string | undefined {
  const version = plan.toolVersion(tool)
  return version === undefined ? undefined : `${images[tool]}:${version}`
}
