import type { Cloud, Target } from '../../model.ts'
import type { Plan } from '../../plan.ts'

/** Container images of tools, by the sheet that holds their version. */
const images = {
  docker: 'docker', trivy: 'aquasec/trivy', 'aws-cli': 'amazon/aws-cli', 'azure-cli': 'mcr.microsoft.com/azure-cli', 'google-cloud-cli': 'gcr.io/google.com/cloudsdktool/google-cloud-cli',
} as const
export type ToolImage = keyof typeof images

/** The image of a tool at the version of its sheet; undefined when no version was confirmed: such a job is left out. */
export function toolImage(plan: Pick<Plan, 'toolVersion'>, tool: ToolImage): string | undefined {
  const version = plan.toolVersion(tool)
  return version === undefined ? undefined : `${images[tool]}:${version}`
}

/** Whose command-line tool signs in to a cloud. */
export const cloudTool: Readonly<Record<Cloud, ToolImage>> = { aws: 'aws-cli', gcp: 'google-cloud-cli', azure: 'azure-cli' }

/** The tool in whose image a target is deployed; undefined when an image with Node.js is enough. */
export function toolOf({ programs }: Pick<Target, 'programs'>): ToolImage | undefined {
  if (programs.includes('gcloud')) return 'google-cloud-cli'
  return programs.includes('aws') ? 'aws-cli' : programs.includes('az') ? 'azure-cli' : undefined
}

/** GitLab starts a shell in the image, so a tool that is its own entry point is told to step aside. */
export const shellIn = (image: string): { readonly name: string, readonly entrypoint: readonly string[] } => ({ name: image, entrypoint: [''] })
