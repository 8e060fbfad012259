import { fencedIn, textSources } from '../expression.ts'
import { rule, type CiFile, type Hit, type Job, type Setting, type Severity, type Step } from '../model.ts'
import { actionOf, input, isPullRequestOnly, startedByStrangers } from '../purpose.ts'
import { commandsOf } from '../shell.ts'
import { get, textIn, textsIn, type TreeText } from '../tree.ts'
import { userVariables, writerOf, type Writer } from '../user-text.ts'

/** Inputs of actions that are run as a program. */
const codeInputs: Readonly<Record<string, readonly string[]>> = {
  'actions/github-script': ['script'], 'azure/cli': ['inlinescript'], 'azure/powershell': ['inlinescript'], 'appleboy/ssh-action': ['script'], 'amadevus/pwsh-script': ['script'],
  'jannekem/run-python-script-action': ['script'], 'cardinalby/js-eval-action': ['expression'], 'addnab/docker-run-action': ['run', 'options'], 'nick-fields/retry': ['command'], 'mikefarah/yq': ['cmd'],
}

const scriptsOf = (step: Step): readonly TreeText[] => [...(step.run === undefined ? [] : [step.run]), ...(codeInputs[actionOf(step)] ?? []).flatMap((name) => input(step, name) ?? [])]
const typeless = ['boolean', 'number', 'choice', 'environment']

/** Who writes an input: nobody where its type leaves no room for text. */
function inputWriter(file: CiFile, name: string): Writer | undefined {
  // An action that others use gets whatever they pass; those below .github are called by this project only.
  if (file.kind === 'action') return file.path.startsWith('.github/') ? 'pipeline' : 'pusher'
  const types = file.triggers.flatMap(({ tree }) => get(tree, 'inputs', name) ?? []).map((declared) => textIn(get(declared, 'type'))?.value ?? 'string')
  return types.length > 0 && types.every((type) => typeless.includes(type)) ? undefined : 'pipeline'
}

const byRisk: readonly (Writer | undefined)[] = ['anybody', 'pusher', 'pipeline', undefined]
const worst = (writers: readonly (Writer | undefined)[]): Writer | undefined => byRisk.find((writer) => writers.includes(writer))

function sourceWriter(source: string, file: CiFile, job: Job, step: Step, depth = 0): Writer | undefined {
  const [scope, name = ''] = source.split('.')
  const event = /^github\.event\.inputs\.([\w-]+)/.exec(source)?.[1]
  if (scope === 'inputs' || event !== undefined) return inputWriter(file, inputName(file, event ?? name))
  if (scope === 'matrix') return isStaticMatrix(job, name) ? undefined : 'pipeline'
  // Under pull_request the ref is refs/pull/<number>/merge.
  if (/^github\.ref(_name)?$/.test(source) && isPullRequestOnly(file)) return undefined
  if (scope !== 'env') return writerOf(source)
  const set: Setting | undefined = [step.env, job.env, file.env].map((settings) => settings.find(({ key }) => key.toLowerCase() === name)).find((setting) => setting !== undefined)
  if (set === undefined) return 'pipeline'
  return depth > 3 ? undefined : worst(fencedIn(set.value.value).flatMap(({ body }) => textSources(body)).map((inner) => sourceWriter(inner, file, job, step, depth + 1)))
}

/** The input as it is declared: expressions do not care about case. */
const inputName = (file: CiFile, name: string): string => file.triggers.flatMap(({ tree }) => { const inputs = get(tree, 'inputs'); return inputs?.kind === 'map' ? inputs.entries : [] }).find(({ key }) => key.toLowerCase() === name)?.key ?? name

function isStaticMatrix(job: Job, name: string): boolean {
  const matrix = get(job.tree, 'strategy', 'matrix')
  if (matrix?.kind !== 'map') return false
  const own = matrix.entries.find(({ key }) => key.toLowerCase() === name)
  return own === undefined ? get(matrix, 'include')?.kind === 'list' : own.value.kind === 'list' && textsIn(own.value).every(({ value }) => !value.includes('${{'))
}

function severityOf(writer: Writer, file: CiFile): Severity {
  if (writer === 'anybody') return startedByStrangers(file) ? 'error' : 'warning'
  return writer === 'pusher' ? 'warning' : 'info'
}

