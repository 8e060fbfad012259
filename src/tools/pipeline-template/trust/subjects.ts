import type { Cloud, ProviderId } from '../model.ts'
import type { Identity } from './identities.ts'
import { plainName, uuid, type Input } from './script.ts'

/**
 * A subject as Bash text for double quotes. `exact` is the whole of it; `pattern` is one for the policies of AWS, where `?` is any one
 * character: a part that changes with every run has a fixed length, so that no branch name can stand in for it.
 */
export type Subject = { readonly exact: string } | { readonly pattern: string }

/** How a CI provider names the jobs that a cloud trusts. */
export interface Naming {
  readonly inputs: readonly Input[]
  /** Bash text. */
  readonly issuer: string
  readonly audience: (cloud: Cloud) => string
  /** What one identity alone needs from a person. */
  readonly inputsOf?: (identity: Identity) => readonly Input[]
  readonly subjects: (identity: Identity) => readonly Subject[]
  /** The same for Google Cloud, as an expression over the claims, Bash text for double quotes. */
  readonly condition: (identity: Identity) => string
  /** What names the caller in Google's log: at most 127 characters, so most subjects are too long for it. */
  readonly logged: string
}

const anyUuid = '????????-????-????-????-????????????'
const azureAudience = 'api://AzureADTokenExchange'
const either = (conditions: readonly string[]): string => (conditions.length === 1 ? conditions[0] ?? '' : `(${conditions.join(' || ')})`)
const matches = (subject: Subject): string => ('exact' in subject ? `assertion.sub == '${subject.exact}'` : `assertion.sub.startsWith('${subject.pattern.replace(/\*$/, '')}')`)

/** Environment and application as the provider's files name them. */
const named = ({ environment, deploy }: Identity, between: string): string => (deploy.name === null ? `${environment?.name}` : `${environment?.name}${between}${deploy.name}`)

const ref = (branch: string, heads: string, tags: string): Subject => (branch === 'v*' ? { pattern: `${tags}v*` } : branch.endsWith('/**') ? { pattern: `${heads}${branch.slice(0, -2)}*` } : { exact: `${heads}${branch}` })

const github: Naming = {
  inputs: [{ name: 'SUBJECT_PREFIX', pattern: 'repo:[A-Za-z0-9-]+(@[0-9]+)?/[A-Za-z0-9._-]+(@[0-9]+)?', example: 'repo:OWNER@123/NAME@456, from a first run; repo:OWNER/NAME for repositories made before 2026-07-15' }],
  issuer: 'https://token.actions.githubusercontent.com', audience: (cloud) => (cloud === 'aws' ? 'sts.amazonaws.com' : cloud === 'azure' ? azureAudience : ''),
  subjects: (identity) => (identity.environment === null ? identity.branches.map((branch) => ref(branch, '$SUBJECT_PREFIX:ref:refs/heads/', '$SUBJECT_PREFIX:ref:refs/tags/')) : [{ exact: `$SUBJECT_PREFIX:environment:${named(identity, '-')}` }]),
  condition: (identity) => either(github.subjects(identity).map(matches)), logged: 'assertion.repository_id',
}

const gitlab: Naming = {
  inputs: [
    { name: 'PROJECT_PATH', pattern: `${plainName}(/${plainName})+`, example: 'group/project' },
    { name: 'GITLAB_URL', pattern: 'https://[A-Za-z0-9.-]+(:[0-9]+)?', example: 'https://gitlab.com', fallback: 'https://gitlab.com' },
  ],
  issuer: '$GITLAB_URL', audience: (cloud) => (cloud === 'aws' ? 'sts.amazonaws.com' : cloud === 'azure' ? azureAudience : '$GITLAB_URL'),
  subjects: ({ branches }) => branches.map((branch) => ref(branch, 'project_path:$PROJECT_PATH:ref_type:branch:ref:', 'project_path:$PROJECT_PATH:ref_type:tag:ref:')),
  condition: (identity) => [either(gitlab.subjects(identity).map(matches)), "assertion.ref_protected == 'true'", ...(identity.environment === null ? [] : [`assertion.environment == '${named(identity, '/')}'`])].join(' && '),
  logged: 'assertion.project_id',
}

const circleBase = 'org/$ORGANIZATION_ID/project/$PROJECT_ID/user/'
const circleRef = '/vcs-origin/$VCS_ORIGIN/vcs-ref/'
const circleci: Naming = {
  inputs: [
    { name: 'ORGANIZATION_ID', pattern: uuid, example: '00000000-0000-0000-0000-000000000001' }, { name: 'PROJECT_ID', pattern: uuid, example: '00000000-0000-0000-0000-000000000002' },
    { name: 'VCS_ORIGIN', pattern: `${plainName}(/${plainName})+`, example: 'github.com/OWNER/NAME' },
  ],
  issuer: 'https://oidc.circleci.com/org/$ORGANIZATION_ID', audience: () => '$ORGANIZATION_ID',
  subjects: ({ branches }) => branches.map((branch) => {
    const found = ref(branch, 'refs/heads/', 'refs/tags/')
    return { pattern: `${circleBase}${anyUuid}${circleRef}${'exact' in found ? found.exact : found.pattern}` }
  }),
  condition: ({ branches }) => [
    "assertion['oidc.circleci.com/project-id'] == '$PROJECT_ID'", "assertion['oidc.circleci.com/vcs-origin'] == '$VCS_ORIGIN'",
    either(branches.map((branch) => {
      const found = ref(branch, 'refs/heads/', 'refs/tags/')
      return 'exact' in found ? `assertion['oidc.circleci.com/vcs-ref'] == '${found.exact}'` : `assertion['oidc.circleci.com/vcs-ref'].startsWith('${found.pattern.slice(0, -1)}')`
    })),
  ].join(' && '),
  logged: "assertion['oidc.circleci.com/project-id']",
}

