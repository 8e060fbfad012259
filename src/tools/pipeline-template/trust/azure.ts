import type { Plan } from '../plan.ts'
import type { Identity } from './identities.ts'
import { trustScript, uuid, type Input } from './script.ts'
import type { Naming } from './subjects.ts'

export const azurePath = 'deploy/trust-azure.sh'

const group = '[A-Za-z0-9_()][A-Za-z0-9._()-]{0,89}'

const prepare = (naming: Naming): readonly string[] => [
  `token_issuer="${naming.issuer}"`, `audience="${naming.audience('azure')}"`, 'place=(--resource-group "$IDENTITY_RESOURCE_GROUP" --subscription "$SUBSCRIPTION_ID")', '',
  '# ask COMMAND...: its answer, or nothing for what does not exist; any other error ends the script.',
  'ask() {', '  local errors', '  errors=$(mktemp)', '  if "$@" 2> "$errors"; then rm -f "$errors"; return 0; fi', "  if grep --quiet --extended-regexp 'ResourceNotFound|NotFound\\)' \"$errors\"; then rm -f \"$errors\"; return 0; fi", '  cat "$errors" >&2', '  rm -f "$errors"', '  return 1', '}',
  '# identity NAME: a managed identity; its ids are in $client and $principal afterwards.',
  'identity() {', '  local found', '  found=$(ask az identity show --name "$1" "${place[@]}" --output json)',
  '  if [ -z "$found" ]; then found=$(az identity create --name "$1" "${place[@]}" --output json); said "Created the identity $1"; fi',
  "  client=$(jq --raw-output .clientId <<< \"$found\")", "  principal=$(jq --raw-output .principalId <<< \"$found\")", '}',
  '# trusts IDENTITY NAME SUBJECT: the identity takes tokens with this subject, whole, and no other.',
  'trusts() {', '  local found verb', '  found=$(ask az identity federated-credential show --name "$2" --identity-name "$1" "${place[@]}" --output json)',
  "  if [ -n \"$found\" ] && jq --exit-status --arg issuer \"$token_issuer\" --arg subject \"$3\" --arg audience \"$audience\" '.issuer == $issuer and .subject == $subject and .audiences == [$audience]' <<< \"$found\" > /dev/null; then return 0; fi",
  '  verb=create', '  if [ -n "$found" ]; then verb=update; fi',
  '  az identity federated-credential "$verb" --name "$2" --identity-name "$1" "${place[@]}" --issuer "$token_issuer" --subject "$3" --audiences "$audience" --output none', '  said "The identity $1 trusts $3"', '}',
  '# may ROLE SCOPE: gives the identity a role on one resource.',
  'may() {', '  if [ -n "$(az role assignment list --assignee "$principal" --role "$1" --scope "$2" --query "[].id" --output tsv)" ]; then return 0; fi',
  '  az role assignment create --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal --role "$1" --scope "$2" --output none', '  said "Gave $1 on $2"', '}',
  'tenant=$(az account show --subscription "$SUBSCRIPTION_ID" --query tenantId --output tsv)',
]

interface Rights { readonly inputs: readonly Input[], readonly line: string }

/** What an identity may do; undefined for a target that this module does not know. */
function rightsOf({ environment, deploy, prefix }: Identity): Rights | undefined {
  const scope = (resourceGroup: string, kind: string, name: string): string => `"/subscriptions/$SUBSCRIPTION_ID/resourceGroups/$${resourceGroup}/providers/${kind}/$${name}"`
  if (environment === null) {
    return { inputs: [{ name: 'ACR_NAME', pattern: '[A-Za-z0-9]{5,50}', example: 'shopimages' }, { name: 'ACR_RESOURCE_GROUP', pattern: group, example: 'shop' }], line: `may AcrPush ${scope('ACR_RESOURCE_GROUP', 'Microsoft.ContainerRegistry/registries', 'ACR_NAME')}` }
  }
  if (deploy.target.id !== 'azure') return undefined
  return {
    inputs: [{ name: `${prefix}_AZURE_WEBAPP`, pattern: '[A-Za-z0-9][A-Za-z0-9-]{0,58}[A-Za-z0-9]', example: 'shop-production' }, { name: `${prefix}_AZURE_RESOURCE_GROUP`, pattern: group, example: 'shop' }],
    line: `may "Website Contributor" ${scope(`${prefix}_AZURE_RESOURCE_GROUP`, 'Microsoft.Web/sites', `${prefix}_AZURE_WEBAPP`)}`,
  }
}

/** deploy/trust-azure.sh: a managed identity with federated credentials for each identity; undefined when a target is not known well enough. */
export function trustAzure(plan: Plan, naming: Naming, identities: readonly Identity[]): string | undefined {
  const known = identities.flatMap((identity) => {
    const rights = rightsOf(identity)
    return rights === undefined ? [] : [{ identity, rights }]
  })
  if (known.length < identities.length || known.length === 0) return undefined
  return trustScript({
    path: azurePath, programs: ['az', 'jq'],
    purpose: 'Lets the pipeline sign in to Azure without a stored secret: one managed identity an environment. Run it once, signed in as somebody who may create identities and give roles.',
    shared: [
      { name: 'SUBSCRIPTION_ID', pattern: uuid, example: '00000000-0000-0000-0000-000000000000' }, { name: 'IDENTITY_RESOURCE_GROUP', pattern: group, example: 'shop-ci' }, { name: 'NAME_PREFIX', pattern: '[A-Za-z0-9][A-Za-z0-9_-]{1,30}', example: 'shop-ci' }, ...naming.inputs,
    ],
    identities: known.map(({ identity, rights }) => {
      const name = `"$NAME_PREFIX-${identity.id}"`
      return {
        id: identity.id, inputs: [...naming.inputsOf?.(identity) ?? [], ...rights.inputs],
        lines: [
          `identity ${name}`,
          ...naming.subjects(identity).map((subject, index) => ('exact' in subject ? `trusts ${name} ci-${index + 1} "${subject.exact}"` : `said "Azure takes whole subjects only: for each branch or tag that is built, add one of the form ${subject.pattern}"`)),
          rights.line,
          `printf '%s\\n' "${identity.id}: ${identity.environment === null ? 'AZURE_BUILD_CLIENT_ID' : 'AZURE_CLIENT_ID'}=$client"`,
        ],
      }
    }),
    prepare: prepare(naming), finish: ['printf \'%s\\n\' "AZURE_TENANT_ID=$tenant" "AZURE_SUBSCRIPTION_ID=$SUBSCRIPTION_ID"'],
  }, plan.header)
}
