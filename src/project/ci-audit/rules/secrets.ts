import { rule, type CiFile, type Hit, type Job } from '../model.ts'
import { deploys, deploysIn, hasTrigger, publishes, secretsIn } from '../purpose.ts'
import { commandsOf } from '../shell.ts'
import { allTexts, entry, get, textIn } from '../tree.ts'

/** Secrets that only send coverage or messages are not worth an environment. */
const minor = /codecov|coveralls|slack|discord|teams|webhook_url|sonar|percy|chromatic|argos|cachix|turbo_/i

function githubHits(file: CiFile, job: Job): readonly Hit[] {
  if (job.environment !== undefined || job.uses !== undefined || hasTrigger(file, 'workflow_call')) return []
  const severity = deploys(job) || publishes(job) ? 'warning' : 'info'
  const seen = new Set<string>()
  return allTexts(job.tree).flatMap((text) => secretsIn(text.value).filter((name) => !minor.test(name) && !seen.has(name) && seen.add(name)).map((name): Hit => ({ line: text.lineAt(text.value.indexOf(name)), from: job.line, last: job.line, severity, found: `secret ${name} in job ${job.id}` })))
}

const scope: Partial<Readonly<Record<CiFile['provider'], { readonly key: string, readonly next: string }>>> = {
  gitlab: { key: 'environment', next: 'Add environment with its name, and scope and protect the variables for it.' },
  'azure-pipelines': { key: 'a deployment job with an environment', next: 'Use a deployment job with an environment, and put approvals and variable groups there.' },
  bitbucket: { key: 'deployment', next: 'Add deployment, and keep the variables in that deployment.' },
  circleci: { key: 'a context', next: 'Run the job with a context that is restricted to the branch.' },
}

/** Elsewhere secrets are not named in the file: what is seen is a deploy outside of anything that could hold them back. */
function otherHits(file: CiFile, job: Job): readonly Hit[] {
  const wanted = scope[file.provider]
  const step = job.steps.find(deploysIn)
  if (wanted === undefined || step === undefined || job.environment !== undefined || job.id.startsWith('.') || /^(commands|executors)\./.test(job.id) || get(job.tree, 'extends') !== undefined) return []
  return [{ line: step.line, from: job.line, last: step.last, severity: file.provider === 'circleci' ? 'info' : 'warning', found: `a deploy in ${job.id === '' ? 'steps' : job.id} without ${wanted.key}`, expected: wanted.key, next: wanted.next }]
}

/** Secrets that every job of the repository could read. */
export const secretsOutsideEnv = rule({
  id: 'secrets-outside-env', severity: 'info',
  expected: 'the secret in an environment, and the job in it',
  next: 'Move the secret into an environment with protection rules and name it in the job.',
  check: (file) => (file.kind !== 'pipeline' ? [] : file.jobs.flatMap((job) => (file.provider === 'github-actions' ? githubHits(file, job) : otherHits(file, job)))),
})

/** A called workflow gets every secret there is. */
export const secretsInherit = rule({
  id: 'secrets-inherit', severity: 'warning',
  expected: 'the secrets that the called workflow needs, by name',
  next: 'List them under secrets.',
  check: (file) => file.jobs.flatMap((job) => {
    const secrets = entry(job.tree, 'secrets')
    // A workflow of the same project is at least known; environment secrets reach it in no other way.
    const severity = job.uses?.value.startsWith('./') === true ? 'info' : 'warning'
    return secrets !== undefined && job.uses !== undefined && textIn(secrets.value)?.value === 'inherit' ? [{ line: secrets.line, severity, found: `secrets: inherit for ${job.uses.value}` }] : []
  }),
})

/** All secrets in one text, or one chosen while it runs: the runner must hold every one. */
export const overprovisionedSecrets = rule({
  id: 'overprovisioned-secrets', severity: 'warning',
  expected: 'single secrets by name',
  next: 'Name each secret that is needed.',
  check: (file) => (file.provider !== 'github-actions' ? [] : allTexts(file.tree).flatMap((text) => [...text.value.matchAll(/\$\{\{[^}]{0,500}?(tojson\(\s*secrets\s*\)|\bsecrets\[(?!\s*')[^\]]*\])/gi)].map((match): Hit => ({ line: text.lineAt(match.index), found: match[1] ?? '' })))),
})

const secretName = /\$\{?(?:env:)?[A-Z0-9_]*(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|CREDENTIALS?)[A-Z0-9_]*\b/i
/** Names that tell about a secret and hold none. */
const about = /(_FILE|_PATH|_NAME|_URL|_ID|_LENGTH|_TTL|_TYPE)\}?$/i

/** Secrets written where everybody who may read logs can read them. */
export const secretsInLogs = rule({
  id: 'secrets-in-logs', severity: 'warning',
  expected: 'no secret in the output',
  next: 'Remove the line; masking fails for parts and encodings of a secret.',
  check: (file) => file.jobs.flatMap((job) => job.steps.flatMap((step) => (step.run === undefined ? [] : commandsOf(step.run).flatMap(({ words, text, line, pipedTo, redirected }): readonly Hit[] => {
    const prints = /^(echo|printf|write-host|write-output)$/i.test(words[0] ?? '') && words.slice(1).some((word) => { const name = secretName.exec(word)?.[0]; return name !== undefined && !about.test(name) && !/\$\{[^}]*:[+?]|::add-mask::|##vso\[/.test(text) })
    const inExpression = /^(echo|printf)$/.test(words[0] ?? '') && secretsIn(text).length > 0 && !text.includes('::add-mask::')
    return (prints || inExpression) && pipedTo === undefined && !redirected && !/'[^']*\$[^']*'/.test(text) ? [{ line, from: step.line, last: step.last, found: text }] : []
  })))),
})
