import type { Plan } from '../plan.ts'
import { awsPermissions, type Permissions } from './aws-permissions.ts'
import type { Identity } from './identities.ts'
import { plainName, trustScript, type Input } from './script.ts'
import type { Naming, Subject } from './subjects.ts'

export const awsPath = 'deploy/trust-aws.sh'

const prepare = (naming: Naming): readonly string[] => [
  `token_issuer="${naming.issuer}"`, `audience="${naming.audience('aws')}"`, 'host="${token_issuer#https://}"',
  'caller=$(aws sts get-caller-identity --query Arn --output text)', 'partition=$(cut -d: -f2 <<< "$caller")', 'account=$(cut -d: -f5 <<< "$caller")',
  '[[ "$account" =~ ^[0-9]{12}$ ]] || fail "AWS named no account"', 'provider="arn:$partition:iam::$account:oidc-provider/$host"', '',
  '# ask COMMAND...: its answer, or nothing for what does not exist; any other error ends the script.',
  'ask() {', '  local errors', '  errors=$(mktemp)', '  if "$@" 2> "$errors"; then rm -f "$errors"; return 0; fi', "  if grep --quiet --extended-regexp 'NoSuchEntity|ResourceNotFoundException' \"$errors\"; then rm -f \"$errors\"; return 0; fi", '  cat "$errors" >&2', '  rm -f "$errors"', '  return 1', '}',
  '# same A B: true when both are the same JSON.',
  "same() { [ -n \"$1\" ] && jq --exit-status --null-input --argjson one \"$1\" --argjson other \"$2\" '$one == $other' > /dev/null; }",
  '# trust OPERATOR SUBJECT...: one statement; only this audience, and only these subjects.',
  'trust() {', '  local operator=$1', '  shift', '  jq --null-input --arg operator "$operator" --arg provider "$provider" --arg host "$host" --arg audience "$audience" \\',
  '    \'{Effect: "Allow", Principal: {Federated: $provider}, Action: "sts:AssumeRoleWithWebIdentity", Condition: ({StringEquals: {($host + ":aud"): $audience}} * {($operator): {($host + ":sub"): $ARGS.positional}})}\' --args "$@"', '}',
  "policy() { jq --slurp '{Version: \"2012-10-17\", Statement: .}'; }",
  '# role NAME TRUST PERMISSIONS: creates the role, or changes what differs; its ARN is in $arn afterwards.',
  'role() {', '  local found', '  found=$(ask aws iam get-role --role-name "$1" --query Role.AssumeRolePolicyDocument --output json)',
  '  if [ -z "$found" ]; then', '    aws iam create-role --role-name "$1" --assume-role-policy-document "$2" --max-session-duration 3600 > /dev/null', '    said "Created the role $1"',
  '  elif ! same "$found" "$2"; then', '    aws iam update-assume-role-policy --role-name "$1" --policy-document "$2"', '    said "Changed whom the role $1 trusts"', '  fi',
  '  found=$(ask aws iam get-role-policy --role-name "$1" --policy-name deploy --query PolicyDocument --output json)',
  '  if ! same "$found" "$3"; then', '    aws iam put-role-policy --role-name "$1" --policy-name deploy --policy-document "$3"', '    said "Set what the role $1 may do"', '  fi',
  '  arn="arn:$partition:iam::$account:role/$1"', '}', '',
  'clients=$(ask aws iam get-open-id-connect-provider --open-id-connect-provider-arn "$provider" --query ClientIDList --output json)',
  'if [ -z "$clients" ]; then', '  aws iam create-open-id-connect-provider --url "$token_issuer" --client-id-list "$audience" > /dev/null', '  said "Created the identity provider $host"',
  "elif ! jq --exit-status --arg audience \"$audience\" 'index($audience) != null' <<< \"$clients\" > /dev/null; then", '  aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn "$provider" --client-id "$audience"', '  said "Added the audience $audience"', 'fi',
]

