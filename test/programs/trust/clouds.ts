import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/** What a fake command line was asked, in order. */
export type Calls = readonly (readonly string[])[]

/**
 * Stand-ins for `aws`, `gcloud` and `az` that remember what was created: a question about something that was never made fails as the
 * real program does, and each call is written down. `behaviour` is the body of a function `(args, option, state, fail)` that returns the answer.
 */
export function fakeClouds(behaviours: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'trust-'))
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  const log = join(folder, 'calls.jsonl')
  for (const [program, behaviour] of Object.entries(behaviours)) {
    const path = join(bin, program)
    writeFileSync(path, `#!${process.execPath}
const fs = require('node:fs')
const args = process.argv.slice(2)
fs.appendFileSync(${JSON.stringify(log)}, JSON.stringify([${JSON.stringify(program)}, ...args]) + '\\n')
const file = ${JSON.stringify(join(folder, `${program}.json`))}
const state = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {}
const option = (name) => { const at = args.indexOf('--' + name); if (at !== -1) return args[at + 1]; const joined = args.find((one) => one.startsWith('--' + name + '=')); return joined === undefined ? undefined : joined.slice(name.length + 3) }
const fail = (text, code = 254) => { process.stderr.write(text + '\\n'); process.exit(code) }
const answer = ((args, option, state, fail) => { ${behaviour} })(args, option, state, fail)
fs.writeFileSync(file, JSON.stringify(state))
if (answer !== undefined && answer !== '') process.stdout.write((typeof answer === 'string' ? answer : JSON.stringify(answer)) + '\\n')
`)
    chmodSync(path, 0o755)
  }
  return {
    run(script: string, env: Readonly<Record<string, string>>, args: readonly string[] = []) {
      const path = join(folder, 'script.sh')
      writeFileSync(path, script)
      writeFileSync(log, '')
      const { status, stdout, stderr } = spawnSync('bash', [path, ...args], { env: { PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`, HOME: folder, TMPDIR: folder, ...env }, encoding: 'utf8', timeout: 60_000 })
      const calls: Calls = existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as string[]) : []
      return { status, stdout, stderr, calls }
    },
  }
}

/** The value of an option in a call. */
export const optionOf = (call: readonly string[] | undefined, name: string): string | undefined => {
  const at = call?.indexOf(`--${name}`) ?? -1
  return at === -1 ? call?.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3) : call?.[at + 1]
}

export const aws = `
  const [service, command] = args
  const missing = () => fail('An error occurred (NoSuchEntity) when calling the operation: it cannot be found.')
  const roles = state.roles ??= {}; const providers = state.providers ??= {}; const entries = state.entries ??= {}
  switch (command) {
    case 'get-caller-identity': return 'arn:aws:iam::123456789012:user/admin'
    case 'get-open-id-connect-provider': return providers[option('open-id-connect-provider-arn')] ?? missing()
    case 'create-open-id-connect-provider': providers['arn:aws:iam::123456789012:oidc-provider/' + option('url').slice(8)] = [option('client-id-list')]; return '{}'
    case 'add-client-id-to-open-id-connect-provider': providers[option('open-id-connect-provider-arn')].push(option('client-id')); return ''
    case 'get-role': return roles[option('role-name')]?.trust ?? missing()
    case 'create-role': roles[option('role-name')] = { trust: JSON.parse(option('assume-role-policy-document')) }; return '{}'
    case 'update-assume-role-policy': roles[option('role-name')].trust = JSON.parse(option('policy-document')); return ''
    case 'get-role-policy': return roles[option('role-name')]?.policy ?? missing()
    case 'put-role-policy': roles[option('role-name')].policy = JSON.parse(option('policy-document')); return ''
    case 'describe-access-entry': return entries[option('principal-arn')] === undefined ? fail('An error occurred (ResourceNotFoundException) when calling the operation') : option('principal-arn')
    case 'create-access-entry': entries[option('principal-arn')] = []; return '{}'
    case 'list-associated-access-policies': return entries[option('principal-arn')]
    case 'associate-access-policy': entries[option('principal-arn')].push({ policyArn: option('policy-arn'), accessScope: { type: 'namespace', namespaces: [option('access-scope').split('namespaces=')[1]] } }); return '{}'
    default: return fail('unexpected ' + args.join(' '))
  }
`

export const gcloud = `
  const name = args.slice(0, args.findIndex((one) => one.startsWith('--') || false) === -1 ? args.length : args.findIndex((one) => one.startsWith('--'))).join(' ')
  const missing = () => fail('ERROR: (gcloud) NOT_FOUND: it does not exist.', 1)
  const policies = state.policies ??= {}; const made = state.made ??= {}
  const policy = /^(.*) (get-iam-policy|add-iam-policy-binding) (\\S+)$/.exec(name)
  if (policy !== null) {
    const bindings = policies[policy[1] + ' ' + policy[3]] ??= []
    if (policy[2] === 'get-iam-policy') return { bindings }
    if (bindings.some(({ role, members }) => role === option('role') && members.includes(option('member')))) return fail('bound twice')
    bindings.push({ role: option('role'), members: [option('member')] })
    return '{}'
  }
  const pool = (which) => which + ' in ' + option('workload-identity-pool')
  const [, verb, what] = /(describe|create|create-oidc|update-oidc) (\\S+)$/.exec(name) ?? []
  if (name.startsWith('projects describe')) return '424242'
  if (name.startsWith('iam workload-identity-pools providers')) {
    if (verb === 'describe') return made[pool(what)] ?? missing()
    made[pool(what)] = { oidc: { issuerUri: option('issuer-uri'), ...(option('allowed-audiences') === undefined ? {} : { allowedAudiences: [option('allowed-audiences')] }) }, attributeCondition: option('attribute-condition'), attributeMapping: { 'google.subject': option('attribute-mapping').slice('google.subject='.length) } }
    return ''
  }
  if (name.startsWith('iam workload-identity-pools')) { if (verb === 'describe') return made[what] ?? missing(); made[what] = 'ACTIVE'; return '' }
  if (name.startsWith('iam service-accounts')) { const full = what.includes('@') ? what : what + '@' + option('project') + '.iam.gserviceaccount.com'; if (verb === 'describe') return made[full] ?? missing(); made[full] = full; return '' }
  return fail('unexpected ' + args.join(' '))
`

export const az = `
  const made = state.made ??= {}
  const missing = () => fail('ERROR: (ResourceNotFound) The resource was not found.', 3)
  const key = [option('identity-name'), option('name')].join('/')
  const [group, command, verb] = args
  if (group === 'account') return '11111111-1111-1111-1111-111111111111'
  if (group === 'identity' && command === 'show') return made[key] ?? missing()
  if (group === 'identity' && command === 'create') return made[key] = { clientId: 'client-of-' + option('name'), principalId: 'principal-of-' + option('name') }
  if (command === 'federated-credential') { if (verb === 'show') return made[key] ?? missing(); made[key] = { issuer: option('issuer'), subject: option('subject'), audiences: [option('audiences')] }; return '' }
  const role = [option('assignee') ?? option('assignee-object-id'), option('role'), option('scope')].join(' ')
  if (group === 'role' && verb === 'list') return made[role] ?? ''
  if (group === 'role' && verb === 'create') { if (made[role] !== undefined) return fail('assigned twice'); made[role] = 'id'; return '' }
  return fail('unexpected ' + args.join(' '))
`
