import type { Variable } from '../variables.ts'

/** How the text of a variable is checked. Connection strings stay `text`: several hosts or a file path are no URL. */
export type Format = 'app-env' | 'node-env' | 'port' | 'log-level' | 'url' | 'switch' | 'text'

export function formatOf(variable: Variable): Format {
  if (variable.name === 'APP_ENV') return 'app-env'
  if (variable.name === 'NODE_ENV') return 'node-env'
  if (variable.name === 'PORT') return 'port'
  if (variable.name === 'LOG_LEVEL') return 'log-level'
  if (variable.category === 'internal-url') return 'url'
  return variable.category === 'flag' && /^(ENABLE_|FEATURE_|FLAG_)/.test(variable.name) ? 'switch' : 'text'
}

export interface ModuleInput { readonly variables: readonly Variable[], readonly environments: readonly string[] }

export const logLevels = ['debug', 'info', 'warn', 'error'] as const
export const nodeEnvironments = ['development', 'test', 'production'] as const
const defaultPorts: Readonly<Record<string, number>> = { typescript: 3000, javascript: 3000, python: 8000 }
/** The port a service of this language listens on when nothing is set. */
export const defaultPort = (language: string | null): number => defaultPorts[language ?? ''] ?? 8080

/** True for names that are identifiers in every language we write. */
export const isPortable = (name: string): boolean => /^[A-Z][A-Z0-9_]*$/.test(name)

/** `always` in every environment, `never` optional, `some` in those listed. */
export const need = (variable: Variable, environments: number): 'always' | 'some' | 'never' =>
  variable.requiredIn.length === 0 ? 'never' : variable.requiredIn.length === environments ? 'always' : 'some'

/** Single-quoted text of JavaScript and Python; callers pass identifiers and ids only. */
export const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`
export const quotedList = (texts: readonly string[]): string => `[${texts.map(quoted).join(', ')}]`

/** Double-quoted arguments of Go, Java and C#; callers pass identifiers and ids only. */
export const args = (texts: readonly string[]): string => texts.map((text) => JSON.stringify(text)).join(', ')
