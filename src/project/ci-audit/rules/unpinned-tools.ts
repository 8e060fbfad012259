import { rule, type CiFile, type Hit, type Job, type Step } from '../model.ts'
import { actionOf } from '../purpose.ts'
import { commandsOf, type Command } from '../shell.ts'

type Verdict = Pick<Hit, 'severity' | 'expected' | 'next'>

const isOption = (word: string): boolean => word.startsWith('-')
const isVariable = (word: string): boolean => /\$|\$\{\{|<<|%\w+%/.test(word)
/** Arguments that name packages: no options, no values of options that take one. */
function packagesIn(words: readonly string[], valued: RegExp): readonly string[] {
  return words.filter((word, index) => !isOption(word) && !isVariable(word) && !(valued.test(words[index - 1] ?? '') && !(words[index - 1] ?? '').includes('=')))
}

const fixedNpm = (name: string): boolean => /^(@[^/]+\/)?[^@]+@(?!latest$|next$|beta$)\S+$/.test(name) || /^(\.|\/|file:|https?:|git\+)/.test(name) || /\.tgz$/.test(name)
const fixedPython = (name: string): boolean => /===?|@\s*(https?|git\+)|^(\.|\/|git\+|https?:)|\.whl$|\.tar\.gz$|^["']?\.\[/.test(name)
const packagers = /^(pip|setuptools|wheel|virtualenv)$/

const pin: Verdict = { expected: 'a fixed version', next: 'Name the version, or add the tool to the lockfile.' }

function installFault(words: readonly string[]): Verdict | undefined {
  const [program = '', ...rest] = words[0] === 'python' || words[0] === 'python3' || words[0] === 'py' ? (words[1] === '-m' ? words.slice(2) : words) : words
  const verb = rest.find((word) => !isOption(word)) ?? ''
  const after = rest.slice(rest.indexOf(verb) + 1)
  if (/^pip\d?(\.\d+)?$/.test(program) && verb === 'install') {
    if (after.some((word) => /^(--require-hashes|--no-index)$/.test(word))) return undefined
    const loose = packagesIn(after, /^(-r|--requirement|-c|--constraint|-e|--editable|-t|--target|-i|--index-url|--extra-index-url|-f|--find-links|--prefix|--root|--progress-bar|--python|--timeout|--retries|--trusted-host|--log|--cache-dir|--upgrade-strategy|--only-binary|--no-binary|--group)$/).filter((name) => !fixedPython(name))
    if (loose.length === 0 || after.some((word) => /^(-c|--constraint)/.test(word))) return undefined
    return { ...pin, severity: loose.every((name) => packagers.test(name)) ? 'info' : 'warning', expected: 'a version (`==`), or a requirements file with hashes' }
  }
  if ((program === 'pipx' && verb === 'install') || (program === 'uv' && verb === 'tool' && after[0] === 'install')) {
    const named = packagesIn(program === 'uv' ? after.slice(1) : after, /^(--python|--from|--with)$/)
    return named.length > 0 && named.every((name) => !fixedPython(name) && !/@\d/.test(name)) ? pin : undefined
  }
  if (program === 'npm' && /^(install|i|add)$/.test(verb)) {
    const named = packagesIn(after, /^(--prefix|-C|--registry|--loglevel|--workspace|-w|--cache|--tag|--omit|--include)$/)
    if (named.length > 0) return named.every(fixedNpm) ? undefined : pin
    const isGlobal = rest.some((word) => /^(-g|--global|--package-lock-only)$/.test(word))
    return isGlobal || rest.some(isVariable) ? undefined : { expected: '`npm ci`', next: 'Use npm ci, which installs what the lockfile names and fails when it does not fit.' }
  }
  if (/^(pnpm|yarn|bun)$/.test(program) && (verb === 'add' || (verb === 'global' && after[0] === 'add'))) {
    const named = packagesIn(verb === 'global' ? after.slice(1) : after, /^(--filter|-F|--dir|-C|--cwd)$/)
    return named.length > 0 && !named.every(fixedNpm) ? pin : undefined
  }
  if (/^(pnpm|yarn|bun)$/.test(program) && words.some((word) => /^--no-(frozen-lockfile|immutable)$|^--(frozen-lockfile|immutable)=false$/.test(word))) return { expected: 'a locked install', next: 'Remove the option.' }
  if (program === 'gem' && /^(install|i)$/.test(verb) && !after.some((word) => /^(-v|--version)/.test(word)) && packagesIn(after, /^-/).some((name) => !/:\d/.test(name) && !/\.gem$/.test(name))) return pin
  if (program === 'cargo' && verb === 'install' && !after.some((word) => /^(--path|--git|--version|--vers|--list)/.test(word)) && packagesIn(after, /^(--features|--root|--target|-j|--bin|--profile)$/).some((name) => !/@\d/.test(name))) return pin
  if (program === 'dotnet' && verb === 'tool' && /^(install|update)$/.test(after[0] ?? '') && !after.some((word) => /^--version/.test(word))) return pin
  return undefined
}

function runnerFault(words: readonly string[], installed: boolean): Verdict | undefined {
  const [program = '', second = ''] = words
  const isDlx = (/^(pnpm|yarn)$/.test(program) && second === 'dlx') || (program === 'npm' && second === 'exec') || program === 'npx' || program === 'bunx' || program === 'uvx'
  if (!isDlx) return undefined
  const rest = words.slice(program === 'npx' || program === 'bunx' || program === 'uvx' ? 1 : 2)
  const asks = rest.some((word) => /^(-y|--yes)$/.test(word))
  const flag = rest.findIndex((word) => /^(-p|--package|--from)$/.test(word))
  const inline = rest.find((word) => /^--(package|from)=/.test(word))?.split('=')[1]
  const name = inline ?? (flag >= 0 ? rest[flag + 1] : rest.find((word) => !isOption(word)))
  if (name === undefined || isVariable(name) || rest.includes('--no-install') || rest.includes('--no')) return undefined
  if (program === 'uvx') return fixedPython(name) || /@\d/.test(name) ? undefined : pin
  if (fixedNpm(name)) return undefined
  // After an install npx runs what the lockfile named.
  return installed && (program === 'npx' || program === 'npm' || program === 'bunx') && !asks && !/@(latest|next)$/.test(name) ? undefined : pin
}

const shells = /^(ba|z|da|k)?sh$|^(python3?|node|perl|ruby|iex|invoke-expression)$/i
function pipeFault({ words, text, pipedTo }: Command): Verdict | undefined {
  const downloads = /^(curl|wget|iwr|irm|invoke-webrequest|invoke-restmethod)$/i.test(words[0] ?? '')
  const target = pipedTo?.filter((word) => !isOption(word))[0] ?? ''
  const fetched = /^(ba|z)?sh$|^source$|^\.$|^eval$/.test(words[0] ?? '') && /[<$]\(\s*(curl|wget)\b/.test(text)
  // An address with a commit in it is one content for ever; the machine itself is no stranger.
  const isLocal = words.some((word) => /^https?:\/\/(localhost|127\.0\.0\.1)|\/[0-9a-f]{40}\//.test(word))
  return ((downloads && shells.test(target) && !/^(python3?|node)$/.test(target)) || (downloads && /^(python3?|node)$/.test(target) && /^-?$/.test(pipedTo?.slice(1).join('') ?? '')) || fetched) && !isLocal ? { expected: 'a fixed download whose checksum is tested', next: 'Download a named version, compare its SHA-256, then run it; or use a pinned action or image.' } : undefined
}

const isInstall = ({ words }: Command): boolean => /^(npm (ci|i|install)|pnpm (i|install)|yarn( install)?$|yarn install|bun (ci|i|install)|corepack yarn)/.test(words.join(' '))

function commandHits(job: Job): readonly Hit[] {
  let installed = false
  return job.steps.flatMap((step): readonly Hit[] => {
    if (step.run === undefined) {
      installed ||= /install|setup/.test(`${actionOf(step)} ${step.name}`) && !/^actions\/setup-|pnpm\/action-setup$|setup-bun$|setup-uv$/.test(actionOf(step))
      return []
    }
    return commandsOf(step.run).flatMap((command): readonly Hit[] => {
      installed ||= isInstall(command)
      const latest = /^(npx|npm|pnpm|yarn|bun|bunx|go|deno|uvx|pipx|corepack)$/.test(command.words[0] ?? '') && command.words.some((word) => /^[^-\s$].*@latest$/.test(word))
      const found = (latest ? pin : undefined) ?? pipeFault(command) ?? runnerFault(command.words, installed) ?? installFault(command.words)
      return found === undefined ? [] : [{ line: command.line, from: step.line, last: step.last, found: command.pipedTo === undefined || latest ? command.text : `${command.text} | ${command.pipedTo[0] ?? ''}`, ...found }]
    })
  })
}

/** Set-up actions that take the newest version when none is named, with the inputs that name one. */
const setups: Readonly<Record<string, RegExp>> = {
  'actions/setup-node': /^node-version/, 'actions/setup-python': /^python-version/, 'actions/setup-go': /^go-version/, 'actions/setup-java': /^java-version/, 'hashicorp/setup-terraform': /^terraform_version/, 'azure/setup-helm': /^version$/, 'azure/setup-kubectl': /^version$/, 'superfly/flyctl-actions/setup-flyctl': /^version$/, 'aquasecurity/setup-trivy': /^version$/, 'denoland/setup-deno': /^deno-version/,
}

function actionHits(step: Step): readonly Hit[] {
  const wanted = setups[actionOf(step)]
  const floats = step.with.find(({ key, value }) => /version$/.test(key) && /^(latest|\*|x)$/.test(value.value.trim()))
  const place = { from: step.line, last: step.last, expected: 'a fixed version', next: 'Name the version, or the file that holds it.' }
  if (floats !== undefined) return [{ line: floats.line, ...place, found: `${floats.key}: ${floats.value.value} for ${actionOf(step)}` }]
  return wanted !== undefined && !step.with.some(({ key }) => wanted.test(key)) ? [{ line: step.uses?.line ?? step.line, ...place, severity: actionOf(step).startsWith('actions/') ? 'info' : 'warning', found: `${actionOf(step)} without a version` }] : []
}

const circleDocker = (file: CiFile): readonly Hit[] => (file.provider !== 'circleci' ? [] : file.jobs.flatMap(({ steps }) => steps.filter(({ name, run, with: given }) => run === undefined && name === 'setup_remote_docker' && !given.some(({ key }) => key === 'version')).map(({ line }): Hit => ({ line, severity: 'info', found: 'setup_remote_docker without a version', expected: 'a fixed version' }))))

/** Programs that are the newest there is on the day the pipeline runs. */
export const unpinnedTools = rule({
  id: 'unpinned-tools', severity: 'warning', ...pin, expected: 'a fixed version', next: 'Name the version.',
  check: (file) => [...file.jobs.flatMap((job) => [...commandHits(job), ...job.steps.flatMap(actionHits)]), ...circleDocker(file)],
})
