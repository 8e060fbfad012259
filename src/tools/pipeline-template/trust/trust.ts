import { generatedFile } from '../../../core/file.ts'
import { code } from '../../../core/markdown.ts'
import type { FileWithBody } from '../../tool.ts'
import type { Cloud } from '../model.ts'
import type { Deploy, Plan } from '../plan.ts'
import { awsPath, trustAws } from './aws.ts'
import { azurePath, trustAzure } from './azure.ts'
import { gcpPath, trustGcp } from './gcp.ts'
import { identitiesOf, type Identity } from './identities.ts'
import { namingOf, type Naming } from './subjects.ts'

interface Writer { readonly path: string, readonly cloud: string, readonly write: (plan: Plan, naming: Naming, identities: readonly Identity[]) => string | undefined }

const writers: Readonly<Record<Cloud, Writer>> = {
  aws: { path: awsPath, cloud: 'AWS', write: trustAws },
  gcp: { path: gcpPath, cloud: 'Google Cloud', write: trustGcp },
  azure: { path: azurePath, cloud: 'Azure', write: trustAzure },
}

function scripts(plan: Plan, deploys: readonly Deploy[]): readonly { readonly writer: Writer, readonly text: string }[] {
  return (Object.keys(writers) as Cloud[]).flatMap((cloud) => {
    const naming = namingOf(plan.settings.provider, cloud)
    const identities = identitiesOf(plan, deploys, cloud)
    const text = naming === undefined || identities.length === 0 ? undefined : writers[cloud].write(plan, naming, identities)
    return text === undefined ? [] : [{ writer: writers[cloud], text }]
  })
}

/** One script a cloud that a person with the rights of an administrator runs once; empty where no cloud is involved. `deploys` are those the provider's jobs reach. */
export const trustFiles = (plan: Plan, deploys: readonly Deploy[] = plan.deploys): readonly FileWithBody[] => scripts(plan, deploys).map(({ writer, text }) =>
  generatedFile(writer.path, `lets the pipeline sign in to ${writer.cloud} without a stored key; run once`, 'shellcheck', text))

/** What a person does with those scripts, as Markdown; empty without one. */
export const trustLines = (plan: Plan, deploys: readonly Deploy[] = plan.deploys): readonly string[] => scripts(plan, deploys).map(({ writer }) =>
  `Run ${code(writer.path)} once as an administrator of ${writer.cloud} (${code('--help')} says what it asks): it prints what the settings above get.`)
