import { spawnSync } from 'node:child_process'
import { decide } from '../../../../src/tools/env-matrix/decide.ts'
import { writeFiles } from '../../../../src/tools/env-matrix/files.ts'
import type { Input } from '../../../../src/tools/env-matrix/input.ts'
import type { Variable } from '../../../../src/tools/env-matrix/variables.ts'
import { asOf, knowledge } from '../../../support/knowledge.ts'

// Sheets are read before the clock of the first test starts.
knowledge()

export const planned = (input: Input) => {
  const outcome = decide(input, knowledge(), asOf)
  return { outcome, files: writeFiles(outcome, knowledge(), asOf), variables: outcome.decision.variables }
}

export const secretValue = 'v4lue-nobody-may-see'
const given = (variable: Variable, environment: string): string => {
  if (variable.name === 'APP_ENV') return environment
  if (variable.name === 'NODE_ENV') return 'production'
  if (variable.name === 'PORT') return '8123'
  if (variable.name === 'LOG_LEVEL') return 'warn'
  if (variable.name === 'APP_VERSION') return '1.4.2'
  if (variable.category === 'internal-url') return `https://${secretValue}.example`
  return variable.name.startsWith('ENABLE_') ? 'true' : secretValue
}

/** Everything an environment needs, and nothing of the machine the test runs on. */
export const complete = (variables: readonly Variable[], environment: string): Record<string, string> => Object.fromEntries(variables.map((variable) => [variable.name, given(variable, environment)]))
export const needed = (variables: readonly Variable[], environment: string): Variable[] => variables.filter(({ requiredIn }) => requiredIn.includes(environment as never))

/** Wrong values by name; none may be repeated by a message. */
export const malformed: readonly (readonly [name: string, value: string])[] = [
  ['APP_ENV', `moon-${secretValue}`], ['PORT', `80${secretValue}`], ['PORT', '70000'], ['LOG_LEVEL', secretValue], ['ENABLE_BETA_FEATURES', 'ture'], ['API_SERVER_URL', secretValue], ['API_SERVER_URL', `javascript:${secretValue}`],
]

export const base: Input = { stage: 'growth', services: 2, hosting: 'railway', decisions: { auth: 'clerk', errors: 'sentry', flags: 'env-var' } }

/** True when a program can be started. */
export const has = (program: string, ...version: string[]): boolean => spawnSync(program, version, { stdio: 'ignore' }).status === 0

/** A Python that has a module: the one of the path, else the one of the system. The interpreter itself, because a version manager's wrapper costs half a second a start. */
export const interpreter = (module: string): string | undefined => {
  const first = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).stdout?.trim() ?? ''
  return [first, '/usr/bin/python3'].find((python) => python !== '' && has(python, '-c', `import ${module}`))
}
