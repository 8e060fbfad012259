import type { Variable } from '../variables.ts'
import { formatOf, logLevels, need, nodeEnvironments, quotedList, type ModuleInput } from './format.ts'

const zodFormat = (variable: Variable, environments: readonly string[]): string => {
  switch (formatOf(variable)) {
    case 'app-env': return `z.enum(${quotedList(environments)})`
    case 'node-env': return `z.enum(${quotedList(nodeEnvironments)})`
    case 'port': return 'z.coerce.number().int().min(1).max(65535).default(3000)'
    case 'log-level': return `z.enum(${quotedList(logLevels)}).default('info')`
    case 'url': return 'z.url({ protocol: /^https?$/ })'
    case 'switch': return `z.enum(['true', 'false']).default('false').transform((text) => text === 'true')`
    case 'text': return 'z.string().min(1)'
  }
}
const hasDefault = (variable: Variable): boolean => ['port', 'log-level', 'switch'].includes(formatOf(variable))

function zodLine(variable: Variable, environments: readonly string[]): string {
  const format = zodFormat(variable, environments)
  const when = need(variable, environments.length)
  const schema = hasDefault(variable) || when === 'always' ? format : when === 'never' ? `${format}.optional()` : `neededIn(${quotedList(variable.requiredIn)}, ${format})`
  return `  ${variable.name}: ${schema},`
}

/** Lines that keep secrets out of what is printed, and the call that uses them. */
function hidden({ variables }: ModuleInput, typed: boolean): { readonly lines: readonly string[], readonly of: (text: string) => string } {
  const secrets = variables.filter(({ secret }) => secret).map(({ name }) => name)
  if (secrets.length === 0) return { lines: [], of: (text) => text }
  return {
    lines: [
      '', `const secrets${typed ? ': readonly string[]' : ''} = ${quotedList(secrets)}`, '',
      '/** Printing, logging or serializing the result shows that a secret is set, never its value. */',
      typed ? 'function hideSecrets<Env extends object>(env: Env): Env {' : 'function hideSecrets(env) {',
      `  const shown = () => Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value !== undefined && secrets.includes(name) ? '[secret]' : value]))`,
      `  return Object.defineProperties(env, { toJSON: { value: shown }, [Symbol.for('nodejs.util.inspect.custom')]: { value: shown } })`,
      '}',
    ],
    of: (text) => `hideSecrets(${text})`,
  }
}

const someNeeded = ({ variables, environments }: ModuleInput): boolean => variables.some((variable) => !hasDefault(variable) && need(variable, environments.length) === 'some')

const neededIn = (typed: boolean, current: string): string => typed
  ? `/** Required in the named environments, optional elsewhere. */\nconst neededIn = <Schema extends z.ZodType>(names: readonly string[], schema: Schema) => (names.includes(${current}) ? schema : schema.optional())`
  : `/** Required in the named environments, optional elsewhere. */\nconst neededIn = (names, schema) => (names.includes(${current}) ? schema : schema.optional())`

/** What the file is, what it needs and who loads `.env`. */
const about = (name: string, typed: boolean): string[] => [
  '// Configuration of this service, checked at start. Run with: npm install ' + name,
  `//   import { env } from './env.${typed ? 'ts' : 'mjs'}'   // before anything else of the project; locally: node --env-file-if-exists=.env src/main.${typed ? 'ts' : 'mjs'}`,
]

/** A module that checks the environment with Zod and ends the program when something is missing. `typed` writes TypeScript. */
export function zodModule(input: ModuleInput, typed: boolean): string {
  const secret = hidden(input, typed)
  return [
    ...about('zod', typed), `import * as z from 'zod'`, '',
    '// The only place that reads process.env. An empty value counts as missing; no message repeats a value.',
    `const given${typed ? ': Record<string, string | undefined>' : ''} = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''))`,
    ...(someNeeded(input) ? ['', neededIn(typed, `given.APP_ENV ?? ''`)] : []), ...secret.lines, '',
    'const schema = z.object({', ...input.variables.map((variable) => zodLine(variable, input.environments)), '})', '',
    'const parsed = schema.safeParse(given)',
    'if (!parsed.success) {',
    '  for (const name of new Set(parsed.error.issues.map((issue) => String(issue.path[0])))) {',
    `    console.error(\`Configuration: \${name} is \${given[name] === undefined ? 'missing' : 'not in the expected form'}.\`)`,
    '  }',
    '  process.exit(1)',
    '}', '',
    `export const env = ${secret.of('parsed.data')}`,
    'console.info(`Configuration is complete for APP_ENV ${env.APP_ENV}.`)',
  ].join('\n')
}

