import type { Variable } from '../variables.ts'
import { args, defaultPort, formatOf, logLevels, need, nodeEnvironments, type Format, type ModuleInput } from './format.ts'
import { memberNames } from './names.ts'

const types: Readonly<Partial<Record<Format, string>>> = { port: 'int', switch: 'bool', url: '*url.URL' }

function reading(variable: Variable, environments: readonly string[]): string {
  const name = JSON.stringify(variable.name)
  const when = need(variable, environments.length)
  const needed = when === 'some' ? `r.in(${args(variable.requiredIn)})` : String(when === 'always')
  switch (formatOf(variable)) {
    case 'app-env': return `r.oneOf(${name}, "", ${args(environments)})`
    case 'node-env': return `r.oneOf(${name}, "", ${args(nodeEnvironments)})`
    case 'log-level': return `r.oneOf(${name}, "info", ${args(logLevels)})`
    case 'port': return `r.port(${name}, ${defaultPort('go')})`
    case 'switch': return `r.toggle(${name})`
    case 'url': return `r.httpURL(${name}, ${needed})`
    case 'text': return variable.secret ? `Secret(r.text(${name}, ${needed}))` : `r.text(${name}, ${needed})`
  }
}

const secretType = `
// Secret is text that no print, log or JSON shows; string(secret) hands it to what needs it.
type Secret string

// Format serves every verb of fmt.
func (Secret) Format(state fmt.State, _ rune) { fmt.Fprint(state, "[secret]") }

// MarshalText serves JSON and structured logs.
func (Secret) MarshalText() ([]byte, error) { return []byte("[secret]"), nil }
`

const reader = `
// reader collects problems, so that one start names all of them.
type reader struct {
	get      func(string) string
	problems []string
}

func (r *reader) problem(name, what string) { r.problems = append(r.problems, name+" is "+what+".") }

func (r *reader) text(name string, needed bool) string {
	value := r.get(name)
	if value == "" && needed {
		r.problem(name, "missing")
	}
	return value
}

func (r *reader) oneOf(name, fallback string, allowed ...string) string {
	value := r.get(name)
	if value == "" {
		value = fallback
	}
	for _, choice := range allowed {
		if value == choice {
			return value
		}
	}
	if value == "" {
		r.problem(name, "missing")
	} else {
		r.problem(name, "not one of "+strings.Join(allowed, ", "))
	}
	return ""
}
`

/** Methods that only some projects need. */
const methods: readonly (readonly [call: string, text: string])[] = [
  ['r.in(', `
// in tells whether this is one of the environments.
func (r *reader) in(names ...string) bool {
	for _, name := range names {
		if r.get("APP_ENV") == name {
			return true
		}
	}
	return false
}
`],
  ['r.port(', `
func (r *reader) port(name string, fallback int) int {
	value := r.get(name)
	if value == "" {
		return fallback
	}
	port, err := strconv.Atoi(value)
	if err != nil || port < 1 || port > 65535 {
		r.problem(name, "not a port")
	}
	return port
}
`],
  ['r.toggle(', `
func (r *reader) toggle(name string) bool {
	return r.oneOf(name, "false", "true", "false") == "true"
}
`],
  ['r.httpURL(', `
// httpURL returns nil when an optional address is not set.
func (r *reader) httpURL(name string, needed bool) *url.URL {
	value := r.text(name, needed)
	if value == "" {
		return nil
	}
	address, err := url.Parse(value)
	if err != nil || address.Host == "" || (address.Scheme != "http" && address.Scheme != "https") {
		r.problem(name, "not an http(s) URL")
		return nil
	}
	return address
}
`],
]

/** A package of the standard library only. Go 1.19 and later. */
export function goModule(input: ModuleInput): string {
  const names = memberNames(input.variables, 'go')
  const width = Math.max(...[...names.values()].map((name) => name.length))
  const fields = input.variables.map((variable) => `\t${(names.get(variable.name) ?? '').padEnd(width)} ${types[formatOf(variable)] ?? (variable.secret ? 'Secret' : 'string')}`)
  const readings = input.variables.map((variable) => `\tconfig.${names.get(variable.name)} = ${reading(variable, input.environments)}`)
  const calls = readings.join('\n')
  const used = methods.filter(([call]) => calls.includes(call))
  const has = (call: string): boolean => calls.includes(call)
  const imports = ['"errors"', ...(has('Secret(') ? ['"fmt"'] : []), ...(has('r.httpURL(') ? ['"net/url"'] : []), ...(has('r.port(') ? ['"strconv"'] : []), '"strings"']
  return [
    '// Package config reads and checks the configuration once, at start; nothing else reads the environment.',
    '// Standard library only; run with Go 1.19. Locally the shell loads .env: set -a && . ./.env && set +a && go run .',
    '// In main:',
    '//', '//\tcfg, err := config.Load(os.Getenv)', '//\tif err != nil {', '//\t\tfmt.Fprintln(os.Stderr, err) // names, never values', '//\t\tos.Exit(1)', '//\t}',
    'package config', '', 'import (', ...imports.map((name) => `\t${name}`), ')',
    ...(has('Secret(') ? [secretType.trimEnd()] : []), '',
    '// Config holds what was checked; what is not needed in this environment may be empty.', 'type Config struct {', ...fields, '}', '',
    '// Load reads every variable. Its error names all that are missing or malformed, and repeats no value.',
    'func Load(get func(string) string) (Config, error) {', '\tr := reader{get: get}', '\tvar config Config', calls,
    '\tif len(r.problems) > 0 {', '\t\treturn Config{}, errors.New("configuration: " + strings.Join(r.problems, " "))', '\t}', '\treturn config, nil', '}',
    reader.trimEnd(), ...used.map(([, text]) => text.trimEnd()),
  ].join('\n')
}
