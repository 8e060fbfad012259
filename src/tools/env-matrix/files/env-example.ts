import type { Variable, VariableCategory } from '../variables.ts'
import { defaultPort, formatOf, isPortable } from './format.ts'

const headings: Readonly<Record<VariableCategory, string>> = {
  service: 'Service', database: 'Databases, caches and queues', 'third-party': 'Products of others', flag: 'Feature flags', 'internal-url': 'Addresses of our own services',
}

/** Values that are right on a developer's machine and tell nobody anything. Everything else stays empty. */
function localValue(variable: Variable, language: string | null): string {
  if (variable.secret) return ''
  // Nothing listens for telemetry there.
  if (variable.name === 'OTEL_SDK_DISABLED') return 'true'
  switch (formatOf(variable)) {
    case 'app-env': return 'local'
    case 'node-env': return 'development'
    case 'port': return String(defaultPort(language))
    case 'log-level': return 'debug'
    case 'switch': return 'false'
    default: return ''
  }
}

/** `.env.example`: every name once, no secret, grouped by category. */
export function envExample(variables: readonly Variable[], language: string | null): string {
  const categories = [...new Set(variables.map(({ category }) => category))]
  const group = (category: VariableCategory): string => [
    `# ${headings[category]}`,
    ...variables.filter((variable) => variable.category === category).flatMap((variable) => [
      `# ${variable.secret ? 'secret, ' : ''}${variable.requiredIn.length === 0 ? 'optional' : `needed in ${variable.requiredIn.join(', ')}`}${isPortable(variable.name) ? '' : '; not checked at start: its name is not in capitals'}`,
      `${variable.name}=${localValue(variable, language)}`,
    ]),
  ].join('\n')
  return ['# Copy to .env, which Git ignores, and fill in. Names only: no value of a secret belongs in this file.', ...categories.map(group)].join('\n\n')
}