const github = (file: CiFile): readonly Hit[] => file.jobs.flatMap((job) => job.steps.flatMap((step) => scriptsOf(step).flatMap((script) => fencedIn(script.value).flatMap(({ body, index }): readonly Hit[] => {
  const writer = worst(textSources(body).map((source) => sourceWriter(source, file, job, step)))
  return writer === undefined ? [] : [{ line: script.lineAt(index), from: step.line, last: step.last, severity: severityOf(writer, file), found: `\${{${body}}} inside a script` }]
}))))

interface Macro { readonly pattern: RegExp, readonly severity: Severity }
/** What other providers write into a script before the shell sees it. */
const macros: Readonly<Record<CiFile['provider'], readonly Macro[]>> = {
  'github-actions': [],
  gitlab: [{ pattern: /\$\[\[\s{0,9}inputs\.[^\]]{0,300}\]\]/g, severity: 'info' }],
  bitbucket: [],
  'azure-pipelines': [
    { pattern: /\$\((Build\.SourceVersionMessage|System\.PullRequest\.SourceBranch(Name)?)\)/gi, severity: 'error' },
    { pattern: /\$\(Build\.(SourceBranch(Name)?|RequestedFor)\)/gi, severity: 'warning' },
    { pattern: /\$\{\{[^}]{0,300}?\bparameters\.[^}]{0,300}\}\}/g, severity: 'info' },
  ],
  circleci: [
    { pattern: /<<\s{0,9}pipeline\.(git\.commit\.(subject|body|author_name|author_email)|event\.[\w.]{0,200}(title|body|message|head\.ref|label|name)|trigger_parameters\.[\w.]{0,200}(message|title|body|description|author|name|branch|ref))\s*>>/g, severity: 'error' },
    { pattern: /<<\s{0,9}pipeline\.(git\.(branch|tag)|trigger_parameters\.[\w.]{1,200})\s*>>/g, severity: 'warning' },
    { pattern: /<<\s{0,9}pipeline\.parameters\.[\w-]+\s*>>/g, severity: 'info' },
  ],
}

/** True when a parameter of the file cannot hold free text. */
function isTyped(file: CiFile, text: string): boolean {
  const name = /(?:parameters|inputs)\.([\w-]+)/.exec(text)?.[1]
  if (name === undefined) return false
  const parameters = get(file.tree, 'parameters')
  const declared = parameters?.kind === 'list' ? parameters.items.find((item) => textIn(get(item, 'name'))?.value === name) : get(parameters, name)
  const type = textIn(get(declared, 'type'))?.value
  return ['boolean', 'number', 'integer', 'enum'].includes(type ?? '') || get(declared, 'values') !== undefined
}

const others = (file: CiFile): readonly Hit[] => file.jobs.flatMap(({ steps }) => steps.flatMap((step) => (step.run === undefined ? [] : macros[file.provider].flatMap(({ pattern, severity }, at) => {
  const script = step.run as TreeText
  // The worst comes first: what it finds is not found again.
  const worse = macros[file.provider].slice(0, at)
  return [...script.value.matchAll(pattern)].filter(([text]) => !isTyped(file, text) && !worse.some((macro) => text.search(macro.pattern) >= 0)).map((match): Hit => ({ line: script.lineAt(match.index), from: step.line, last: step.last, severity, found: `${match[0]} inside a script` }))
}))))

/** A variable is safe as data; here a shell is told to read its text as a program. */
const evaluated = (file: CiFile): readonly Hit[] => file.jobs.flatMap(({ steps }) => steps.flatMap((step) => (step.run === undefined ? [] : commandsOf(step.run).flatMap(({ words, text, line }): readonly Hit[] => {
  const program = words[0] === 'eval' ? words.slice(1) : /^(ba|z|da)?sh$/.test(words[0] ?? '') && words[1] === '-c' ? words.slice(2, 3) : []
  // In single quotes the outer shell leaves the name alone, and the inner one reads it as data.
  return program.some((word) => userVariables.test(word)) && (words[0] === 'eval' || !/-c\s+'/.test(text)) ? [{ line, from: step.line, last: step.last, severity: 'error', found: text }] : []
}))))

/** Text of people is written into a program before it runs. */
export const templateInjection = rule({
  id: 'template-injection', severity: 'error',
  expected: 'the value in an environment variable, used as "$NAME"',
  next: 'Set it under env (or variables) of the step and use the quoted variable in the script.',
  check: (file) => [...(file.provider === 'github-actions' ? github(file) : others(file)), ...evaluated(file)],
})
