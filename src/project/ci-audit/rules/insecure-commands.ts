import { rule, type Hit } from '../model.ts'

/** Lines of any program's output may set variables, which later steps run. */
export const insecureCommands = rule({
  id: 'insecure-commands', severity: 'error',
  expected: 'values written to $GITHUB_ENV and $GITHUB_PATH',
  next: 'Remove ACTIONS_ALLOW_UNSECURE_COMMANDS, and replace ::set-env and ::add-path.',
  check: (file) => (file.provider !== 'github-actions' ? [] : [
    ...[file.env, ...file.jobs.flatMap(({ env, steps }) => [env, ...steps.map((step) => step.env)])].flat().filter(({ key, value }) => key === 'ACTIONS_ALLOW_UNSECURE_COMMANDS' && value.value.trim() === 'true').map(({ line, key }): Hit => ({ line, found: `${key}: true` })),
    ...file.jobs.flatMap(({ steps }) => steps.flatMap(({ run, line, last }) => (run === undefined ? [] : [...run.value.matchAll(/::(set-env|add-path)( name=|::)/g)].map((match): Hit => ({ line: run.lineAt(match.index), from: line, last, severity: 'warning', found: `::${match[1] ?? ''}, which runners refuse since 2020` }))))),
  ]),
})
