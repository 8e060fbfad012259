import type { Cloud } from '../../model.ts'
import { script, type Part } from './steps.ts'

/** Name of the service connection through which an environment, or the image build, signs in to a cloud. */
export const connection = (cloud: Cloud, owner: string): string => `${cloud}-${owner}`

/** Turns the connection's token into credentials of Google Cloud; they end with the step. */
const google = (provider: string, account: string): readonly string[] => [
  'umask 077',
  'trap \'rm -f "$AGENT_TEMPDIRECTORY/google-token" "$AGENT_TEMPDIRECTORY/google.json"\' EXIT',
  'printf \'%s\' "$idToken" > "$AGENT_TEMPDIRECTORY/google-token"',
  `gcloud iam workload-identity-pools create-cred-config "$${provider}" --service-account "$${account}" --credential-source-file "$AGENT_TEMPDIRECTORY/google-token" --output-file "$AGENT_TEMPDIRECTORY/google.json"`,
  'gcloud auth login --quiet --cred-file "$AGENT_TEMPDIRECTORY/google.json"',
  // The project is the part of the account's address that names it.
  `project="\${${account}#*@}"`, 'export CLOUDSDK_CORE_PROJECT="${project%%.*}"',
]

/** A step whose lines run signed in to a cloud, without a stored key. `owner` is the environment, or `build`, which may only write images. */
export function signedIn(cloud: Cloud, owner: string, displayName: string, lines: readonly string[], env: Readonly<Record<string, string>> = {}): Part {
  const more = Object.keys(env).length === 0 ? {} : { env }
  const azure = { azureSubscription: connection(cloud, owner), scriptType: 'bash', scriptLocation: 'inlineScript', visibleAzLogin: false }
  switch (cloud) {
    case 'aws': return { task: 'AWSShellScript@1', displayName, inputs: { awsCredentials: connection(cloud, owner), regionName: '$(AWS_REGION)', scriptType: 'inline', inlineScript: script(lines) }, ...more }
    case 'azure': return { task: 'AzureCLI@2', displayName, inputs: { ...azure, inlineScript: script(lines) }, ...more }
    case 'gcp': {
      const [provider, account] = owner === 'build' ? ['GCP_BUILD_IDENTITY_PROVIDER', 'GCP_BUILD_SERVICE_ACCOUNT'] as const : ['GCP_WORKLOAD_IDENTITY_PROVIDER', 'GCP_SERVICE_ACCOUNT'] as const
      return { task: 'AzureCLI@2', displayName, inputs: { ...azure, addSpnToEnvironment: true, inlineScript: script([...google(provider, account), ...lines]) }, ...more }
    }
  }
}
