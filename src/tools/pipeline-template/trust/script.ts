/** A setting that a script reads from its environment. `pattern` is a Bash regular expression for the whole value. */
export interface Input { readonly name: string, readonly pattern: string, readonly example: string, readonly fallback?: string }

export const uuid = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}'
/** A name without anything that a shell, JSON, a policy's wildcard or an expression reads as something else. */
export const plainName = '[A-Za-z0-9][A-Za-z0-9._-]*'

/** What a script says about itself, and what it does. Lines are Bash; nothing in them comes from a user's text. */
export interface Script {
  readonly path: string
  readonly purpose: string
  readonly programs: readonly string[]
  /** Settings that every run needs. */
  readonly shared: readonly Input[]
  readonly identities: readonly { readonly id: string, readonly inputs: readonly Input[], readonly lines: readonly string[] }[]
  /** Functions and questions before the first change. */
  readonly prepare: readonly string[]
  /** Lines after the last change. */
  readonly finish: readonly string[]
}

const quoted = (text: string): string => `'${text.replace(/'/g, "'\\''")}'`
const check = ({ name, pattern, example, fallback }: Input): readonly string[] => [
  ...(fallback === undefined ? [] : [`${name}="\${${name}:-${fallback}}"`]), `need ${name} ${quoted(`^${pattern}$`)} ${quoted(example)}`,
]
const described = ({ name, example, fallback }: Input): string => `  ${name.padEnd(34)} ${fallback === undefined ? `like ${example}` : `${fallback} unless set`}`
const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`)

/** A whole script: it checks every setting before it changes anything, and a second run changes only what differs. */
export function trustScript({ path, purpose, programs, shared, identities, prepare, finish }: Script, header: readonly string[]): string {
  const ids = identities.map(({ id }) => id)
  const inputs = [...shared, ...identities.flatMap((identity) => identity.inputs)]
  return [
    '#!/usr/bin/env bash', ...header.map((line) => `# ${line}`), `# ${purpose}`, 'set -euo pipefail', 'export LC_ALL=C', '',
    'usage() {', "  cat <<'USAGE'", `Usage: NAME=value ... bash ${path} [identity ...]`, `Identities: ${ids.join(' ')} (all when none is named)`, 'Settings, from the environment:', ...inputs.map(described), 'USAGE', '}',
    'fail() { printf \'%s\\n\' "$1" >&2; exit 2; }',
    '# need NAME PATTERN EXAMPLE: the value has to be the expected form as a whole.',
    'need() { [[ "${!1:-}" =~ $2 ]] || fail "$1 is not set or has an unexpected form, expected something like $3"; }',
    'said() { printf \'%s\\n\' "$1" >&2; }', '',
    'wanted=("$@")', `if [ "\${#wanted[@]}" -eq 0 ]; then wanted=(${ids.join(' ')}); fi`,
    'for one in "${wanted[@]}"; do', '  case "$one" in', `    ${ids.join('|')}) ;;`, '    -h|--help) usage; exit 0 ;;', '    *) usage >&2; fail "Unexpected identity: $one" ;;', '  esac', 'done',
    'wants() { local one; for one in "${wanted[@]}"; do if [ "$one" = "$1" ]; then return 0; fi; done; return 1; }', '',
    ...programs.map((program) => `command -v ${program} > /dev/null || fail "${program} is not installed"`), ...shared.flatMap(check),
    ...identities.flatMap(({ id, inputs: own }) => (own.length === 0 ? [] : [`if wants ${id}; then`, ...indented(own.flatMap(check)), 'fi'])), '',
    ...prepare, '', ...identities.flatMap(({ id, lines }) => [`if wants ${id}; then`, ...indented(lines), 'fi', '']), ...finish,
  ].join('\n')
}