const access = [
  '# access CLUSTER ROLE NAMESPACE: lets the role edit one namespace.',
  'access() {', '  local found edit="arn:$partition:eks::aws:cluster-access-policy/AmazonEKSEditPolicy"',
  '  found=$(ask aws eks describe-access-entry --cluster-name "$1" --principal-arn "$2" --query accessEntry.principalArn --output text)',
  '  if [ -z "$found" ]; then aws eks create-access-entry --cluster-name "$1" --principal-arn "$2" > /dev/null; said "Let $2 into the cluster $1"; fi',
  '  found=$(ask aws eks list-associated-access-policies --cluster-name "$1" --principal-arn "$2" --query associatedAccessPolicies --output json)',
  "  if ! jq --exit-status --arg edit \"$edit\" --arg namespace \"$3\" 'any(.policyArn == $edit and .accessScope.namespaces == [$namespace])' <<< \"${found:-[]}\" > /dev/null; then",
  '    aws eks associate-access-policy --cluster-name "$1" --principal-arn "$2" --policy-arn "$edit" --access-scope "type=namespace,namespaces=$3" > /dev/null', '    said "Let $2 edit the namespace $3"', '  fi', '}',
]

const listed = (subjects: readonly Subject[], kind: 'exact' | 'pattern'): readonly string[] => subjects.flatMap((subject) => (kind in subject ? [`"${Object.values(subject)[0]}"`] : []))

function roleLines(identity: Identity, permissions: Permissions, naming: Naming): readonly string[] {
  const subjects = naming.subjects(identity)
  const statements = ([['StringEquals', listed(subjects, 'exact')], ['StringLike', listed(subjects, 'pattern')]] as const).flatMap(([operator, names]) => (names.length === 0 ? [] : [`trust ${operator} ${names.join(' ')}`]))
  const variables = ['region "$AWS_REGION"', 'account "$account"', 'partition "$partition"', ...Object.entries(permissions.variables).map(([name, variable]) => `${name} "$${variable}"`)]
  return [
    `trusted=$({ ${statements.join('; ')}; } | policy)`,
    `allowed=$(jq --null-input ${variables.map((variable) => `--arg ${variable}`).join(' ')} '{Version: "2012-10-17", Statement: [`, ...permissions.statements.map((statement, index) => `  ${statement}${index + 1 < permissions.statements.length ? ',' : ''}`), "]}')",
    `role "$ROLE_PREFIX-${identity.id}" "$trusted" "$allowed"`, ...permissions.after,
    `printf '%s\\n' "${identity.id}: ${identity.environment === null ? 'AWS_BUILD_ROLE_ARN' : 'AWS_ROLE_ARN'}=$arn"`,
  ]
}

/** deploy/trust-aws.sh: the identity provider and one role an identity; undefined when a target is not known well enough. */
export function trustAws(plan: Plan, naming: Naming, identities: readonly Identity[]): string | undefined {
  const known = identities.flatMap((identity) => {
    const permissions = awsPermissions(identity, plan.migration?.beside === identity.deploy.target.id)
    return permissions === undefined ? [] : [{ identity, permissions }]
  })
  if (known.length < identities.length || known.length === 0) return undefined
  const unique = (inputs: readonly Input[]): readonly Input[] => inputs.filter(({ name }, index) => inputs.findIndex((other) => other.name === name) === index)
  return trustScript({
    path: awsPath, programs: ['aws', 'jq'],
    purpose: 'Lets the pipeline sign in to AWS without a stored key: one role an environment. Run it once, signed in to AWS as somebody who may change IAM.',
    shared: [{ name: 'AWS_REGION', pattern: '[a-z]{2}(-[a-z]+)+-[0-9]', example: 'eu-central-1' }, { name: 'ROLE_PREFIX', pattern: `${plainName.replace('*', '{0,20}')}`, example: 'shop-ci' }, ...naming.inputs],
    identities: known.map(({ identity, permissions }) => ({ id: identity.id, inputs: unique([...naming.inputsOf?.(identity) ?? [], ...permissions.inputs]), lines: roleLines(identity, permissions, naming) })),
    prepare: [...prepare(naming), ...(known.some(({ permissions }) => permissions.after.length > 0) ? access : [])], finish: [],
  }, plan.header)
}