/** The same for Next.js, where a server variable read in client code is an error. Throws, because the edge runtime cannot exit. */
export function t3Module(input: ModuleInput): string {
  const secret = hidden(input, true)
  const client = input.variables.filter(({ name }) => name.startsWith('NEXT_PUBLIC_'))
  const shared = input.variables.filter(({ name }) => name === 'NODE_ENV')
  const server = input.variables.filter((variable) => !client.includes(variable) && !shared.includes(variable))
  const lines = (variables: readonly Variable[]): string[] => variables.map((variable) => `  ${zodLine(variable, input.environments)}`)
  return [
    `import { createEnv } from '@t3-oss/env-nextjs'`, `import * as z from 'zod'`,
    ...(someNeeded(input) ? ['', neededIn(true, `process.env.APP_ENV ?? ''`)] : []), ...secret.lines, '',
    '// The only place that reads process.env. Import it in next.config too, so that a build without a variable fails.',
    `export const env = ${secret.of('createEnv({').replace(/\)$/, '')}`,
    '  server: {', ...lines(server), '  },', '  client: {', ...lines(client), '  },', '  shared: {', ...lines(shared), '  },',
    '  // Next.js replaces these by text when it builds, so each has to be written out.',
    '  experimental__runtimeEnv: {', ...[...client, ...shared].map(({ name }) => `    ${name}: process.env.${name},`), '  },',
    '  emptyStringAsUndefined: true,',
    '  onValidationError: (issues) => {',
    `    const names = new Set(issues.map(({ path }) => { const first = path?.[0]; return String(typeof first === 'object' ? first.key : first) }))`,
    '    // Names only: a message must never repeat a value.',
    `    throw new Error(\`Configuration: missing or not in the expected form: \${[...names].join(', ')}.\`)`,
    '  },', secret.lines.length === 0 ? '})' : '}))',
  ].join('\n')
}

const envalidFormat = (variable: Variable, environments: readonly string[]): string => {
  const optional = need(variable, environments.length) === 'never'
  const required = need(variable, environments.length) === 'some' ? `...neededIn(${quotedList(variable.requiredIn)})` : optional ? 'default: undefined' : ''
  switch (formatOf(variable)) {
    case 'app-env': return `str({ choices: ${quotedList(environments)} })`
    case 'node-env': return `str({ choices: ${quotedList(nodeEnvironments)} })`
    case 'port': return 'port({ default: 3000 })'
    case 'log-level': return `str({ choices: ${quotedList(logLevels)}, default: 'info' })`
    case 'switch': return 'bool({ default: false })'
    case 'url': return `httpUrl(${required === '' ? '' : `{ ${required} }`})`
    case 'text': return `str(${required === '' ? '' : `{ ${required} }`})`
  }
}

/** The same with envalid. `typed` writes TypeScript. */
export function envalidModule(input: ModuleInput, typed: boolean): string {
  const some = someNeeded(input)
  const secret = hidden(input, typed)
  const body = input.variables.map((variable) => `  ${variable.name}: ${envalidFormat(variable, input.environments)},`)
  const has = (name: string): boolean => body.some((text) => text.includes(` ${name}(`))
  const used = [...['bool', 'port', 'str'].filter(has), ...(has('httpUrl') ? ['EnvError', 'makeValidator'] : [])].sort()
  return [
    ...about('envalid', typed), `import { cleanEnv, ${used.join(', ')} } from 'envalid'`, '',
    '// The only place that reads process.env. An empty value counts as missing; no message repeats a value.',
    `const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''))`,
    ...(some ? ['', '/** Required in the named environments, optional elsewhere. */', typed ? `const neededIn = (names: readonly string[]) => (names.includes(given.APP_ENV ?? '') ? {} : { default: undefined })` : `const neededIn = (names) => (names.includes(given.APP_ENV ?? '') ? {} : { default: undefined })`] : []), 
    ...(has('httpUrl') ? ['', `const httpUrl = makeValidator${typed ? '<string>' : ''}((text) => {`, `  if (!['http:', 'https:'].includes(new URL(text).protocol)) throw new EnvError('not an http(s) URL')`, '  return text', '})'] : []),
    ...secret.lines, '',
    'const checked = cleanEnv(given, {', ...body, '}, {',
    '  reporter: ({ errors }) => {',
    '    const names = Object.keys(errors)',
    '    if (names.length === 0) return',
    `    for (const name of names) console.error(\`Configuration: \${name} is \${given[name] === undefined ? 'missing' : 'not in the expected form'}.\`)`,
    '    process.exit(1)',
    '  },', '})', '',
    // A copy, because what envalid gives cannot be extended.
    `export const env = ${secret.lines.length === 0 ? 'checked' : secret.of('{ ...checked }')}`,
    'console.info(`Configuration is complete for APP_ENV ${env.APP_ENV}.`)',
  ].join('\n')
}