const bitbucket: Naming = {
  inputs: [
    { name: 'WORKSPACE', pattern: plainName, example: 'workspace' }, { name: 'WORKSPACE_UUID', pattern: uuid, example: '00000000-0000-0000-0000-000000000001' },
    { name: 'REPOSITORY_UUID', pattern: uuid, example: '00000000-0000-0000-0000-000000000002' },
  ],
  issuer: 'https://api.bitbucket.org/2.0/workspaces/$WORKSPACE/pipelines-config/identity/oidc', audience: () => 'ari:cloud:bitbucket::workspace/$WORKSPACE_UUID',
  inputsOf: ({ prefix, environment }) => (environment === null ? [] : [{ name: `${prefix}_ENVIRONMENT_UUID`, pattern: uuid, example: '00000000-0000-0000-0000-000000000003' }]),
  // The last part is the step, which differs in every run, and its environment stands between: that of the build is one of variables only. Any step of this repository may build.
  subjects: ({ prefix, environment }) => (environment === null ? ['', `{${anyUuid}}:`] : [`{$${prefix}_ENVIRONMENT_UUID}:`]).map((between) => ({ pattern: `{$REPOSITORY_UUID}:${between}{${anyUuid}}` })),
  condition: ({ prefix, environment }) => [`assertion.repositoryUuid == '{$REPOSITORY_UUID}'`, ...(environment === null ? [] : [`assertion.deploymentEnvironmentUuid == '{$${prefix}_ENVIRONMENT_UUID}'`])].join(' && '),
  logged: 'assertion.repositoryUuid',
}

/** Azure Pipelines signs in to AWS through a connection whose subject follows from names; the other two show theirs when they are created. */
const azureForAws: Naming = {
  inputs: [
    { name: 'ORGANIZATION_ID', pattern: uuid, example: '00000000-0000-0000-0000-000000000001' }, { name: 'ORGANIZATION', pattern: plainName, example: 'organization' },
    { name: 'PROJECT', pattern: '[A-Za-z0-9][A-Za-z0-9 ._-]*', example: 'Project' },
  ],
  issuer: 'https://vstoken.dev.azure.com/$ORGANIZATION_ID', audience: () => azureAudience,
  subjects: ({ id }) => [{ exact: `sc://$ORGANIZATION/$PROJECT/aws-${id}` }], condition: () => 'false', logged: 'assertion.sub',
}
const azureShown: Naming = {
  inputs: [
    { name: 'ISSUER', pattern: `https://(vstoken\\.dev\\.azure\\.com/${uuid}|login\\.microsoftonline\\.com/${uuid}/v2\\.0)`, example: 'https://login.microsoftonline.com/TENANT/v2.0, as the service connection shows it' },
    { name: 'AUDIENCE', pattern: '[A-Za-z0-9][A-Za-z0-9:/._-]*', example: azureAudience, fallback: azureAudience },
  ],
  issuer: '$ISSUER', audience: () => '$AUDIENCE',
  inputsOf: ({ prefix }) => [{ name: `${prefix}_SUBJECT`, pattern: `(sc://${plainName}/[A-Za-z0-9][A-Za-z0-9 ._-]*/[A-Za-z0-9][A-Za-z0-9 ._-]*|/eid1/c/pub/t/[A-Za-z0-9_-]+/a/[A-Za-z0-9_-]+/sc/${uuid}/${uuid})`, example: 'sc://ORGANIZATION/PROJECT/CONNECTION or /eid1/..., as the service connection shows it' }],
  subjects: ({ prefix }) => [{ exact: `$${prefix}_SUBJECT` }], condition: ({ prefix }) => `assertion.sub == '$${prefix}_SUBJECT'`,
  // Newer subjects are longer than Google takes; their end names organization and connection.
  logged: "assertion.sub.startsWith('/eid1/') ? assertion.sub.extract('/sc/{connection}') : assertion.sub",
}

/** How jobs of a provider are named towards a cloud; undefined where the cloud cannot match what the provider's tokens say. */
export function namingOf(provider: ProviderId, cloud: Cloud): Naming | undefined {
  switch (provider) {
    case 'github-actions': return github
    case 'gitlab': return gitlab
    // Azure takes whole subjects only, and these name a user or a step that changes with every run.
    case 'circleci': return cloud === 'azure' ? undefined : circleci
    case 'bitbucket': return cloud === 'azure' ? undefined : bitbucket
    case 'azure-pipelines': return cloud === 'aws' ? azureForAws : azureShown
  }
}
