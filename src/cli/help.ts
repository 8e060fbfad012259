import type { Call } from '../engine/engine.ts'

interface Shown { readonly type?: string, readonly enum?: readonly string[], readonly items?: { readonly enum?: readonly string[] }, readonly description?: string }

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** The list of commands. */
export function helpText(calls: readonly Call[]): string {
  const width = Math.max(...calls.map(({ name }) => name.length))
  return [
    'Usage: node operational-patterns.cjs <command> [--project DIR|FILE] [--json] [--input FILE|-] [--records FILE,FILE] [--name value …]',
    'Without a command: an MCP server on standard input and output.',
    '',
    ...calls.map(({ name, description }) => `  ${name.padEnd(width)}  ${description}`),
    '',
    'Options of a command: <command> --help. Results go to standard output, progress and errors to standard error.',
    'Exit codes: 0 fine, 1 findings, 2 wrong input, 3 a defect.',
    '',
  ].join('\n')
}

/** The options of one command. */
export function helpFor(call: Call): string {
  const properties = ((call.helpSchema ?? call.inputSchema)()['properties'] ?? {}) as Record<string, Shown>
  const rows = Object.entries(properties).map(([name, shown]) => {
    const allowed = shown.enum ?? shown.items?.enum
    const words = [shown.description, allowed === undefined ? undefined : allowed.join(' | '), shown.type === 'array' ? '(list, separated by commas)' : undefined]
    return `  --${kebab(name)}  ${words.filter((word) => word !== undefined).join(' ') || shown.type || ''}`.trimEnd()
  })
  return `${call.name}: ${call.description}\n\n${rows.join('\n')}\n`
}
